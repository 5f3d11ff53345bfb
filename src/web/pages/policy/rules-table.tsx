import { Tag } from 'antd';
import { type policyRoutes } from '../../../modules/policy/profiles/profiles.contract';
import type { ReplyOf } from '../../api/client';
import { Rows, type RowColumn } from '../../tables/rows';
import { useWords } from '../../words/language';
import { useRuleWords } from '../../words/rules';
import { writeDay } from '../../words/write';
import { RuleValue } from './value';

export type Profile = ReplyOf<typeof policyRoutes.read>;
export type Setting = Profile['rules'][number];

/** A law or circular binds; what is derived refuses only once a legality review upholds it. */
export function Certainty({ setting }: { setting: Pick<Setting, 'certainty' | 'disputed'> }) {
  const { t } = useWords();
  return (
    <>
      {t(`certainty.${setting.certainty}`)}
      {setting.disputed ? <Tag color="gold">{t('policy.disputed')}</Tag> : null}
    </>
  );
}

export function Effect({ effect }: { effect: Setting['effect'] }) {
  const { t } = useWords();
  return <Tag color={effect === 'refuse' ? 'red' : 'blue'}>{t(`effect.${effect}`)}</Tag>;
}

function Days({ setting }: { setting: Setting }) {
  const { t, language } = useWords();
  return (
    <>
      <span className="nowrap">
        {writeDay(setting.effectiveFrom, language)} {t('to')}
      </span>{' '}
      <span className="nowrap">{setting.validThrough ? writeDay(setting.validThrough, language) : t('forever')}</span>
      {setting.repealed ? (
        <Tag color="volcano">
          {t('policy.repealedFrom', { day: writeDay(setting.repealed.day, language) })}（{setting.repealed.paper}）
        </Tag>
      ) : null}
    </>
  );
}

/** The legality reviews of a rule, or of the whole version. */
export function Reviews({ profile, rule }: { profile: Profile; rule: string | null }) {
  const { t, language } = useWords();
  const found = profile.reviews.filter((r) => r.rule === rule);
  if (found.length === 0) return <span className="quiet">—</span>;
  return (
    <ul className="values">
      {found.map((r) => (
        <li key={`${r.number}:${r.day}`}>
          {r.number} · {writeDay(r.day, language)}{' '}
          <Tag color={r.result === 'upheld' ? 'green' : 'red'}>{t(`review.${r.result}`)}</Tag>
          {r.fairCompetition ? `${t('policy.fair')}：${r.fairCompetition}` : null}
        </li>
      ))}
    </ul>
  );
}

/** Every rule of a version: what it asks, by which text, how sure that is, and from when to when. */
export function RulesTable({ profile, acts }: { profile: Profile; acts?: RowColumn<Setting> }) {
  const { t } = useWords();
  const words = useRuleWords();
  const columns: RowColumn<Setting>[] = [
    {
      key: 'title',
      title: t('policy.rule'),
      render: words.title,
    },
    { key: 'value', title: t('policy.value'), render: (s) => <RuleValue rule={s.rule} value={s.value} /> },
    { key: 'effect', title: t('policy.effect'), render: (s) => <Effect effect={s.effect} /> },
    { key: 'citation', title: t('policy.citation'), render: (s) => words.citation(s.citation) },
    { key: 'number', title: t('policy.number'), render: (s) => s.number },
    { key: 'certainty', title: t('policy.certainty'), render: (s) => <Certainty setting={s} /> },
    { key: 'days', title: t('policy.days'), render: (s) => <Days setting={s} /> },
    { key: 'reviews', title: t('policy.reviews'), render: (s) => <Reviews profile={profile} rule={s.rule} /> },
    ...(acts ? [acts] : []),
  ];
  return <Rows columns={columns} rows={profile.rules} rowKey={(s) => s.rule} empty={t('policy.noRules')} />;
}
