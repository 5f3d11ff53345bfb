import { useState } from 'react';
import { Descriptions, Select, Tag } from 'antd';
import { Link, useParams } from 'react-router';
import { policyRoutes } from '../../../modules/policy/profiles/profiles.contract';
import { useAsk } from '../../api/hooks';
import { FaultNote, Waiting } from '../../app/faults';
import { useMay } from '../../app/session';
import type { Overrides } from '../../forms/fields';
import { ActButton } from '../../records/act-button';
import { Page, PrintButton, Sheet } from '../../records/page';
import { useWords } from '../../words/language';
import { useRuleWords } from '../../words/rules';
import { writeDay } from '../../words/write';
import { Compare } from './compare';
import { Replay } from './replay';
import { Reviews, RulesTable, type Profile } from './rules-table';

/** Shipped versions bear a slash in their id. */
export const addressOfProfile = (id: string): string => `/policy/profiles/${encodeURIComponent(id)}`;

function RulePick({
  profile,
  value,
  onChange,
  id,
}: {
  profile: Profile;
  value?: string;
  onChange?: (v?: string) => void;
  id?: string;
}) {
  const { t } = useWords();
  const words = useRuleWords();
  return (
    <Select
      id={id}
      allowClear
      showSearch
      optionFilterProp="label"
      value={value}
      onChange={onChange}
      placeholder={t('policy.whole')}
      options={profile.rules.map((r) => ({ value: r.rule, label: words.title(r) }))}
    />
  );
}

/** Recording a legality review, of the whole version or of one rule. */
export function ReviewButton({ profile }: { profile: Profile }) {
  const { t } = useWords();
  const may = useMay();
  if (!may('policy.adopt')) return null;
  const overrides: Overrides = {
    rule: { label: t('policy.rule'), help: t('policy.whole.help'), control: () => <RulePick profile={profile} /> },
    number: { label: t('policy.review.number') },
    day: { label: t('policy.review.day') },
    result: { label: t('policy.review.result') },
    fairCompetition: { label: t('policy.fair'), help: t('policy.fair.help') },
  };
  return (
    <ActButton
      label={t('policy.review')}
      route={policyRoutes.review}
      params={{ id: profile.id }}
      overrides={overrides}
    />
  );
}

function RepealButton({ profile }: { profile: Profile }) {
  const { t } = useWords();
  const may = useMay();
  if (!may('policy.adopt') || profile.source === 'shipped') return null;
  return (
    <ActButton
      danger
      label={t('policy.repeal')}
      route={policyRoutes.repeal}
      params={{ id: profile.id }}
      overrides={{
        rule: { label: t('policy.rule'), help: t('policy.whole.help'), control: () => <RulePick profile={profile} /> },
        day: { label: t('policy.repeal.day'), help: t('policy.repeal.day.help') },
        paper: { label: t('policy.repeal.paper') },
      }}
    />
  );
}

/** What a version is based on and how it stands. */
export function ProfileFacts({ profile }: { profile: Profile }) {
  const { t, language } = useWords();
  const words = useRuleWords();
  const ruleOf = (rule: string | null): string => {
    const found = profile.rules.find((r) => r.rule === rule);
    return found ? words.title(found) : (rule ?? t('policy.whole'));
  };
  const day = (text: string | null): string => (text === null ? '—' : writeDay(text, language));
  return (
    <Sheet>
      <Descriptions
        size="small"
        bordered
        column={{ xs: 1, sm: 1, md: 2 }}
        items={[
          { key: 'basis', label: t('policy.basis'), children: words.basis(profile.basis) },
          {
            key: 'valid',
            label: t('policy.basis.days'),
            children: `${day(profile.basis.effectiveFrom)} ${t('to')} ${
              profile.basis.validThrough ? day(profile.basis.validThrough) : t('policy.notSaid')
            }`,
          },
          { key: 'from', label: t('policy.effectiveFrom'), children: day(profile.effectiveFrom) },
          { key: 'mode', label: t('policy.poolMode'), children: t(`poolMode.${profile.poolMode}`) },
          { key: 'source', label: t('policy.source'), children: t(`policy.source.${profile.source}`) },
          { key: 'reviews', label: t('policy.reviews.whole'), children: <Reviews profile={profile} rule={null} /> },
          ...profile.repeals.map((r) => ({
            key: `repeal:${r.rule}:${r.day}`,
            label: t('policy.repeal'),
            children: `${ruleOf(r.rule)} · ${day(r.day)} · ${r.paper}`,
          })),
          ...(profile.withdrawal
            ? [
                {
                  key: 'withdrawal',
                  label: t('policy.withdrawn'),
                  children: `${day(profile.withdrawal.on)} · ${profile.withdrawal.reason}`,
                },
              ]
            : []),
        ]}
      />
    </Sheet>
  );
}

/** Chooses a second version and shows both side by side. */
export function CompareWith({ profile, preset }: { profile: Profile; preset?: string }) {
  const { t } = useWords();
  const words = useRuleWords();
  const [other, setOther] = useState(preset);
  const all = useAsk(policyRoutes.list);
  const rest = (all.data?.items ?? []).filter((p) => p.id !== profile.id);
  const left = rest.find((p) => p.id === (other ?? preset));
  return (
    <>
      <div className="filters no-print">
        <label htmlFor="compare-with">{t('policy.compareWith')}</label>
        <div className="pick">
          <Select
            id="compare-with"
            value={left?.id}
            onChange={setOther}
            placeholder={t('policy.compareWith')}
            options={rest.map((p) => ({ value: p.id, label: words.profile(p.title) }))}
          />
        </div>
      </div>
      {left ? (
        <Compare left={left} right={profile} names={[words.profile(left.title), words.profile(profile.title)]} />
      ) : null}
    </>
  );
}

/** One adopted version. */
export function ProfilePage() {
  const { t } = useWords();
  const words = useRuleWords();
  const may = useMay();
  const { id = '' } = useParams();
  const query = useAsk(policyRoutes.read, { params: { id } });
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  const profile = query.data;
  return (
    <Page
      title={words.profile(profile.title)}
      tags={<Tag color="green">{t(`policy.state.${profile.state}`)}</Tag>}
      actions={
        <>
          <ReviewButton profile={profile} />
          <RepealButton profile={profile} />
          {may('policy.draft') ? (
            <Link to={`/policy/drafts/new?from=${encodeURIComponent(id)}`}>{t('policy.draftFrom')}</Link>
          ) : null}
          <PrintButton />
        </>
      }
    >
      <ProfileFacts profile={profile} />
      <Sheet title={t('policy.rules')}>
        <RulesTable profile={profile} />
      </Sheet>
      <CompareWith profile={profile} />
      {may('policy.replay') ? <Replay id={id} /> : null}
    </Page>
  );
}
