import { Alert, Select, Tag } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { authorityRoutes } from '../../../modules/identity/authorities/authorities.contract';
import type { RuleResult } from '../../../modules/policy/policy.contract';
import { screeningRoutes } from '../../../modules/screening/screening.contract';
import type { ReplyOf } from '../../api/client';
import { useAsk } from '../../api/hooks';
import { FaultNote, Waiting } from '../../app/faults';
import { useMay } from '../../app/session';
import { useMoment } from '../../records/moment';
import { Sheet } from '../../records/page';
import { useWords } from '../../words/language';
import { useRuleWords } from '../../words/rules';
import { useSay } from '../../words/say';
import { inPlainWords } from '../../words/plain';
import { writeDay, writeInstant } from '../../words/write';

type Readiness = ReplyOf<typeof screeningRoutes.readiness>;

/** The sheet of the record on which a rule's cure is done. */
export const tabOf = (rule: string, isClerk: boolean): string | undefined => {
  if (rule.startsWith('staff.') || rule.startsWith('team.')) return 'staff';
  if (rule === 'institution.legal-person' || rule === 'institution.kind') return 'file';
  if (rule === 'institution.change-report-days') return 'changes';
  if (/^institution\.(experience|office|management-rules|training|stable-work)$/.test(rule)) {
    // The institution's own papers are filed along with a report of the change.
    return isClerk ? 'changes' : 'papers';
  }
  return undefined;
};

/** What must be done first, what is only said, what is in order: in this order. */
export function sorted(rules: readonly RuleResult[]): { todo: RuleResult[]; hints: RuleResult[]; met: RuleResult[] } {
  const unmet = rules.filter((r) => !r.met);
  return {
    todo: unmet.filter((r) => r.effect === 'refuse'),
    hints: unmet.filter((r) => r.effect === 'inform'),
    met: rules.filter((r) => r.met),
  };
}

/** One rule with its figures; what is not met says what to do, and where. */
export function RuleCard({ rule: answer, to }: { rule: RuleResult; to?: string }) {
  const { t, language } = useWords();
  const rule = useRuleWords().result(answer);
  const say = useSay();
  const colon = language === 'en' ? ': ' : '：';
  const review = rule.legalReview;
  return (
    <li className={`rule${rule.met ? '' : ' unmet'}`}>
      <div className="rule-head">
        <Tag color={rule.met ? 'green' : rule.effect === 'refuse' ? 'red' : 'gold'}>
          {rule.met ? t('readiness.isMet') : t('readiness.isNotMet')}
        </Tag>
        <strong>{rule.title}</strong>
      </div>
      {rule.met || rule.cure === null ? null : (
        <p className="cure">
          <strong>
            {t('readiness.cure')}
            {colon}
          </strong>
          {inPlainWords(rule.cure)} {to ? <Link to={to}>{t('readiness.go')}</Link> : null}
        </p>
      )}
      <dl className="figures">
        <div>
          <dt>{t('readiness.required')}</dt>
          <dd>{rule.required}</dd>
        </div>
        <div>
          <dt>{t('readiness.measured')}</dt>
          <dd>{rule.measured}</dd>
        </div>
        <div>
          <dt>{t('readiness.citation')}</dt>
          <dd>
            {rule.citation} <Tag>{say('certainty', rule.certainty)}</Tag>
          </dd>
        </div>
      </dl>
      {rule.disputed ? <p className="quiet">{t('readiness.disputed')}</p> : null}
      {review ? (
        <p className="quiet">
          {t('readiness.review', {
            number: review.number,
            day: writeDay(review.day, language),
            result: say('result', review.result),
          })}
        </p>
      ) : null}
    </li>
  );
}

function Group({ title, rules, id }: { title: string; rules: readonly RuleResult[]; id: string }) {
  const isClerk = useMay()('institution.report');
  if (rules.length === 0) return null;
  return (
    <Sheet title={`${title}（${rules.length}）`}>
      <ul className="rules">
        {rules.map((rule) => {
          const tab = tabOf(rule.rule, isClerk);
          return (
            <RuleCard
              key={rule.rule}
              rule={rule}
              to={tab === undefined ? undefined : `/institutions/${id}?tab=${tab}`}
            />
          );
        })}
      </ul>
    </Sheet>
  );
}

function Verdict({ reply }: { reply: Readiness }) {
  const { t, language } = useWords();
  const words = useRuleWords();
  const count = sorted(reply.rules).todo.length;
  const { version, lapsed } = reply;
  return (
    <>
      <Alert
        type={reply.ready ? 'success' : 'warning'}
        showIcon
        title={reply.ready ? t('readiness.ready') : t('readiness.notReady', { count })}
        description={
          reply.ready
            ? t('readiness.ready.detail', { day: writeDay(reply.asOf, language) })
            : t('readiness.notReady.detail')
        }
      />
      {version.holds ? null : <Alert type="error" showIcon title={t('readiness.notHolds')} />}
      {lapsed.length > 0 ? (
        <Alert
          type="info"
          showIcon
          title={t('readiness.lapsed')}
          description={lapsed
            .map((l) => `${words.title(l)}（${l.number}，${writeDay(l.through, language)}）`)
            .join('；')}
        />
      ) : null}
      <p className="quiet">
        {t('readiness.version')}：{words.title(version)}（{version.basis}
        {version.since ? `，${writeDay(version.since, language)}` : ''}） · {t('moment.asOf')}{' '}
        {writeDay(reply.asOf, language)} · {t('readiness.knownAt')} {writeInstant(reply.knownAt, language)}
      </p>
    </>
  );
}

/** Conditions rule by rule, at the moment that the screen shows and by an authority's rules: what is not met comes first, with its cure. */
export function ReadinessSheet({ id }: { id: string }) {
  const { t } = useWords();
  const [search, setSearch] = useSearchParams();
  const moment = useMoment();
  const authority = search.get('authority') ?? undefined;
  const change = (value: string | undefined): void => {
    const next = Object.fromEntries([...search.entries()].filter(([n]) => n !== 'authority'));
    setSearch(value ? { ...next, authority: value } : next, { replace: true });
  };
  const query = useAsk(screeningRoutes.readiness, { params: { id }, query: { ...moment, authority } });
  const authorities = useAsk(authorityRoutes.listAuthorities, { query: { limit: 200 } }).data?.items ?? [];
  const groups = query.data ? sorted(query.data.rules) : undefined;
  return (
    <>
      <div className="filters">
        <label htmlFor="readiness-authority">
          {t('readiness.authority')}
          <Select
            id="readiness-authority"
            className="filter"
            allowClear
            popupMatchSelectWidth={false}
            placeholder={t('readiness.authority.own')}
            value={authority}
            onChange={change}
            options={authorities.map((a) => ({ value: a.code, label: a.name }))}
          />
        </label>
      </div>
      {query.error ? <FaultNote error={query.error} retry={() => void query.refetch()} /> : null}
      {query.isPending ? <Waiting /> : null}
      {query.data && groups ? (
        <>
          <Verdict reply={query.data} />
          <Group title={t('readiness.todo')} rules={groups.todo} id={id} />
          <Group title={t('readiness.hint')} rules={groups.hints} id={id} />
          <Group title={t('readiness.done')} rules={groups.met} id={id} />
        </>
      ) : null}
    </>
  );
}
