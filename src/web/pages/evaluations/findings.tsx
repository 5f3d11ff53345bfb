import { Alert } from 'antd';
import { useNavigate } from 'react-router';
import { caseRoutes } from '../../../modules/cases/cases.contract';
import { feeRoutes } from '../../../modules/fee-guard/fee-guard.contract';
import type { ReplyOf } from '../../api/client';
import { useMay } from '../../app/session';
import { ActButton } from '../../records/act-button';
import { Name } from '../../records/name';
import { Page } from '../../records/page';
import { ListTable, type Column } from '../../tables/list-table';
import { useWords } from '../../words/language';
import { State } from '../../words/say';
import { writeDay, writeInstant, writeMoney } from '../../words/write';
import { words } from './words';

export { words };

type Finding = ReplyOf<typeof feeRoutes.findings>['items'][number];

/** A finding as the first words of a lead; the officer completes them. */
function Lead({ finding: f }: { finding: Finding }) {
  const { t, language } = useWords();
  const navigate = useNavigate();
  return (
    <ActButton
      label={t('findings.lead')}
      route={caseRoutes.lead}
      initial={{
        source: `资金台账比对，凭证号${f.voucher}`,
        summary: `资金疑点：${writeDay(f.paidOn, 'zh-CN')}支付${writeMoney(f.amountFen, 'zh-CN')}，凭证号${f.voucher}。`,
      }}
      overrides={{ summary: { help: writeInstant(f.raisedAt, language) } }}
      done={(file) => void navigate(`/cases/${file.id}`)}
    />
  );
}

function useColumns(): Column<Finding>[] {
  const { t, language } = useWords();
  const may = useMay();
  return [
    { key: 'raisedAt', title: t('findings.raisedAt'), render: (f) => writeInstant(f.raisedAt, language) },
    { key: 'state', title: t('field.state'), render: (f) => <State of="finding" value={f.state} /> },
    { key: 'payer', title: t('field.payerId'), render: (f) => <Name of="organisation" id={f.payerId} /> },
    {
      key: 'institution',
      title: t('payments.institution'),
      render: (f) => <Name of="institution" id={f.institutionId} />,
    },
    {
      key: 'mines',
      title: t('findings.mines'),
      render: (f) =>
        f.mineIds.map((id) => (
          <div key={id}>
            <Name of="mine" id={id} />
          </div>
        )),
    },
    { key: 'amount', title: t('field.amountFen'), align: 'right', render: (f) => writeMoney(f.amountFen, language) },
    { key: 'paidOn', title: t('field.paidOn'), render: (f) => writeDay(f.paidOn, language) },
    { key: 'voucher', title: t('field.voucher'), render: (f) => <span className="code">{f.voucher}</span> },
    { key: 'act', title: '', render: (f) => (may('case.investigate') ? <Lead finding={f} /> : null) },
  ];
}

export function Screen() {
  const { t } = useWords();
  return (
    <Page title={t('findings.title')}>
      <Alert type="info" title={t('findings.note')} />
      <ListTable
        name="findings"
        route={feeRoutes.findings}
        rowKey={(f) => f.id}
        empty={t('findings.none')}
        columns={useColumns()}
      />
    </Page>
  );
}
