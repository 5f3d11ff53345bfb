import { Link } from 'react-router';
import { dashboardRoutes } from '../../../modules/workbench/dashboard.contract';
import { useAsk } from '../../api/hooks';
import { useMay } from '../../app/session';
import { Name } from '../../records/name';
import { Sheet } from '../../records/page';
import { useWords } from '../../words/language';
import { State } from '../../words/say';
import { writeDay, writeInstant } from '../../words/write';
import { Rows } from '../../tables/rows';
import { Due } from '../home/due';
import { type Assignment, type Lot, type MinePlace } from './lot-state';

/** Candidates with what they hold of this lot, and of all lots. */
export function LotInstitutions({ lot, places }: { lot: Lot; places: readonly MinePlace[] }) {
  const { t } = useWords();
  const may = useMay();
  const overall = useAsk(dashboardRoutes.show, {}, { enabled: may('dashboard.read') });
  const load = new Map(overall.data?.load.map((l) => [l.institutionId, l.open]));
  const count = (id: string, ...columns: MinePlace['column'][]): number =>
    places.filter((p) => p.assignment?.institutionId === id && columns.includes(p.column)).length;
  return (
    <Sheet title={t('lots.institutions')}>
      <Rows
        rowKey={(row) => row.id}
        rows={lot.candidateIds.map((id) => ({ id }))}
        empty={t('lots.institutions.none')}
        columns={[
          { key: 'institution', title: t('pool.institution'), render: (i) => <Name of="institution" id={i.id} /> },
          { key: 'offeredHere', title: t('lots.offeredHere'), align: 'right', render: (i) => count(i.id, 'offered') },
          {
            key: 'workingHere',
            title: t('lots.workingHere'),
            align: 'right',
            render: (i) => count(i.id, 'working', 'frozen'),
          },
          { key: 'doneHere', title: t('lots.doneHere'), align: 'right', render: (i) => count(i.id, 'done') },
          ...(overall.data
            ? [
                {
                  key: 'openAll',
                  title: t('lots.openAll'),
                  align: 'right' as const,
                  render: (i: { id: string }) => load.get(i.id) ?? 0,
                },
              ]
            : []),
        ]}
      />
    </Sheet>
  );
}

/** All assignments of the lot, those that ended too. */
export function LotAssignments({ assignments }: { assignments: readonly Assignment[] }) {
  const { t, language } = useWords();
  return (
    <Sheet title={t('lots.assignments')}>
      <Rows<Assignment>
        rowKey={(row) => row.id}
        rows={[...assignments]}
        empty={t('lots.assignments.none')}
        columns={[
          {
            key: 'one',
            title: t('assignments.one'),
            render: (a) => (
              <Link to={`/assignments/${a.id}`}>
                <Name plain of="institution" id={a.institutionId} />
              </Link>
            ),
          },
          { key: 'state', title: t('field.state'), render: (a) => <State of="assignment" value={a.state} /> },
          { key: 'mines', title: t('lots.mines'), align: 'right', render: (a) => a.mineIds.length },
          { key: 'offeredAt', title: t('assignments.offeredAt'), render: (a) => writeInstant(a.offeredAt, language) },
          {
            key: 'answerBy',
            title: t('field.answerBy'),
            render: (a) => (a.state === 'offered' ? <Due day={a.answerBy} /> : writeDay(a.answerBy, language)),
          },
          { key: 'reason', title: t('field.reason'), render: (a) => a.endReason ?? '—' },
        ]}
      />
    </Sheet>
  );
}
