import { Alert } from 'antd';
import { Link, Route, Routes } from 'react-router';
import { postRoutes } from '../../../modules/identity/posts/posts.contract';
import { useAsk } from '../../api/hooks';
import { useMay } from '../../app/session';
import { ActButton } from '../../records/act-button';
import { Page } from '../../records/page';
import { ListTable } from '../../tables/list-table';
import { useWords, type Words } from '../../words/language';
import { writeDay } from '../../words/write';
import { accountWords } from './account-words';
import { grantWords } from './grant';
import { postWords, usePostColumns, type PostRow } from './post-list';
import { roleWords } from './roles';

/** From which day institutions' posts need a letter, and its change. */
function LetterRule() {
  const { t, language } = useWords();
  const may = useMay();
  const rule = useAsk(postRoutes.readLetterRule);
  if (!rule.data) return null;
  const { from } = rule.data;
  return (
    <Alert
      type="info"
      showIcon
      title={from ? t('letters.rule.on', { day: writeDay(from, language) }) : t('letters.rule.off')}
      action={
        may('post.require-letters') ? (
          <ActButton
            key={from ?? 'none'}
            label={t('letters.rule')}
            route={postRoutes.requireLetters}
            initial={{ from }}
            overrides={{ from: { label: t('letters.rule.from'), help: t('letters.rule.help') } }}
          />
        ) : null
      }
    />
  );
}

function List() {
  const { t } = useWords();
  const columns = usePostColumns();
  const holder = {
    key: 'holder',
    title: t('posts.holder'),
    render: (p: PostRow) => <Link to={`/accounts/${p.accountId}`}>{p.holder}</Link>,
  };
  return (
    <Page title={t('posts')}>
      <LetterRule />
      <ListTable
        name="posts"
        route={postRoutes.listPosts}
        rowKey={(p) => p.id}
        empty={t('posts.none')}
        filters={[
          {
            name: 'letters',
            label: t('posts.letters'),
            options: [
              { value: 'expiring', label: t('posts.letters.expiring') },
              { value: 'missing', label: t('posts.letters.missing') },
            ],
          },
        ]}
        columns={[holder, ...columns]}
      />
    </Page>
  );
}

export function Screen() {
  return (
    <Routes>
      <Route index element={<List />} />
    </Routes>
  );
}

export const words: Words = { ...accountWords, ...grantWords, ...postWords, ...roleWords };
