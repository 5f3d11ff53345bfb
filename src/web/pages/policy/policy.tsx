import { Button, Tag } from 'antd';
import { Link, Route, Routes, useNavigate } from 'react-router';
import { policyRoutes } from '../../../modules/policy/profiles/profiles.contract';
import { useAsk } from '../../api/hooks';
import { FaultNote, Waiting } from '../../app/faults';
import { useMay, useStanding } from '../../app/session';
import { Page, Sheet } from '../../records/page';
import { Rows } from '../../tables/rows';
import { useWords, type Words } from '../../words/language';
import { useRuleWords } from '../../words/rules';
import { writeDay } from '../../words/write';
import { DraftEditor } from './draft-editor';
import { DraftPage, Drafts } from './drafts';
import { policyWords } from './policy-words';
import { addressOfProfile, ProfilePage } from './profile-page';
import { RulesTable, type Profile } from './rules-table';
import { valueWords } from './value';

function AdoptedTable({ profiles, inForce }: { profiles: readonly Profile[]; inForce: string | undefined }) {
  const { t, language } = useWords();
  const ruled = useRuleWords();
  return (
    <Rows
      rows={profiles}
      rowKey={(p) => p.id}
      empty={t('policy.none')}
      columns={[
        {
          key: 'title',
          title: t('policy.title'),
          render: (p) => (
            <>
              <Link to={addressOfProfile(p.id)}>{ruled.profile(p.title)}</Link>{' '}
              {p.id === inForce ? <Tag color="green">{t('policy.inForce')}</Tag> : null}
            </>
          ),
        },
        { key: 'authority', title: t('policy.authority'), render: (p) => <span className="code">{p.authority}</span> },
        { key: 'basis', title: t('policy.basis'), render: (p) => ruled.basis(p.basis) },
        {
          key: 'from',
          title: t('policy.effectiveFrom'),
          render: (p) => (p.effectiveFrom ? writeDay(p.effectiveFrom, language) : '—'),
        },
        { key: 'source', title: t('policy.source'), render: (p) => t(`policy.source.${p.source}`) },
        { key: 'count', title: t('policy.count'), align: 'right', render: (p) => p.rules.length },
      ]}
    />
  );
}

/** The version in force today for the own authority, all versions, and the way to drafts. */
function Home() {
  const { t } = useWords();
  const ruled = useRuleWords();
  const may = useMay();
  const navigate = useNavigate();
  const { session } = useStanding();
  const all = useAsk(policyRoutes.list);
  const code = session.authority?.code;
  const held = useAsk(policyRoutes.list, { query: { authority: code } }, { enabled: code !== undefined });
  const inForce = held.data?.items[0];
  const fault = all.error ?? held.error;
  return (
    <Page
      title={t('policy')}
      actions={
        <>
          {may('policy.drafts') ? <Link to="/policy/drafts">{t('policy.drafts')}</Link> : null}
          {may('policy.draft') ? (
            <Button type="primary" onClick={() => void navigate('/policy/drafts/new')}>
              {t('policy.draft')}
            </Button>
          ) : null}
        </>
      }
    >
      {fault ? <FaultNote error={fault} /> : null}
      {all.data ? (
        <Sheet title={t('policy.versions')}>
          <AdoptedTable profiles={all.data.items} inForce={inForce?.id} />
        </Sheet>
      ) : (
        <Waiting />
      )}
      {inForce ? (
        <Sheet
          title={t('policy.today', { title: ruled.profile(inForce.title) })}
          extra={<Link to={addressOfProfile(inForce.id)}>{t('policy.open')}</Link>}
        >
          <RulesTable profile={inForce} />
        </Sheet>
      ) : null}
    </Page>
  );
}

export function Screen() {
  return (
    <Routes>
      <Route index element={<Home />} />
      <Route path="profiles/:id" element={<ProfilePage />} />
      <Route path="drafts" element={<Drafts />} />
      <Route path="drafts/new" element={<DraftEditor />} />
      <Route path="drafts/:id" element={<DraftPage />} />
      <Route path="drafts/:id/edit" element={<DraftEditor />} />
    </Routes>
  );
}

export const words: Words = { ...policyWords, ...valueWords };
