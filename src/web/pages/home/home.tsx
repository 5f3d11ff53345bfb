import { lazy, Suspense } from 'react';
import { Button, Tag } from 'antd';
import { Link } from 'react-router';
import { workRoutes } from '../../../modules/identity/work/work.contract';
import { useAct } from '../../api/hooks';
import { now } from '../../app/browser';
import { useMay, useStanding } from '../../app/session';
import { FaultNote } from '../../app/faults';
import { Page } from '../../records/page';
import { ListTable, type Column } from '../../tables/list-table';
import { addWords, useWords, type Words } from '../../words/language';
import { useSay } from '../../words/say';
import { inBeijing, writeDay, writeInstant } from '../../words/write';
import type { ReplyOf } from '../../api/client';

// Only who sets the service up loads it.
const FirstStart = lazy(async () => {
  const { FirstStart: shown, words: said } = await import('./first-start');
  addWords(said);
  return { default: shown };
});

type Work = ReplyOf<typeof workRoutes.listWork>['items'][number];

/** The last day in red with its word once it is over. */
export function Due({ day }: { day: string | null }) {
  const { t, language } = useWords();
  if (day === null) return <span className="quiet">{t('work.noDue')}</span>;
  const isLate = day < inBeijing(now()).day;
  return (
    <span className={isLate ? 'late' : undefined}>
      {writeDay(day, language)}
      {isLate ? ` ${t('work.late')}` : ''}
    </span>
  );
}

/** Takes a waiting item for the acting post. */
function Take({ item }: { item: Work }) {
  const { t } = useWords();
  const { post } = useStanding();
  const take = useAct(workRoutes.assignWork);
  if (item.postId !== null || item.check || !post) return null;
  return (
    <>
      <Button
        size="small"
        loading={take.isPending}
        onClick={() => take.mutate({ params: { id: item.id }, body: { postId: post.id } })}
      >
        {t('work.take')}
      </Button>
      {take.error ? <FaultNote error={take.error} /> : null}
    </>
  );
}

function useWorkColumns(): Column<Work>[] {
  const { t, language } = useWords();
  const say = useSay();
  const { post } = useStanding();
  const held = (w: Work): string => {
    if (w.check) return t('work.check');
    if (w.postId === null) return t('work.waiting');
    return w.postId === post?.id || w.postId === post?.deputyship?.postId ? t('work.mine') : say('role', w.role);
  };
  return [
    {
      key: 'title',
      title: t('work.title'),
      render: (w) => (
        <Link to={w.link.replace(/^\/api\/v1/, '')}>{language === 'en' ? say('work', w.kind) : w.title}</Link>
      ),
    },
    {
      key: 'held',
      title: t('work.held'),
      render: (w) => (
        <>
          {held(w)}
          {w.orphaned ? <Tag color="gold">{t('work.orphaned')}</Tag> : null}
        </>
      ),
    },
    { key: 'openedAt', title: t('work.openedAt'), render: (w) => writeInstant(w.openedAt, language) },
    { key: 'dueOn', title: t('work.dueOn'), render: (w) => <Due day={w.dueOn} /> },
    { key: 'act', title: t('work.act'), render: (w) => <Take item={w} /> },
  ];
}

/** Each role's first screen: what is owed, what is late and who holds it. */
export function Screen() {
  const { t } = useWords();
  const { session } = useStanding();
  const may = useMay();
  const columns = useWorkColumns();
  const say = useSay();
  return (
    <Page title={t('home')}>
      {session.failedSince > 0 ? <p className="late">{t('work.failed', { count: session.failedSince })}</p> : null}
      {may('authority.set') ? (
        <Suspense fallback={null}>
          <FirstStart />
        </Suspense>
      ) : null}
      {may('work.read') ? (
        <ListTable
          name="work"
          route={workRoutes.listWork}
          columns={columns}
          rowKey={(w) => w.id}
          empty={t('work.none')}
          filters={[
            {
              name: 'held',
              label: t('work.held'),
              options: [
                { value: 'own', label: t('work.mine') },
                { value: 'pool', label: t('work.waiting') },
              ],
            },
          ]}
        />
      ) : (
        <p className="sheet">{say('home', 'quiet')}</p>
      )}
      {may('work.oversee') ? (
        <>
          <h2>{t('work.overview')}</h2>
          <ListTable
            name="work-overview"
            route={workRoutes.overseeWork}
            columns={columns}
            rowKey={(w) => w.id}
            empty={t('work.none')}
          />
        </>
      ) : null}
    </Page>
  );
}

export const words: Words = {
  'work.title': ['事项', 'Item'],
  'work.held': ['由谁办理', 'Held by'],
  'work.mine': ['本人在办', 'Mine'],
  'work.waiting': ['待领取', 'To be taken'],
  'work.check': ['须由另一人核对', 'A second person checks'],
  'work.orphaned': ['待交接', 'To be handed over'],
  'work.openedAt': ['自何时起', 'Since'],
  'work.dueOn': ['截止', 'Due'],
  'work.noDue': ['未定期限', 'No day set'],
  'work.late': ['已逾期', 'overdue'],
  'work.take': ['领取', 'Take'],
  'work.act': ['办理', 'Act'],
  'work.none': ['今日没有待办事项', 'Nothing is owed today'],
  'work.overview': ['本机关在办事项', 'Work of the authority'],
  'work.failed': [
    '本次登录之前有 {count} 次未成功的登录；不是本人所为的，请更改口令并告知安全管理员。',
    '{count} sign-ins failed before this one. If they were not yours, change the password and tell the security administrator.',
  ],
  'home.quiet': ['该岗位没有待办事项，请从菜单进入。', 'This post has no list of work; use the menu.'],
};
