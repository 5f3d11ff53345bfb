import { useState } from 'react';
import { Alert, Steps } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { accountRoutes } from '../../../modules/identity/accounts/accounts.contract';
import type { ReplyOf } from '../../api/client';
import { useAsk } from '../../api/hooks';
import { ActForm } from '../../forms/act-form';
import { Page, Sheet } from '../../records/page';
import { useWords } from '../../words/language';
import { useSay } from '../../words/say';
import { GrantForm } from './grant';
import { asRole } from './roles';
import { PasswordSlip } from './slip';

type Made = ReplyOf<typeof accountRoutes.createAccount>;

function AccountForm({ done }: { done: (made: Made) => void }) {
  const { t } = useWords();
  return (
    <Sheet title={t('accounts.step.account')}>
      <div className="narrow">
        <ActForm
          route={accountRoutes.createAccount}
          submitLabel={t('accounts.create')}
          overrides={{
            username: { label: t('signIn.username'), help: t('accounts.username.help') },
            name: { label: t('accounts.person'), help: t('accounts.person.help') },
          }}
          done={done}
        />
      </div>
    </Sheet>
  );
}

/** A new person on one page: the account, then its slip beside the post that it gets. */
export function NewAccount() {
  const { t } = useWords();
  const say = useSay();
  const [search] = useSearchParams();
  const role = asRole(search.get('role'));
  const [made, setMade] = useState<Made>();
  const [granted, setGranted] = useState<string>();
  const account = useAsk(
    accountRoutes.readAccount,
    { params: { id: made?.id ?? '' } },
    { enabled: made !== undefined },
  );
  const steps = [t('accounts.step.account'), t('accounts.step.post'), t('accounts.step.handOut')];
  return (
    <Page
      title={role ? t('accounts.newFor', { role: say('role', role) }) : t('accounts.new')}
      actions={
        <>
          <Link to="/">{t('home')}</Link>
        </>
      }
    >
      <Sheet>
        <Steps size="small" current={!made ? 0 : granted ? 2 : 1} items={steps.map((title) => ({ title }))} />
      </Sheet>
      {made ? (
        <>
          <Sheet title={t('slip')}>
            <PasswordSlip given={made} name={account.data?.name ?? made.username} />
          </Sheet>
          <Sheet title={t('accounts.step.post')}>
            {granted ? (
              <Alert
                type="success"
                showIcon
                title={t('accounts.granted', { role: say('role', granted) })}
                action={<Link to={`/accounts/${made.id}`}>{t('accounts.open')}</Link>}
              />
            ) : (
              <div className="narrow">
                <GrantForm accountId={made.id} role={role} done={(post) => setGranted(post.role)} />
              </div>
            )}
          </Sheet>
        </>
      ) : (
        <AccountForm done={setMade} />
      )}
    </Page>
  );
}
