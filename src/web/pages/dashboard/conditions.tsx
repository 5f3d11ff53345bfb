import { useEffect } from 'react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Progress } from 'antd';
import { Link } from 'react-router';
import { dashboardRoutes, type ConditionsReply } from '../../../modules/workbench/dashboard.contract';
import { ask } from '../../api/client';
import { keyOf } from '../../api/hooks';
import { FaultNote, Waiting } from '../../app/faults';
import { Sheet } from '../../records/page';
import { Rows } from '../../tables/rows';
import { useWords } from '../../words/language';
import { useRuleWords } from '../../words/rules';
import { Chart } from './chart';
import { lying } from './options';

type Rule = ConditionsReply['rules'][number];

const ROW = 34;
const HEAD = 60;
/** Judging a whole register takes its time; what was found a moment ago is shown again. */
const KEPT_MS = 5 * 60_000;

/** Batch after batch, until every institution was judged. */
function useConditions() {
  const query = useInfiniteQuery({
    queryKey: [...keyOf(dashboardRoutes.conditions), 'all'],
    queryFn: ({ pageParam, signal }) =>
      ask(dashboardRoutes.conditions, { query: pageParam === null ? {} : { after: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    staleTime: KEPT_MS,
    refetchOnWindowFocus: false,
  });
  const { hasNextPage, isFetching, isError, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
  return query;
}

/** The same rule of several batches is one. */
function merged(batches: readonly (readonly Rule[])[]): Rule[] {
  const found = new Map<string, Rule>();
  for (const rule of batches.flat()) {
    const unmet = [...(found.get(rule.rule)?.unmet ?? []), ...rule.unmet];
    found.set(rule.rule, { ...rule, unmet });
  }
  return [...found.values()].sort((a, b) => b.unmet.length - a.unmet.length);
}

function Who({ unmet }: { unmet: Rule['unmet'] }) {
  const { language } = useWords();
  return unmet.map((u, n) => (
    <span key={u.institutionId}>
      {n > 0 ? (language === 'en' ? ', ' : '、') : ''}
      <Link to={`/institutions/${u.institutionId}`}>{u.name}</Link>
    </span>
  ));
}

function RuleRows({ rules, empty }: { rules: readonly Rule[]; empty: string }) {
  const { t } = useWords();
  return (
    <Rows<Rule>
      rowKey={(r) => r.rule}
      rows={rules}
      empty={empty}
      columns={[
        {
          key: 'rule',
          title: t('dashboard.rule'),
          render: (r) => (
            <>
              {r.title}
              <div className="quiet">{r.citation}</div>
            </>
          ),
        },
        { key: 'required', title: t('dashboard.required'), render: (r) => r.required },
        { key: 'count', title: t('dashboard.count'), align: 'right', render: (r) => r.unmet.length },
        { key: 'who', title: t('dashboard.who'), render: (r) => <Who unmet={r.unmet} /> },
      ]}
    />
  );
}

function Found({ batches }: { batches: readonly ConditionsReply[] }) {
  const { t } = useWords();
  const { admitted, version } = batches[0]!;
  const judged = batches.reduce((sum, b) => sum + b.judged, 0);
  const isOver = batches.at(-1)!.next === null;
  const { result, profile } = useRuleWords();
  const rules = merged(batches.map((b) => b.rules)).map(result);
  const hints = merged(batches.map((b) => b.hints)).map(result);
  const rows = rules.map((r) => ({ name: r.title, value: r.unmet.length }));
  return (
    <>
      <p className="quiet" role="status">
        {t(isOver ? 'dashboard.conditions.judged' : 'dashboard.conditions.judging', { judged, admitted })}
        {t('dashboard.conditions.by', { title: profile(version.title), basis: version.basis })}
      </p>
      {isOver ? null : (
        <Progress
          percent={admitted === 0 ? 0 : Math.floor((judged * 100) / admitted)}
          aria-label={t('dashboard.conditions')}
        />
      )}
      {rows.length > 0 ? (
        <Chart label={t('dashboard.conditions')} height={HEAD + rows.length * ROW} option={lying(rows)} />
      ) : null}
      <RuleRows rules={rules} empty={t('dashboard.conditions.none')} />
      {hints.length > 0 ? (
        <>
          <h3>{t('dashboard.conditions.hints')}</h3>
          <RuleRows rules={hints} empty="" />
        </>
      ) : null}
    </>
  );
}

/** Rules that admitted institutions do not meet today, and who does not; read apart, for it takes longer. */
export function Conditions() {
  const { t } = useWords();
  const query = useConditions();
  return (
    <Sheet title={t('dashboard.conditions')}>
      {query.error ? <FaultNote error={query.error} retry={() => void query.refetch()} /> : null}
      {query.isPending ? <Waiting /> : null}
      {query.data ? <Found batches={query.data.pages} /> : null}
    </Sheet>
  );
}
