import { Table } from 'antd';
import { Link } from 'react-router';
import { dashboardRoutes } from '../../../modules/workbench/dashboard.contract';
import { useAsk } from '../../api/hooks';
import { useMay } from '../../app/session';
import { Name } from '../../records/name';
import { Sheet } from '../../records/page';
import { useWords } from '../../words/language';
import { State } from '../../words/say';
import { writeInstant } from '../../words/write';
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
      <Table
        size="small"
        scroll={{ x: 'max-content' }}
        pagination={false}
        rowKey="id"
        dataSource={lot.candidateIds.map((id) => ({ id }))}
        locale={{ emptyText: t('lots.institutions.none') }}
        columns={[
          { title: t('pool.institution'), render: (_: unknown, i) => <Name of="institution" id={i.id} /> },
          { title: t('lots.offeredHere'), align: 'right', render: (_: unknown, i) => count(i.id, 'offered') },
          { title: t('lots.workingHere'), align: 'right', render: (_: unknown, i) => count(i.id, 'working', 'frozen') },
          { title: t('lots.doneHere'), align: 'right', render: (_: unknown, i) => count(i.id, 'done') },
          ...(overall.data
            ? [
                {
                  title: t('lots.openAll'),
                  align: 'right' as const,
                  render: (_: unknown, i: { id: string }) => load.get(i.id) ?? 0,
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
      <Table<Assignment>
        size="small"
        scroll={{ x: 'max-content' }}
        pagination={false}
        rowKey="id"
        dataSource={[...assignments]}
        locale={{ emptyText: t('lots.assignments.none') }}
        columns={[
          {
            title: t('assignments.one'),
            render: (_: unknown, a) => (
              <Link to={`/assignments/${a.id}`}>
                <Name plain of="institution" id={a.institutionId} />
              </Link>
            ),
          },
          { title: t('field.state'), render: (_: unknown, a) => <State of="assignment" value={a.state} /> },
          { title: t('lots.mines'), align: 'right', render: (_: unknown, a) => a.mineIds.length },
          { title: t('assignments.offeredAt'), render: (_: unknown, a) => writeInstant(a.offeredAt, language) },
          {
            title: t('field.answerBy'),
            render: (_: unknown, a) => (a.state === 'offered' ? <Due day={a.answerBy} /> : a.answerBy),
          },
          { title: t('field.reason'), render: (_: unknown, a) => a.endReason ?? '—' },
        ]}
      />
    </Sheet>
  );
}
