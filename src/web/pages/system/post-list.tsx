import { useState } from 'react';
import { Button, Drawer, Space, Tag } from 'antd';
import { postRoutes } from '../../../modules/identity/posts/posts.contract';
import { documentRoutes } from '../../../modules/documents/files.contract';
import { download, type ReplyOf } from '../../api/client';
import { useAsk } from '../../api/hooks';
import { now } from '../../app/browser';
import { FaultNote, Waiting } from '../../app/faults';
import { ActButton } from '../../records/act-button';
import type { Column } from '../../tables/list-table';
import { Rows } from '../../tables/rows';
import { useWords, type Words } from '../../words/language';
import { useSay } from '../../words/say';
import { inBeijing, writeDay, writeInstant } from '../../words/write';
import { useAuthorityNames } from './authority-names';
import { letterOverrides } from './grant';
import { PartyName } from './party-pick';

export type PostRow = ReplyOf<typeof postRoutes.listPosts>['items'][number];

/** In force, not yet, or over: by today. */
export function PostState({ post }: { post: Pick<PostRow, 'from' | 'to'> }) {
  const { t } = useWords();
  const { day } = inBeijing(now());
  if (post.to !== null && post.to < day) return <Tag>{t('posts.over')}</Tag>;
  if (post.from > day) return <Tag color="gold">{t('posts.notYet')}</Tag>;
  return <Tag color="green">{t('posts.inForce')}</Tag>;
}

function Letters({ id }: { id: string }) {
  const { t, language } = useWords();
  const query = useAsk(postRoutes.listLetters, { params: { id } });
  if (query.error) return <FaultNote error={query.error} />;
  if (!query.data) return <Waiting />;
  const scan = (fileId: string) => (
    <Button type="link" onClick={() => void download(documentRoutes.content, { params: { id: fileId } })}>
      {t('letters.scan')}
    </Button>
  );
  return (
    <Rows
      rowKey={(l) => l.id}
      rows={query.data.items}
      empty={t('letters.none')}
      columns={[
        { key: 'number', title: t('letters.number'), render: (l) => l.number },
        { key: 'lastDay', title: t('letters.lastDay'), whole: true, render: (l) => writeDay(l.lastDay, language) },
        { key: 'paper', title: t('letters.paper'), render: (l) => (l.fileId ? scan(l.fileId) : l.paper) },
        { key: 'recordedAt', title: t('field.recordedAt'), render: (l) => writeInstant(l.recordedAt, language) },
      ]}
    />
  );
}

function PostActs({ post }: { post: PostRow }) {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  const today = inBeijing(now()).day;
  return (
    <Space wrap size={4}>
      {post.may.includes('renew') ? (
        <ActButton
          label={t('posts.renew')}
          route={postRoutes.renewLetter}
          params={{ id: post.id }}
          overrides={letterOverrides(t)}
        />
      ) : null}
      {post.may.includes('end') ? (
        <ActButton
          danger
          label={t('posts.end')}
          route={postRoutes.endPost}
          params={{ id: post.id }}
          initial={{ lastDay: today }}
          overrides={{ lastDay: { label: t('posts.to'), help: t('posts.end.help') } }}
        />
      ) : null}
      {post.institutionId ? <Button onClick={() => setOpen(true)}>{t('letters')}</Button> : null}
      <Drawer open={isOpen} onClose={() => setOpen(false)} title={t('letters')} size={640} destroyOnHidden>
        <Letters id={post.id} />
      </Drawer>
    </Space>
  );
}

function Letter({ post }: { post: PostRow }) {
  const { t, language } = useWords();
  if (!post.institutionId) return <span className="quiet">—</span>;
  if (!post.letter) return <Tag color="gold">{t('letters.missing')}</Tag>;
  return (
    <>
      {t('posts.until', { day: writeDay(post.letter.lastDay, language) })}{' '}
      {post.letter.expiring ? <Tag color="volcano">{t('letters.expiring')}</Tag> : null}
    </>
  );
}

/** The columns of posts, wherever they are listed. */
export function usePostColumns(): Column<PostRow>[] {
  const { t, language } = useWords();
  const say = useSay();
  const nameOf = useAuthorityNames();
  const place = (p: PostRow) => {
    if (p.institutionId) return <PartyName kind="institution" id={p.institutionId} />;
    if (p.organisationId) return <PartyName kind="organisation" id={p.organisationId} />;
    if (p.expertId) return <PartyName kind="expert" id={p.expertId} />;
    return [nameOf(p.authorityId) ?? p.authority, p.office].filter(Boolean).join(' · ') || '—';
  };
  return [
    { key: 'role', title: t('posts.role'), render: (p) => say('role', p.role) },
    { key: 'place', title: t('posts.place'), render: place },
    {
      key: 'days',
      title: t('posts.days'),
      render: (p) => (
        <>
          <span className="nowrap">
            {writeDay(p.from, language)} {t('to')}
          </span>{' '}
          <span className="nowrap">{p.to ? writeDay(p.to, language) : t('forever')}</span>
        </>
      ),
    },
    { key: 'state', title: t('accounts.state'), render: (p) => <PostState post={p} /> },
    { key: 'letter', title: t('posts.letter'), render: (p) => <Letter post={p} /> },
    { key: 'acts', title: t('posts.acts'), render: (p) => <PostActs post={p} /> },
  ];
}

/** Posts of one account. */
export function PostTable({ posts }: { posts: readonly PostRow[] | undefined }) {
  const { t } = useWords();
  const columns = usePostColumns();
  return (
    <Rows<PostRow>
      rowKey={(p) => p.id}
      isLoading={posts === undefined}
      rows={posts ?? []}
      empty={t('posts.none')}
      columns={columns}
    />
  );
}

export const postWords: Words = {
  posts: ['岗位', 'Posts'],
  'posts.acts': ['办理', 'Act'],
  'posts.none': ['没有岗位，不能办理任何事项；请设立岗位', 'No post, so nothing can be done; grant one'],
  'posts.place': ['所属', 'Works for'],
  'posts.days': ['期间', 'Days'],
  'posts.holder': ['人员', 'Holder'],
  'posts.until': ['至{day}', 'until {day}'],
  'posts.inForce': ['在任', 'In force'],
  'posts.notYet': ['尚未开始', 'Not yet'],
  'posts.over': ['已结束', 'Over'],
  'posts.end': ['结束岗位', 'End the post'],
  'posts.end.help': [
    '过后不能以该岗位办理。在办事项须另行交接。',
    'Nobody acts by this post afterwards; its work has to be handed over.',
  ],
  'posts.renew': ['登记新授权书', 'Record a new letter'],
  'posts.letters': ['授权书', 'Letters'],
  'posts.letters.expiring': ['三十日内到期', 'Ending within 30 days'],
  'posts.letters.missing': ['没有授权书', 'Without a letter'],
  letters: ['历次授权书', 'All letters'],
  'letters.none': ['没有登记授权书', 'No letter is on record'],
  'letters.missing': ['没有授权书', 'None'],
  'letters.expiring': ['将到期', 'Ending soon'],
  'letters.rule': ['授权书规定', 'Rule of letters'],
  'letters.rule.on': ['自{day}起，评估机构的岗位须有授权书', 'From {day} posts of institutions need a letter'],
  'letters.rule.off': ['评估机构的岗位目前不要求授权书', 'Posts of institutions need no letter at present'],
  'letters.rule.from': ['自该日起须有授权书', 'Needed from'],
  'letters.rule.help': [
    '不填为不要求。自该日起，没有有效授权书的岗位不能办理。',
    'Left empty: not needed. From that day nobody acts for an institution without a letter.',
  ],
};
