import { Button } from 'antd';
import { Link, Route, Routes, useNavigate } from 'react-router';
import { accountRoutes } from '../../../modules/identity/accounts/accounts.contract';
import type { ReplyOf } from '../../api/client';
import { useMay } from '../../app/session';
import { Page } from '../../records/page';
import { ListTable } from '../../tables/list-table';
import { useWords, type Words } from '../../words/language';
import { writeInstant } from '../../words/write';
import { AccountPage } from './account';
import { AccountState } from './account-state';
import { accountWords } from './account-words';
import { grantWords } from './grant';
import { NewAccount } from './new-account';
import { postWords } from './post-list';
import { roleWords } from './roles';
import { SignInPolicyButton, signInPolicyWords } from './sign-in-policy';
import { slipWords } from './slip';

type Account = ReplyOf<typeof accountRoutes.listAccounts>['items'][number];

function List() {
  const { t, language } = useWords();
  const may = useMay();
  const navigate = useNavigate();
  const isKeeper = may('account.create');
  return (
    <Page
      title={t('accounts')}
      actions={
        <>
          <SignInPolicyButton />
          {isKeeper ? (
            <Button type="primary" onClick={() => void navigate('/accounts/new')}>
              {t('accounts.new')}
            </Button>
          ) : null}
        </>
      }
    >
      <ListTable
        name="accounts"
        route={accountRoutes.listAccounts}
        rowKey={(a) => a.id}
        filters={[{ name: 'q', label: t('accounts.find') }]}
        columns={[
          {
            key: 'name',
            title: t('accounts.person'),
            render: (a: Account) => <Link to={`/accounts/${a.id}`}>{a.name}</Link>,
          },
          { key: 'username', title: t('signIn.username'), render: (a: Account) => a.username },
          { key: 'state', title: t('accounts.state'), render: (a: Account) => <AccountState account={a} /> },
          {
            key: 'totp',
            title: t('own.totp.short'),
            render: (a: Account) => (a.totp === 'on' ? t('accounts.totp.on') : t('accounts.totp.off')),
          },
          {
            key: 'lastSignIn',
            title: t('accounts.lastSignIn'),
            render: (a: Account) => (a.lastSignIn ? writeInstant(a.lastSignIn, language) : t('accounts.never')),
          },
          {
            key: 'createdAt',
            title: t('accounts.createdAt'),
            extra: true,
            render: (a: Account) => writeInstant(a.createdAt, language),
          },
        ]}
      />
    </Page>
  );
}

export function Screen() {
  return (
    <Routes>
      <Route index element={<List />} />
      <Route path="new" element={<NewAccount />} />
      <Route path=":id" element={<AccountPage />} />
    </Routes>
  );
}

export const words: Words = {
  ...accountWords,
  ...grantWords,
  ...postWords,
  ...roleWords,
  ...signInPolicyWords,
  ...slipWords,
};
