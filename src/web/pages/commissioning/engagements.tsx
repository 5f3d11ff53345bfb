import { commissionRoutes } from '../../../modules/commissions/commissions.contract';
import type { ReplyOf } from '../../api/client';
import { useMay } from '../../app/session';
import { PickSubject } from '../../forms/pick-subject';
import { ActButton } from '../../records/act-button';
import { Name } from '../../records/name';
import { Page } from '../../records/page';
import { ListTable, type Column } from '../../tables/list-table';
import { useWords } from '../../words/language';
import { useSay } from '../../words/say';
import { writeDay } from '../../words/write';
import { words } from './words';

export { words };

type Engagement = ReplyOf<typeof commissionRoutes.listEngagements>['items'][number];

function useColumns(): Column<Engagement>[] {
  const { t, language } = useWords();
  const say = useSay();
  const may = useMay();
  return [
    {
      key: 'subject',
      title: t('engagements.who'),
      render: (e: Engagement) => <Name of={e.subject.kind === 'person' ? 'expert' : 'institution'} id={e.subject.id} />,
    },
    { key: 'role', title: t('engagements.role'), render: (e: Engagement) => say('role', e.role) },
    { key: 'from', title: t('field.from'), render: (e: Engagement) => writeDay(e.from, language) },
    {
      key: 'to',
      title: t('engagements.lastDay'),
      render: (e: Engagement) => (e.to ? writeDay(e.to, language) : t('forever')),
    },
    {
      key: 'act',
      title: '',
      render: (e: Engagement) =>
        may('engagement.end') ? (
          <ActButton
            label={t('engagements.end')}
            route={commissionRoutes.endEngagement}
            params={{ id: e.id }}
            overrides={{ lastDay: { label: t('engagements.lastDay') } }}
          />
        ) : null,
    },
  ];
}

/** Other roles in the programme; the same doors stand before them. */
export function Screen() {
  const { t } = useWords();
  const may = useMay();
  return (
    <Page
      title={t('engagements.title')}
      actions={
        may('engagement.make') ? (
          <ActButton
            primary
            label={t('engagements.make')}
            route={commissionRoutes.engage}
            initial={{ subject: { kind: 'person' } }}
            overrides={{
              subject: { label: t('engagements.who'), control: () => <PickSubject /> },
              role: { label: t('engagements.role') },
              to: { label: t('engagements.lastDay') },
            }}
          />
        ) : null
      }
    >
      <ListTable
        name="engagements"
        route={commissionRoutes.listEngagements}
        rowKey={(e) => e.id}
        empty={t('engagements.none')}
        columns={useColumns()}
      />
    </Page>
  );
}
