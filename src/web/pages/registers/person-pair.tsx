import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { expertRoutes } from '../../../modules/experts/experts.contract';
import { useAsk } from '../../api/hooks';
import { FaultNote, Waiting } from '../../app/faults';
import { Sheet } from '../../records/page';
import { Rows } from '../../tables/rows';
import { useWords } from '../../words/language';
import { useSay } from '../../words/say';
import type { Person } from './expert-record';

interface Row {
  label: string;
  left: ReactNode;
  right: ReactNode;
}

function useRows(): (left: Person, right: Person) => Row[] {
  const { t } = useWords();
  const say = useSay();
  const lines: [string, (p: Person) => string][] = [
    [t('experts.name'), (p) => p.name ?? '—'],
    [
      t('experts.identities'),
      (p) =>
        p.identities
          .map((d) => `${say('kind', d.kind)} ${d.mask}${d.documentSeen ? `（${t('experts.documentSeen')}）` : ''}`)
          .join('；') || '—',
    ],
    [t('field.phone'), (p) => p.record?.phone ?? '—'],
    [
      t('field.titleLevel'),
      (p) =>
        [p.record && say('titleLevel', p.record.titleLevel), p.record?.titleName].filter(Boolean).join(' · ') || '—',
    ],
    [t('field.specialties'), (p) => p.record?.specialties.map((s) => say('specialties', s)).join('、') || '—'],
    [
      t('experts.employments'),
      (p) =>
        p.employments
          .map(
            (e) => `${e.institutionName}（${say('kind', e.kind)}，${e.from} ${t('to')} ${e.lastDay ?? t('forever')}）`,
          )
          .join('；') || '—',
    ],
  ];
  return (left, right) => lines.map(([label, of]) => ({ label, left: of(left), right: of(right) }));
}

/** Two registrations side by side; what is the same is marked in words, so that a person can judge. */
export function PersonPair(props: { left: string; right: string; leftTitle: string; rightTitle: string }) {
  const { t } = useWords();
  const rowsOf = useRows();
  const left = useAsk(expertRoutes.read, { params: { id: props.left }, query: {} });
  const right = useAsk(expertRoutes.read, { params: { id: props.right }, query: {} });
  const fault = left.error ?? right.error;
  if (fault) return <FaultNote error={fault} />;
  if (!left.data || !right.data) return <Waiting />;
  const number = (p: Person) => <Link to={`/experts/${p.id}`}>{p.platformNumber}</Link>;
  const numbers = { label: t('field.platformNumber'), left: number(left.data), right: number(right.data) };
  return (
    <Sheet title={t('pair')}>
      <Rows<Row>
        rowKey={(row) => row.label}
        rows={[numbers, ...rowsOf(left.data, right.data)]}
        columns={[
          { key: 'field', title: t('corrections.field'), render: (row) => row.label },
          { key: 'left', title: props.leftTitle, render: (row) => row.left },
          { key: 'right', title: props.rightTitle, render: (row) => row.right },
          {
            key: 'compare',
            title: t('pair.compare'),
            render: (row) =>
              row.left === '—' && row.right === '—' ? '—' : row.left === row.right ? t('pair.same') : t('pair.differs'),
          },
        ]}
      />
    </Sheet>
  );
}

export const pairWords = {
  pair: ['两份登记对照', 'The two side by side'],
  'pair.compare': ['对照', 'Compared'],
  'pair.same': ['相同', 'Same'],
  'pair.differs': ['不同', 'Differs'],
} as const;
