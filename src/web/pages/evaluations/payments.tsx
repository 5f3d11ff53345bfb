import { Alert } from 'antd';
import { feeRoutes } from '../../../modules/fee-guard/fee-guard.contract';
import type { ReplyOf } from '../../api/client';
import { now } from '../../app/browser';
import { useMay } from '../../app/session';
import { Pick } from '../../forms/pick';
import { ActButton } from '../../records/act-button';
import { Name } from '../../records/name';
import { Page } from '../../records/page';
import { ListTable, type Column } from '../../tables/list-table';
import { useWords } from '../../words/language';
import { inBeijing, writeDay, writeMoney } from '../../words/write';
import { words } from './words';

export { words };

type Payment = ReplyOf<typeof feeRoutes.list>['items'][number];

function useColumns(): Column<Payment>[] {
  const { t, language } = useWords();
  return [
    { key: 'paidOn', title: t('field.paidOn'), render: (p) => writeDay(p.paidOn, language) },
    { key: 'payer', title: t('field.payerId'), render: (p) => <Name of="organisation" id={p.payerId} /> },
    {
      key: 'institution',
      title: t('payments.institution'),
      render: (p) => <Name of="institution" id={p.institutionId} />,
    },
    { key: 'amount', title: t('field.amountFen'), align: 'right', render: (p) => writeMoney(p.amountFen, language) },
    { key: 'voucher', title: t('field.voucher'), render: (p) => <span className="code">{p.voucher}</span> },
    { key: 'purpose', title: t('payments.purpose'), render: (p) => p.purpose },
  ];
}

/** The ledger; a payment by a mine's operator is refused at the door and raises a finding. */
export function Screen() {
  const { t } = useWords();
  const may = useMay();
  return (
    <Page
      title={t('payments.title')}
      actions={
        may('payment.record') ? (
          <ActButton
            primary
            label={t('payments.record')}
            route={feeRoutes.record}
            initial={{ paidOn: inBeijing(now()).day }}
            overrides={{
              payerId: { control: () => <Pick of="organisation" /> },
              institutionId: { label: t('payments.institution') },
              lotId: { control: () => <Pick of="lot" /> },
              purpose: { label: t('payments.purpose') },
            }}
          >
            <Alert type="warning" showIcon title={t('payments.ban')} />
          </ActButton>
        ) : null
      }
    >
      <Alert type="info" title={t('payments.ban')} />
      <ListTable
        name="payments"
        route={feeRoutes.list}
        rowKey={(p) => p.id}
        empty={t('payments.none')}
        columns={useColumns()}
      />
    </Page>
  );
}
