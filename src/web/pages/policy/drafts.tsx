import { Button, Tag } from 'antd';
import { Link, useNavigate, useParams } from 'react-router';
import { policyRoutes } from '../../../modules/policy/profiles/profiles.contract';
import { useAsk } from '../../api/hooks';
import { FaultNote, NotFound, Waiting } from '../../app/faults';
import { useMay, useStanding } from '../../app/session';
import { ActButton } from '../../records/act-button';
import { Page, PrintButton, Sheet } from '../../records/page';
import { useFilters } from '../../tables/address';
import { Rows } from '../../tables/rows';
import { useWords } from '../../words/language';
import { useRuleWords } from '../../words/rules';
import { CompareWith, ProfileFacts, ReviewButton, addressOfProfile } from './profile-page';
import { Replay } from './replay';
import { RulesTable, type Profile } from './rules-table';

/** Drafts that wait, or those that were withdrawn. */
export function Drafts() {
  const { t } = useWords();
  const words = useRuleWords();
  const may = useMay();
  const navigate = useNavigate();
  const { filters, set } = useFilters();
  const state = filters['state'] === 'withdrawn' ? 'withdrawn' : 'draft';
  const query = useAsk(policyRoutes.drafts, { query: { state } });
  const other = state === 'draft' ? 'withdrawn' : undefined;
  return (
    <Page
      title={state === 'draft' ? t('policy.drafts') : t('policy.drafts.withdrawn')}
      actions={
        <>
          <Button type="link" onClick={() => set({ state: other })}>
            {state === 'draft' ? t('policy.drafts.withdrawn') : t('policy.drafts')}
          </Button>
          {may('policy.draft') ? (
            <Button type="primary" onClick={() => void navigate('/policy/drafts/new')}>
              {t('policy.draft')}
            </Button>
          ) : null}
        </>
      }
    >
      <Sheet>
        {query.error ? <FaultNote error={query.error} retry={() => void query.refetch()} /> : null}
        <Rows<Profile>
          rows={query.data?.items ?? []}
          rowKey={(p) => p.id}
          isLoading={query.isPending}
          empty={t('policy.drafts.none')}
          columns={[
            {
              key: 'title',
              title: t('policy.title'),
              render: (p) => <Link to={`/policy/drafts/${p.id}?state=${p.state}`}>{words.profile(p.title)}</Link>,
            },
            { key: 'basis', title: t('policy.basis'), render: (p) => words.basis(p.basis) },
            { key: 'count', title: t('policy.count'), align: 'right', render: (p) => p.rules.length },
            {
              key: 'reviews',
              title: t('policy.reviews'),
              render: (p) =>
                p.reviews.length === 0 ? t('policy.notReviewed') : p.reviews.map((r) => r.number).join('、'),
            },
          ]}
        />
      </Sheet>
    </Page>
  );
}

function Acts({ draft }: { draft: Profile }) {
  const { t } = useWords();
  const may = useMay();
  const navigate = useNavigate();
  const params = { id: draft.id };
  return (
    <>
      {may('policy.adopt') ? (
        <ActButton
          primary
          label={t('policy.adopt')}
          route={policyRoutes.adopt}
          params={params}
          overrides={{
            effectiveFrom: { label: t('policy.effectiveFrom'), help: t('policy.adopt.from.help') },
            paper: { label: t('policy.adopt.paper') },
          }}
          done={(reply) => void navigate(addressOfProfile(reply.id))}
        />
      ) : null}
      <ReviewButton profile={draft} />
      {may('policy.draft') ? <Link to={`/policy/drafts/${draft.id}/edit`}>{t('policy.amend')}</Link> : null}
      {may('policy.withdraw') ? (
        <ActButton
          danger
          label={t('policy.withdraw')}
          route={policyRoutes.withdraw}
          params={params}
          overrides={{ reason: { label: t('policy.withdraw.reason') } }}
          done={() => void navigate('/policy/drafts')}
        />
      ) : null}
    </>
  );
}

/** One draft: against the version in force, and what it would have changed last year. */
export function DraftPage() {
  const { t } = useWords();
  const words = useRuleWords();
  const may = useMay();
  const { id = '' } = useParams();
  const { session } = useStanding();
  const waiting = useAsk(policyRoutes.drafts, { query: { state: 'draft' } });
  const gone = useAsk(policyRoutes.drafts, { query: { state: 'withdrawn' } });
  const code = session.authority?.code;
  const held = useAsk(policyRoutes.list, { query: { authority: code } }, { enabled: code !== undefined });
  const fault = waiting.error ?? gone.error;
  if (fault) return <FaultNote error={fault} retry={() => void waiting.refetch()} />;
  if (!waiting.data || !gone.data) return <Waiting />;
  const draft = [...waiting.data.items, ...gone.data.items].find((p) => p.id === id);
  if (!draft) return <NotFound />;
  return (
    <Page
      title={words.profile(draft.title)}
      tags={<Tag color={draft.state === 'draft' ? 'gold' : undefined}>{t(`policy.state.${draft.state}`)}</Tag>}
      actions={
        <>
          {draft.state === 'draft' ? <Acts draft={draft} /> : null}
          <PrintButton />
          <Link to="/policy/drafts">{t('policy.drafts')}</Link>
        </>
      }
    >
      <ProfileFacts profile={draft} />
      <CompareWith key={held.data?.items[0]?.id} profile={draft} preset={held.data?.items[0]?.id} />
      <Sheet title={t('policy.rules')}>
        <RulesTable profile={draft} />
      </Sheet>
      {may('policy.replay') ? <Replay id={id} /> : null}
    </Page>
  );
}
