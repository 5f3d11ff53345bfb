import { Button, Tag } from 'antd';
import { Link } from 'react-router';
import { workRoutes } from '../../../modules/identity/work/work.contract';
import type { ReplyOf } from '../../api/client';
import { useAct } from '../../api/hooks';
import { FaultNote } from '../../app/faults';
import { useStanding } from '../../app/session';
import type { Column } from '../../tables/list-table';
import { useWords, type Words } from '../../words/language';
import { useSay } from '../../words/say';
import { writeInstant } from '../../words/write';
import { Due } from './due';

export type Work = ReplyOf<typeof workRoutes.listWork>['items'][number];

/** Drafts of rules are listed by the service; here each has a screen. */
const wayTo = (item: Work): string =>
  item.kind === 'policy-draft' ? `/policy/drafts/${item.ref}` : item.link.replace(/^\/api\/v1/, '');

/** What the item is, with the way to it; the end of its number tells like ones apart. */
export function WorkTitle({ item }: { item: Work }) {
  const { language } = useWords();
  const say = useSay();
  return (
    <>
      <Link to={wayTo(item)}>{language === 'en' ? say('work', item.kind) : item.title}</Link>{' '}
      <span className="quiet code">{item.ref.slice(-8)}</span>
    </>
  );
}

/** Takes a waiting item for the acting post. */
export function Take({ item }: { item: Work }) {
  const { t } = useWords();
  const { post } = useStanding();
  const take = useAct(workRoutes.assignWork);
  if (item.postId !== null || item.check || !post || item.role !== post.role) return null;
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

/** Columns of one's own work. */
export function useWorkColumns(): Column<Work>[] {
  const { t, language } = useWords();
  const { post } = useStanding();
  const held = (w: Work): string => {
    if (w.check) return t('work.check');
    if (w.postId === null) return t('work.waiting');
    return w.postId === post?.id || w.postId === post?.deputyship?.postId ? t('work.mine') : t('work.other');
  };
  return [
    { key: 'title', title: t('work.title'), render: (w) => <WorkTitle item={w} /> },
    { key: 'dueOn', title: t('work.dueOn'), render: (w) => <Due day={w.dueOn} /> },
    {
      key: 'held',
      title: t('work.held'),
      render: (w) => (
        <>
          {held(w)} {w.orphaned ? <Tag color="gold">{t('work.orphaned')}</Tag> : null}
        </>
      ),
    },
    { key: 'openedAt', title: t('work.openedAt'), render: (w) => writeInstant(w.openedAt, language) },
    { key: 'act', title: t('work.act'), render: (w) => <Take item={w} /> },
  ];
}

export const workWords: Words = {
  'work.title': ['事项', 'Item'],
  'work.held': ['由谁办理', 'Held by'],
  'work.mine': ['本人在办', 'Mine'],
  'work.other': ['他人在办', 'Somebody else'],
  'work.waiting': ['待领取', 'To be taken'],
  'work.check': ['须由另一人核对', 'A second person checks'],
  'work.orphaned': ['待交接', 'To be handed over'],
  'work.openedAt': ['自何时起', 'Since'],
  'work.dueOn': ['截止', 'Due'],
  'work.take': ['领取', 'Take'],
  'work.act': ['办理', 'Act'],
  'work.none': ['今日没有待办事项', 'Nothing is owed today'],
  'work.none.here': ['没有这一类事项', 'None of these'],
  'work.all': ['全部', 'All'],
  'work.lot': ['评估委托批次', 'Lot'],
  'work.pool-entry': ['名录申请', 'Application to the list'],
  'work.assignment': ['待确认的委托单', 'Commission to answer'],
  'work.evaluation': ['第三方评估', 'Evaluation'],
  'work.case': ['案件', 'Case'],
  'work.case-subject': ['案件当事人', 'Subject of a case'],
  'work.employment-sheet': ['聘用确认单待核对', 'Employment sheet to check'],
  'work.employment-objection': ['聘用异议待认定', 'Objection to judge'],
  'work.expert-doubt': ['疑似同一人待核实', 'Likeness to look into'],
  'work.expert-merge': ['人员合并待确认', 'Merge to confirm'],
  'work.expert-correction': ['本人更正请求待办理', 'Correction asked for'],
  'work.policy-draft': ['规则草案待施行', 'Draft of rules to adopt'],
};
