import { Form, Input, Tag } from 'antd';
import { Route, Routes } from 'react-router';
import { deliveryRoutes } from '../../../modules/notifications/deliveries.contract';
import type { ReplyOf } from '../../api/client';
import { now } from '../../app/browser';
import { useMay } from '../../app/session';
import { Pick } from '../../forms/pick';
import { ActButton } from '../../records/act-button';
import { Named } from '../../records/named';
import { Page } from '../../records/page';
import { ListTable, type Column } from '../../tables/list-table';
import { useWords, type Words } from '../../words/language';
import { inBeijing, writeDay, writeInstant } from '../../words/write';

type Consent = ReplyOf<typeof deliveryRoutes.listConsents>['items'][number];

/** Finds the party in the register of the kind that was chosen above. */
function PartyField(props: { value?: string; onChange?: (id: string | undefined) => void; id?: string }) {
  const { t } = useWords();
  const kind = Form.useWatch<string | undefined>('partyKind', Form.useFormInstance());
  if (kind === undefined) return <Input disabled placeholder={t('consents.kind.first')} />;
  return <Pick key={kind} of={kind} {...props} />;
}

function ConsentState({ item }: { item: Consent }) {
  const { t } = useWords();
  const today = inBeijing(now()).day;
  if (item.lastDay !== null && item.lastDay < today) return <Tag>{t('consents.over')}</Tag>;
  if (item.from > today) return <Tag color="gold">{t('consents.notYet')}</Tag>;
  return <Tag color="green">{t('consents.inForce')}</Tag>;
}

function Withdraw({ item }: { item: Consent }) {
  const { t } = useWords();
  const may = useMay();
  const today = inBeijing(now()).day;
  if (!may('consent.record') || (item.lastDay !== null && item.lastDay < today)) return null;
  return (
    <ActButton
      danger
      label={t('consents.withdraw')}
      route={deliveryRoutes.withdrawConsent}
      params={{ id: item.id }}
      initial={{ lastDay: today }}
      overrides={{
        lastDay: { label: t('consents.lastDay'), help: t('consents.withdraw.help') },
        paper: { label: t('consents.paper') },
      }}
    />
  );
}

function useColumns(): Column<Consent>[] {
  const { t, language } = useWords();
  return [
    { key: 'kind', title: t('consents.kind'), render: (c) => t(`partyKind.${c.partyKind}`) },
    { key: 'party', title: t('consents.party'), render: (c) => <Named of={c.partyKind} id={c.partyId} /> },
    {
      key: 'days',
      title: t('consents.days'),
      render: (c) =>
        `${writeDay(c.from, language)} ${t('to')} ${c.lastDay ? writeDay(c.lastDay, language) : t('forever')}`,
    },
    { key: 'state', title: t('consents.state'), render: (c) => <ConsentState item={c} /> },
    { key: 'paper', title: t('consents.paper'), render: (c) => c.paper },
    {
      key: 'recordedAt',
      title: t('field.recordedAt'),
      extra: true,
      render: (c) => writeInstant(c.recordedAt, language),
    },
    { key: 'act', title: t('consents.act'), render: (c) => <Withdraw item={c} /> },
  ];
}

/** Who agreed to be served electronically: only then a paper that reaches the inbox counts as delivered. */
function List() {
  const { t } = useWords();
  const may = useMay();
  const columns = useColumns();
  return (
    <Page
      title={t('consents')}
      actions={
        may('consent.record') ? (
          <ActButton
            primary
            label={t('consents.record')}
            route={deliveryRoutes.recordConsent}
            initial={{ from: inBeijing(now()).day }}
            overrides={{
              partyKind: { label: t('consents.kind') },
              partyId: { label: t('consents.party'), help: '', control: () => <PartyField /> },
              from: { label: t('consents.from') },
              lastDay: { label: t('consents.lastDay'), help: t('consents.lastDay.help') },
              paper: { label: t('consents.paper'), help: '' },
              fileId: { label: t('consents.file') },
            }}
          />
        ) : null
      }
    >
      <p className="quiet">{t('consents.detail')}</p>
      <ListTable
        name="service-consents"
        route={deliveryRoutes.listConsents}
        rowKey={(c) => c.id}
        empty={t('consents.none')}
        columns={columns}
      />
    </Page>
  );
}

export function Screen() {
  return (
    <Routes>
      <Route index element={<List />} />
    </Routes>
  );
}

export const words: Words = {
  consents: ['电子送达确认书', 'Consents to electronic service'],
  'consents.detail': [
    '当事人书面确认后，文书到达其收件箱即为送达；没有确认书的，须以其他方式送达并登记。',
    'Once a party has agreed in writing, a paper is delivered when it reaches the inbox; others are served another way, which is entered.',
  ],
  'consents.none': ['没有登记确认书', 'No consent is on record'],
  'consents.record': ['登记确认书', 'Record a consent'],
  'consents.kind': ['当事人类别', 'Kind of party'],
  'consents.kind.first': ['请先选择当事人类别', 'Choose the kind first'],
  'partyKind.institution': ['评估机构', 'Institution'],
  'partyKind.organisation': ['其他单位', 'Other body'],
  'partyKind.expert': ['评估人员', 'Expert'],
  'consents.party': ['当事人', 'Party'],
  'consents.days': ['期间', 'Days'],
  'consents.from': ['自', 'From'],
  'consents.lastDay': ['至（含当日）', 'Last day'],
  'consents.lastDay.help': ['没有期限的不填', 'Left empty: without end'],
  'consents.state': ['状态', 'State'],
  'consents.inForce': ['有效', 'In force'],
  'consents.notYet': ['尚未开始', 'Not yet'],
  'consents.over': ['已届满或已撤回', 'Over or withdrawn'],
  'consents.paper': ['材料名称或文号', 'Paper'],
  'consents.file': ['确认书扫描件', 'Scan of the consent'],
  'consents.act': ['办理', 'Act'],
  'consents.withdraw': ['登记撤回', 'Record a withdrawal'],
  'consents.withdraw.help': [
    '该日之后不再适用，此前的送达不变',
    'Ends after this day; what was delivered before stays',
  ],
};
