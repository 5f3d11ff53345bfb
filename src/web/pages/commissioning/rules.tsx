import { Tag } from 'antd';
import type * as z from 'zod';
import type { ruleResult } from '../../../modules/policy/policy.contract';
import { screeningRoutes } from '../../../modules/screening/screening.contract';
import { useAsk } from '../../api/hooks';
import { FaultNote, Waiting } from '../../app/faults';
import { useWords } from '../../words/language';
import { inPlainWords } from '../../words/plain';
import { useRuleWords } from '../../words/rules';
import { Rows } from '../../tables/rows';

type Rule = z.output<typeof ruleResult>;

/** 条件符合情况: rule by rule, with the basis and what would meet it. */
export function RuleTable({ rules }: { rules: readonly Rule[] }) {
  const { t, language } = useWords();
  const { result } = useRuleWords();
  const colon = language === 'en' ? ': ' : '：';
  return (
    <Rows<Rule>
      rowKey={(row) => row.rule}
      rows={rules.map(result).sort((a, b) => Number(a.met) - Number(b.met))}
      columns={[
        { key: 'title', title: t('rule.title'), render: (r) => r.title },
        {
          key: 'met',
          title: t('rule.met'),
          width: 96,
          render: (r) => (
            <>
              <Tag color={r.met ? 'green' : r.effect === 'inform' ? 'gold' : 'red'}>
                {t(r.met ? 'rule.yes' : 'rule.no')}
              </Tag>
              {!r.met && r.effect === 'inform' ? <span className="quiet">{t('rule.inform')}</span> : null}
            </>
          ),
        },
        { key: 'required', title: t('rule.required'), render: (r) => r.required },
        { key: 'measured', title: t('rule.measured'), render: (r) => r.measured },
        {
          key: 'citation',
          title: t('rule.citation'),
          render: (r) => (
            <div className="prose">
              {r.citation}
              {!r.met && r.cure ? (
                <div className="quiet">{`${t('rule.cure')}${colon}${inPlainWords(r.cure)}`}</div>
              ) : null}
            </div>
          ),
        },
      ]}
    />
  );
}

/** Readiness of an institution on a day. */
export function Readiness({ institutionId, asOf }: { institutionId: string; asOf?: string }) {
  const { t, language } = useWords();
  const { title } = useRuleWords();
  const query = useAsk(screeningRoutes.readiness, { params: { id: institutionId }, query: { asOf } });
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  const { ready, rules, version } = query.data;
  const unmet = rules.filter((r) => !r.met && r.effect === 'refuse').length;
  return (
    <>
      <p>
        <Tag color={ready ? 'green' : 'red'}>{ready ? t('pool.ready.yes') : t('pool.ready.no', { count: unmet })}</Tag>
        <span className="quiet">{`${t('rule.profile')}${language === 'en' ? ': ' : '：'}${title(version)}`}</span>
      </p>
      <RuleTable rules={rules} />
    </>
  );
}
