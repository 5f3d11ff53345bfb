import { Tag } from 'antd';
import { deadlineRoutes } from '../../../modules/policy/deadlines/deadlines.contract';
import type { ReplyOf } from '../../api/client';
import { Page } from '../../records/page';
import { ListTable, type Column } from '../../tables/list-table';
import { useWords, type Words } from '../../words/language';
import { useSay } from '../../words/say';
import { writeDay } from '../../words/write';

type Deadline = ReplyOf<typeof deadlineRoutes.listDeadlines>['items'][number];

function DeadlineState({ item }: { item: Deadline }) {
  const { t } = useWords();
  const colours = { running: 'blue', overdue: 'red', 'not-delivered': 'gold', closed: 'default' } as const;
  return <Tag color={colours[item.state]}>{t(`deadlines.${item.state}`)}</Tag>;
}

function useColumns(): Column<Deadline>[] {
  const { t, language } = useWords();
  const say = useSay();
  return [
    {
      key: 'title',
      title: t('deadlines.title'),
      render: (d) => (language === 'en' ? say('deadline', d.kind) : d.title),
    },
    {
      key: 'dueOn',
      title: t('deadlines.dueOn'),
      render: (d) => (
        <span className={d.state === 'overdue' ? 'late' : undefined}>
          {d.dueOn ? writeDay(d.dueOn, language) : t('deadlines.notYet')}{' '}
          {d.provisional ? <Tag color="gold">{t('deadlines.provisional')}</Tag> : null}
        </span>
      ),
    },
    {
      key: 'daysLeft',
      title: t('deadlines.daysLeft'),
      align: 'right',
      render: (d) => (d.daysLeft === null || d.state === 'closed' ? '—' : d.daysLeft),
    },
    { key: 'state', title: t('deadlines.state'), render: (d) => <DeadlineState item={d} /> },
    {
      key: 'startsOn',
      title: t('deadlines.startsOn'),
      render: (d) => (d.startsOn ? writeDay(d.startsOn, language) : '—'),
    },
    {
      key: 'tables',
      title: t('deadlines.tables'),
      render: (d) => d.tables.map((one) => one.documentNumber).join('、') || '—',
    },
    {
      key: 'closedOn',
      title: t('deadlines.closedOn'),
      extra: true,
      render: (d) => (d.closedOn ? writeDay(d.closedOn, language) : '—'),
    },
  ];
}

/** What is owed, soonest first, with the working days that are left and the table by which they were counted. */
export function Screen() {
  const { t } = useWords();
  const columns = useColumns();
  const states = ['overdue', 'not-delivered', 'closed'] as const;
  return (
    <Page title={t('deadlines')}>
      <ListTable
        name="deadlines"
        route={deadlineRoutes.listDeadlines}
        rowKey={(d) => d.id}
        empty={t('deadlines.none')}
        filters={[
          {
            name: 'state',
            label: t('deadlines.state'),
            options: [
              { value: 'open', label: t('deadlines.open') },
              ...states.map((value) => ({ value, label: t(`deadlines.${value}`) })),
            ],
          },
        ]}
        columns={columns}
      />
    </Page>
  );
}

export const words: Words = {
  deadlines: ['期限', 'Deadlines'],
  'deadlines.none': ['没有未办结的期限', 'No deadline is open'],
  'deadlines.title': ['事项', 'What is owed'],
  'deadlines.dueOn': ['截止日（含当日）', 'Last day'],
  'deadlines.notYet': ['送达后起算', 'Runs from its delivery'],
  'deadlines.provisional': ['暂定', 'Provisional'],
  'deadlines.daysLeft': ['尚余工作日', 'Working days left'],
  'deadlines.state': ['状态', 'State'],
  'deadlines.open': ['未办结', 'Open'],
  'deadlines.running': ['进行中', 'Running'],
  'deadlines.overdue': ['已逾期', 'Overdue'],
  'deadlines.not-delivered': ['尚未送达', 'Not delivered'],
  'deadlines.closed': ['已办结', 'Done'],
  'deadlines.startsOn': ['起算日', 'Runs from'],
  'deadlines.tables': ['依据的节假日安排', 'Tables it was counted by'],
  'deadlines.closedOn': ['办结日', 'Done on'],
};
