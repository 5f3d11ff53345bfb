import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Alert, Empty, Input, Table, Tag } from 'antd';
import { Link, useNavigate } from 'react-router';
import { authorityRoutes } from '../../../modules/identity/authorities/authorities.contract';
import { ask, type ReplyOf } from '../../api/client';
import { FaultNote } from '../../app/faults';
import { useMay, useStanding } from '../../app/session';
import { ActButton } from '../../records/act-button';
import { listAndRecord } from '../../records/list-and-record';
import { Page, Sheet } from '../../records/page';
import { useWords, type Words } from '../../words/language';
import { useSay } from '../../words/say';
import { writeDay } from '../../words/write';
import { AuthorityPage } from './authority';
import { authorityWords } from './authority-words';
import { SetAuthorityButton } from './set-authority';

type Authority = ReplyOf<typeof authorityRoutes.listAuthorities>['items'][number];
type Node = Authority & { children?: Node[] };

const PAGES = 30;

/** All authorities: a province has some hundreds, which a tree has to know as a whole. */
async function readAll(): Promise<Authority[]> {
  const all: Authority[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < PAGES; page += 1) {
    const found: ReplyOf<typeof authorityRoutes.listAuthorities> = await ask(authorityRoutes.listAuthorities, {
      query: { limit: 200, ...(cursor === null ? {} : { cursor }) },
    });
    all.push(...found.items);
    cursor = found.next;
    if (cursor === null) break;
  }
  return all;
}

/** Below its parent each; whose parent is not among them stands at the top. */
function treeOf(all: readonly Authority[]): Node[] {
  const nodes = new Map<string, Node>(all.map((a) => [a.id, { ...a }]));
  const roots: Node[] = [];
  const inOrder = [...nodes.values()].sort((a, b) => (a.code + a.kind).localeCompare(b.code + b.kind));
  for (const node of inOrder) {
    const parent = node.parentId === null ? undefined : nodes.get(node.parentId);
    if (parent) (parent.children ??= []).push(node);
    else roots.push(node);
  }
  return roots;
}

function Tree() {
  const { t, language } = useWords();
  const say = useSay();
  const [sought, setSought] = useState('');
  const query = useQuery({ queryKey: ['authorities', 'all'], queryFn: readAll });
  const all = query.data ?? [];
  const text = sought.trim();
  const rows = text === '' ? treeOf(all) : all.filter((a) => a.name.includes(text) || a.code.startsWith(text));
  return (
    <Sheet>
      <div className="filters" role="search">
        <Input
          allowClear
          className="find"
          value={sought}
          aria-label={t('authorities.find')}
          placeholder={t('authorities.find')}
          onChange={(e) => setSought(e.target.value)}
        />
      </div>
      {query.error ? <FaultNote error={query.error} retry={() => void query.refetch()} /> : null}
      <Table<Node>
        // Another set of rows begins with its whole tree open.
        key={`${text}:${all.length}`}
        size="middle"
        pagination={false}
        scroll={{ x: 'max-content' }}
        loading={query.isPending}
        rowKey="id"
        dataSource={rows}
        expandable={{ defaultExpandAllRows: all.length <= 60, defaultExpandedRowKeys: rows.map((r) => r.id) }}
        locale={{ emptyText: <Empty description={text === '' ? t('authorities.none') : t('table.empty.filtered')} /> }}
        columns={[
          {
            title: t('field.name'),
            render: (_: unknown, a) => (
              <>
                <Link to={`/authorities/${a.id}`}>{a.name}</Link>{' '}
                {a.isOwner ? <Tag color="green">{t('authorities.owner')}</Tag> : null}
              </>
            ),
          },
          { title: t('authorities.code'), render: (_: unknown, a) => <span className="code">{a.code}</span> },
          { title: t('authorities.kind'), render: (_: unknown, a) => say('authorityKind', a.kind) },
          {
            title: t('authorities.days'),
            render: (_: unknown, a) =>
              `${writeDay(a.from, language)} ${t('to')} ${a.to ? writeDay(a.to, language) : t('forever')}`,
          },
        ]}
      />
    </Sheet>
  );
}

function List() {
  const { t } = useWords();
  const may = useMay();
  const { session } = useStanding();
  const navigate = useNavigate();
  return (
    <Page
      title={t('authorities')}
      actions={
        may('authority.register') && session.authority ? (
          <ActButton
            primary
            label={t('authorities.register')}
            route={authorityRoutes.registerAuthority}
            overrides={{
              code: { label: t('authorities.code'), help: t('authorities.code.help') },
              kind: { label: t('authorities.kind') },
              name: { label: t('authorities.name') },
              parentId: { label: t('authorities.parent'), help: t('authorities.parent.help') },
              parentBasis: { label: t('authorities.basis'), help: t('authorities.basis.help') },
              from: { label: t('authorities.from') },
            }}
            done={(reply) => void navigate(`/authorities/${reply.id}`)}
          />
        ) : null
      }
    >
      {session.authority || !may('authority.set') ? null : (
        <Alert type="warning" showIcon title={t('authorities.notSet')} action={<SetAuthorityButton />} />
      )}
      <Tree />
    </Page>
  );
}

export const Screen = listAndRecord(List, AuthorityPage);

export const words: Words = authorityWords;
