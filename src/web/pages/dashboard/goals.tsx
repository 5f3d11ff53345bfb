import { Tag } from 'antd';
import type { DashboardReply } from '../../../modules/workbench/dashboard.contract';
import { Sheet } from '../../records/page';
import { useWords } from '../../words/language';
import { useSay } from '../../words/say';
import { writeDay } from '../../words/write';
import { Rows } from '../../tables/rows';
import { Chart } from './chart';
import { shares } from './options';

type Goal = DashboardReply['goals']['classes'][number];

/** One decimal; nothing producing is no share. */
const shareOf = ({ listed, producing }: Goal): number | undefined =>
  producing === 0 ? undefined : Math.floor((listed * 1000) / producing) / 10;

/** How many more mines must come onto a list; a part of a mine is a mine. */
const missingOf = ({ listed, producing, goalPercent }: Goal): number =>
  Math.max(0, Math.ceil((producing * goalPercent) / 100) - listed);

/** Large and medium mines on the lists against what they are to reach. */
export function Goals({ goals }: { goals: DashboardReply['goals'] }) {
  const { t, language } = useWords();
  const say = useSay();
  // Of none producing there is no share, and none is drawn.
  const known = goals.classes.filter((c) => c.producing > 0);
  const rows = known.map((c) => ({
    name: say('sizeClass', c.sizeClass),
    share: shareOf(c) ?? 0,
    goal: c.goalPercent,
  }));
  const unclear = (size: Goal['sizeClass']): number => goals.classes.find((c) => c.sizeClass === size)?.unclear ?? 0;
  return (
    <Sheet title={t('dashboard.goals')}>
      <p>{t('dashboard.goals.note', { by: writeDay(goals.by, language), citation: goals.citation })}</p>
      <div className="figure">
        {rows.length > 0 ? (
          <Chart
            label={t('dashboard.goals')}
            height={200}
            option={shares(rows, { share: t('dashboard.goals.share'), goal: t('dashboard.goals.goal') })}
          />
        ) : null}
        <Rows<Goal>
          rowKey={(row) => row.sizeClass}
          rows={goals.classes}
          columns={[
            { key: 'class', title: t('dashboard.goals.class'), render: (c) => say('sizeClass', c.sizeClass) },
            { key: 'producing', title: t('dashboard.goals.producing'), align: 'right', render: (row) => row.producing },
            { key: 'listed', title: t('dashboard.goals.listed'), align: 'right', render: (row) => row.listed },
            {
              key: 'share',
              title: t('dashboard.goals.share'),
              align: 'right',
              render: (c) => (shareOf(c) === undefined ? '—' : `${shareOf(c)!.toFixed(1)}%`),
            },
            { key: 'goal', title: t('dashboard.goals.goal'), align: 'right', render: (c) => `${c.goalPercent}%` },
            {
              key: 'missing',
              title: t('dashboard.goals.missing'),
              align: 'right',
              render: (c) => {
                if (c.producing === 0) return '—';
                const missing = missingOf(c);
                if (missing === 0) return <Tag color="green">{t('dashboard.goals.reached')}</Tag>;
                return t('dashboard.goals.mines', { count: missing });
              },
            },
          ]}
        />
      </div>
      {known.length === 0 ? <p>{t('dashboard.goals.none')}</p> : null}
      <p className="quiet">{t('dashboard.goals.unclear', { large: unclear('large'), medium: unclear('medium') })}</p>
    </Sheet>
  );
}
