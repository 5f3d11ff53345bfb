import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { commissionRoutes } from '../../../modules/commissions/commissions.contract';
import { poolStates } from '../../../modules/commissions/pool.contract';
import { ask, type ReplyOf } from '../../api/client';
import { useMay, useStanding } from '../../app/session';
import { ActButton } from '../../records/act-button';
import { listAndRecord } from '../../records/list-and-record';
import { Name, useNames } from '../../records/name';
import { Page } from '../../records/page';
import type { BatchItem } from '../../tables/batch';
import { BatchForm } from '../../tables/batch-form';
import { ListTable, type Column } from '../../tables/list-table';
import { useWords } from '../../words/language';
import { State, useSay } from '../../words/say';
import { AuthorityName } from './authority-name';
import { DecideMany } from './decide-many';
import { PoolRecord } from './pool-record';
import { words } from './words';

export { words };

type Entry = ReplyOf<typeof commissionRoutes.listPool>['items'][number];

/** Acts on the chosen entries: what an officer proposes, and what another person decides or gives back. */
function ManyActs({ entries, done }: { entries: readonly Entry[]; done: () => void }) {
  const { t } = useWords();
  const may = useMay();
  const names = useNames(
    'institution',
    entries.map((e) => e.institutionId),
  );
  const items: BatchItem[] = entries.map((e) => ({ id: e.id, label: names.get(e.institutionId) ?? e.id }));
  // The version that the row showed: what changed since is refused and named, not returned unseen.
  const versionOf = (id: string): number => entries.find((e) => e.id === id)!.version;
  return (
    <>
      {may('pool.propose') ? (
        <BatchForm
          label={t('pool.admitMany')}
          items={items}
          route={commissionRoutes.proposePoolDecision}
          initial={{ outcome: 'admit' }}
          act={({ id }, body) => ask(commissionRoutes.proposePoolDecision, { params: { id }, body: body as never })}
          done={done}
        />
      ) : null}
      {may('pool.decide') ? (
        <>
          <DecideMany items={items} done={done} />
          <BatchForm
            label={t('pool.returnMany')}
            items={items}
            route={commissionRoutes.returnPoolDecision}
            act={({ id }, body) =>
              ask(commissionRoutes.returnPoolDecision, {
                params: { id },
                body: body as never,
                version: versionOf(id),
              })
            }
            done={done}
          />
        </>
      ) : null}
    </>
  );
}

function usePoolColumns(): Column<Entry>[] {
  const { t } = useWords();
  return [
    {
      key: 'institution',
      title: t('pool.institution'),
      render: (e: Entry) => (
        <Link to={`/pool-entries/${e.id}`}>
          <Name plain of="institution" id={e.institutionId} />
        </Link>
      ),
    },
    { key: 'state', title: t('field.state'), render: (e: Entry) => <State of="pool-entry" value={e.state} /> },
    { key: 'appliedOn', title: t('field.appliedOn'), render: (e: Entry) => e.appliedOn },
    { key: 'admittedOn', title: t('field.admittedOn'), render: (e: Entry) => e.admittedOn ?? '—' },
    { key: 'endedOn', title: t('field.endedOn'), render: (e: Entry) => e.endedOn ?? '—' },
    {
      key: 'authority',
      title: t('field.authority'),
      extra: true,
      render: (e: Entry) => <AuthorityName code={e.authority} />,
    },
  ];
}

function List() {
  const { t } = useWords();
  const say = useSay();
  const may = useMay();
  const { post } = useStanding();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<readonly Entry[]>([]);
  const isMany = may('pool.propose', 'pool.decide');
  const own = post?.role === 'institution' ? post.institutionId : undefined;
  return (
    <Page
      title={t('pool.title')}
      actions={
        may('pool.apply') ? (
          <ActButton
            primary
            label={t('pool.apply')}
            route={commissionRoutes.applyToPool}
            fixed={own ? { institutionId: own } : undefined}
            done={(entry) => void navigate(`/pool-entries/${entry.id}`)}
          />
        ) : null
      }
    >
      <ListTable
        name="pool-entries"
        route={commissionRoutes.listPool}
        rowKey={(e) => e.id}
        empty={t('pool.none')}
        filters={[
          {
            name: 'state',
            label: t('field.state'),
            options: poolStates.map((value) => ({ value, label: say('pool-entry', value) })),
          },
          { name: 'asOf', label: t('pool.asOf'), kind: 'day' },
        ]}
        selection={isMany ? { chosen: chosen.map((e) => e.id), choose: (_ids, items) => setChosen(items) } : undefined}
        tools={() => (isMany ? <ManyActs entries={chosen} done={() => setChosen([])} /> : null)}
        columns={usePoolColumns()}
      />
    </Page>
  );
}

export const Screen = listAndRecord(List, PoolRecord);
