import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Empty, Input, Tag } from 'antd';
import { Link, useNavigate } from 'react-router';
import { authorityRoutes } from '../../../modules/identity/authorities/authorities.contract';
import { ask, type ReplyOf } from '../../api/client';
import { FaultNote } from '../../app/faults';
import { useMay, useStanding } from '../../app/session';
import { ActButton } from '../../records/act-button';
import { listAndRecord } from '../../records/list-and-record';
import { Page, Sheet } from '../../records/page';
import { Rows } from '../../tables/rows';
import { useWords, type Words } from '../../words/language';
import { useSay } from '../../words/say';
import { writeDay } from '../../words/write';
import { AuthorityPage } from './authority';
import { authorityWords } from './authority-words';
import { SetAuthorityButton } from './set-authority';

type Authority = ReplyOf<typeof authorityRoutes.listAuthorities>['items'][number];
type Node = Authority & { children?: Node[] };

const PAGES = 30;
/** Trees of so many stand open at first. */
const OPEN = 60;
/** A level of the tree, px. */
const INDENT = 20;

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

interface Shown {
  node: Node;
  /** 0 at the top. */
  depth: number;
}

/** The rows of a tree from above, below each the open ones' children. */
const flat = (nodes: readonly Node[], isOpen: (row: Shown) => boolean, depth = 0): Shown[] =>
  nodes.flatMap((node) => {
    const row = { node, depth };
    return [row, ...(isOpen(row) ? flat(node.children ?? [], isOpen, depth + 1) : [])];
  });

/** The name with its place in the tree, and what opens the branch. */
function Branch({ row, isOpen, turn }: { row: Shown; isOpen: boolean; turn: () => void }) {
  const { t } = useWords();
  const { node, depth } = row;
  const hasMore = (node.children ?? []).length > 0;
  return (
    <span className="branch" style={{ paddingInlineStart: `${depth * INDENT}px` }}>
      {hasMore ? (
        <Button
          type="text"
          size="small"
          aria-expanded={isOpen}
          aria-label={t('authorities.below', { name: node.name })}
          onClick={turn}
        >
          {isOpen ? '▾' : '▸'}
        </Button>
      ) : null}
      <Link to={`/authorities/${node.id}`}>{node.name}</Link>
      {node.isOwner ? <Tag color="green">{t('authorities.owner')}</Tag> : null}
    </span>
  );
}

function Tree() {
  const { t, language } = useWords();
  const say = useSay();
  const [sought, setSought] = useState('');
  const query = useQuery({ queryKey: ['authorities', 'all'], queryFn: readAll });
  const all = query.data ?? [];
  const text = sought.trim();
  // Small trees stand open, of large ones the first level; what was turned by hand is the other way round.
  const [turned, setTurned] = useState<readonly string[]>([]);
  const isOpen = ({ node, depth }: Shown): boolean => (all.length <= OPEN || depth === 0) !== turned.includes(node.id);
  const turn = ({ node }: Shown): void =>
    setTurned((ids) => (ids.includes(node.id) ? ids.filter((id) => id !== node.id) : [...ids, node.id]));
  const rows =
    text === ''
      ? flat(treeOf(all), isOpen)
      : all.filter((a) => a.name.includes(text) || a.code.startsWith(text)).map((node) => ({ node, depth: 0 }));
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
      <Rows<Shown>
        isLoading={query.isPending}
        rowKey={(row) => row.node.id}
        rows={rows}
        empty={<Empty description={text === '' ? t('authorities.none') : t('table.empty.filtered')} />}
        columns={[
          {
            key: 'name',
            title: t('field.name'),
            render: (row) => <Branch row={row} isOpen={isOpen(row)} turn={() => turn(row)} />,
          },
          {
            key: 'code',
            title: t('authorities.code'),
            render: ({ node }) => <span className="code">{node.code}</span>,
          },
          { key: 'kind', title: t('authorities.kind'), render: ({ node }) => say('authorityKind', node.kind) },
          {
            key: 'days',
            title: t('authorities.days'),
            render: ({ node: a }) =>
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
