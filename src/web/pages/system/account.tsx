import { useState } from 'react';
import { Alert, Descriptions } from 'antd';
import { Link, useParams } from 'react-router';
import { accountRoutes } from '../../../modules/identity/accounts/accounts.contract';
import { oidcRoutes } from '../../../modules/identity/oidc/oidc.contract';
import { postRoutes } from '../../../modules/identity/posts/posts.contract';
import type { ReplyOf } from '../../api/client';
import { useAsk } from '../../api/hooks';
import { FaultNote, Waiting } from '../../app/faults';
import { useMay, useStanding } from '../../app/session';
import { ActButton } from '../../records/act-button';
import { Page, Sheet } from '../../records/page';
import { useWords } from '../../words/language';
import { writeInstant } from '../../words/write';
import { AccountState } from './account-state';
import { GrantButton } from './grant';
import { PostTable } from './post-list';
import { PasswordSlip } from './slip';
import { SureButton } from '../../records/sure-button';

type Account = ReplyOf<typeof accountRoutes.readAccount>;
type Reset = ReplyOf<typeof accountRoutes.resetPassword>;

/** What can be done with the account as it stands. */
function Acts({ account, given }: { account: Account; given: (reset: Reset) => void }) {
  const { t } = useWords();
  const asked = { params: { id: account.id } };
  const { may } = account;
  return (
    <>
      {may.includes('password-reset') ? (
        <SureButton
          label={t('accounts.reset')}
          sure={t('accounts.reset.sure')}
          route={accountRoutes.resetPassword}
          asked={asked}
          done={given}
        />
      ) : null}
      {may.includes('totp-reset') ? (
        <SureButton
          label={t('accounts.totpReset')}
          sure={t('accounts.totpReset.sure')}
          route={accountRoutes.resetTotp}
          asked={asked}
        />
      ) : null}
      {may.includes('password-reset') ? (
        <SureButton
          label={t('accounts.endSessions')}
          sure={t('accounts.endSessions.sure')}
          route={accountRoutes.endAccountSessions}
          asked={asked}
        />
      ) : null}
      {may.includes('disable') ? (
        <SureButton
          danger
          label={t('accounts.disable')}
          sure={t('accounts.disable.sure')}
          route={accountRoutes.disableAccount}
          asked={asked}
        />
      ) : null}
      {may.includes('enable') ? (
        <SureButton
          label={t('accounts.enable')}
          sure={t('accounts.enable.sure')}
          route={accountRoutes.enableAccount}
          asked={asked}
        />
      ) : null}
    </>
  );
}

/** Shown where a unified sign-in is connected. */
function Oidc({ id }: { id: string }) {
  const { t } = useWords();
  const offered = useAsk(oidcRoutes.oidcOffered);
  if (!offered.data?.name) return null;
  return (
    <Sheet title={`${t('accounts.oidc')}（${offered.data.name}）`}>
      <div className="act-row">
        <ActButton
          label={t('accounts.oidc.link')}
          route={oidcRoutes.linkOidc}
          params={{ id }}
          overrides={{ subject: { label: t('accounts.oidc.subject'), help: t('accounts.oidc.subject.help') } }}
        />
        <SureButton
          danger
          label={t('accounts.oidc.unlink')}
          sure={t('accounts.oidc.unlink.sure')}
          route={oidcRoutes.unlinkOidc}
          asked={{ params: { id } }}
        />
      </div>
    </Sheet>
  );
}

function AccountFacts({ account }: { account: Account }) {
  const { t, language } = useWords();
  return (
    <Descriptions
      size="small"
      bordered
      column={{ xs: 1, sm: 1, md: 2 }}
      items={[
        { key: 'username', label: t('signIn.username'), children: account.username },
        {
          key: 'totp',
          label: t('own.totp.short'),
          children: account.totp === 'on' ? t('accounts.totp.on') : t('accounts.totp.off'),
        },
        {
          key: 'lastSignIn',
          label: t('accounts.lastSignIn'),
          children: account.lastSignIn ? writeInstant(account.lastSignIn, language) : t('accounts.never'),
        },
        { key: 'createdAt', label: t('accounts.createdAt'), children: writeInstant(account.createdAt, language) },
      ]}
    />
  );
}

/** One person: whether they can sign in, what they hold, and what the administrator can do. */
export function AccountPage() {
  const { t } = useWords();
  const { id = '' } = useParams();
  const may = useMay();
  const { session } = useStanding();
  const [reset, setReset] = useState<Reset>();
  const query = useAsk(accountRoutes.readAccount, { params: { id } });
  const posts = useAsk(postRoutes.listPosts, { query: { accountId: id, limit: 200 } });
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  const account = query.data;
  const isOwn = session.account.id === id;
  return (
    <Page
      title={account.name}
      tags={<AccountState account={account} />}
      actions={
        <>
          {may('audit.read') ? (
            <Link to={`/audit?account=${encodeURIComponent(account.username)}`}>{t('accounts.trail')}</Link>
          ) : null}
          <Link to={`/api-keys?accountId=${id}`}>{t('accounts.keys')}</Link>
          <Acts account={account} given={setReset} />
        </>
      }
    >
      {reset ? (
        <Sheet title={t('slip')}>
          <PasswordSlip given={reset} name={account.name} />
        </Sheet>
      ) : null}
      {isOwn && may('account.reset') ? <Alert type="info" showIcon title={t('accounts.self')} /> : null}
      <Sheet>
        <AccountFacts account={account} />
      </Sheet>
      <Sheet title={t('accounts.posts')} extra={may('post.grant') ? <GrantButton accountId={id} primary /> : null}>
        {posts.error ? <FaultNote error={posts.error} retry={() => void posts.refetch()} /> : null}
        <PostTable posts={posts.data?.items} />
      </Sheet>
      {may('account.reset') && !isOwn ? <Oidc id={id} /> : null}
    </Page>
  );
}
