import { useState } from 'react';
import { Alert, Empty } from 'antd';
import { Link } from 'react-router';
import { workRoutes } from '../../../modules/identity/work/work.contract';
import { useAsk } from '../../api/hooks';
import { now } from '../../app/browser';
import { FaultNote } from '../../app/faults';
import { useMay, useStanding } from '../../app/session';
import { Sheet } from '../../records/page';
import { Rows } from '../../tables/rows';
import { useWords } from '../../words/language';
import { inBeijing } from '../../words/write';
import { useWorkColumns, type Work } from './work-rows';

const kinds = ['all', 'late', 'today', 'mine', 'waiting', 'check'] as const;
type Kind = (typeof kinds)[number];

/** Late first, then by day; what has no day comes last, oldest first. */
const inOrder = (a: Work, b: Work): number =>
  (a.dueOn ?? '9999').localeCompare(b.dueOn ?? '9999') || a.openedAt.localeCompare(b.openedAt);

function useKinds(): Record<Kind, (w: Work) => boolean> {
  const { post } = useStanding();
  const today = inBeijing(now()).day;
  return {
    all: () => true,
    late: (w) => w.dueOn !== null && w.dueOn < today,
    today: (w) => w.dueOn === today,
    mine: (w) => w.postId !== null && (w.postId === post?.id || w.postId === post?.deputyship?.postId),
    waiting: (w) => w.postId === null && !w.check,
    check: (w) => w.check,
  };
}

/** How many there are of each kind; pressing one narrows the list to it. */
function Tiles(props: {
  items: readonly Work[] | undefined;
  labels: Record<Kind, string>;
  shown: Kind;
  show: (kind: Kind) => void;
}) {
  const { items, labels, shown, show } = props;
  const { t } = useWords();
  const of = useKinds();
  return (
    <div className="tiles" role="group" aria-label={t('home.counts')}>
      {kinds.map((kind) => {
        const count = items?.filter(of[kind]).length;
        return (
          <button
            key={kind}
            type="button"
            className={kind === 'late' && count ? 'tile alarming' : 'tile'}
            aria-pressed={shown === kind}
            onClick={() => show(kind)}
          >
            <strong>{count ?? '…'}</strong>
            <span>{labels[kind]}</span>
          </button>
        );
      })}
    </div>
  );
}

/** What the acting post owes: counts on top, each of which narrows the list; late first, then what ends today. */
export function WorkHome() {
  const { t } = useWords();
  const may = useMay();
  const columns = useWorkColumns();
  const of = useKinds();
  const [shown, show] = useState<Kind>('all');
  const query = useAsk(workRoutes.listWork, { query: { limit: 200 } }, { every: 120_000 });
  const items = [...(query.data?.items ?? [])].sort(inOrder);
  const rows = items.filter(of[shown]);
  const labels: Record<Kind, string> = {
    all: t('work.all'),
    late: t('work.late'),
    today: t('work.today'),
    mine: t('work.mine'),
    waiting: t('work.waiting'),
    check: t('work.check'),
  };
  return (
    <>
      <Tiles items={query.data && items} labels={labels} shown={shown} show={show} />
      <Sheet
        title={labels[shown]}
        extra={
          <span className="act-row">
            {may('work.oversee') ? <Link to="/work">{t('home.overview')}</Link> : null}
            <Link to="/deadlines">{t('home.deadlines')}</Link>
          </span>
        }
      >
        {query.error ? <FaultNote error={query.error} retry={() => void query.refetch()} /> : null}
        {query.data?.next ? <Alert type="info" showIcon title={t('home.more', { count: query.data.count })} /> : null}
        <Rows
          columns={columns}
          rows={rows}
          rowKey={(w) => w.id}
          isLoading={query.isPending}
          empty={
            <Empty
              image={Empty.PRESENTED_IMAGE_SIMPLE}
              description={shown === 'all' ? t('work.none') : t('work.none.here')}
            />
          }
        />
      </Sheet>
    </>
  );
}
