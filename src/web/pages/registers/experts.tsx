import { useState } from 'react';
import { Button, Input, Tag } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { Link, Navigate, Route, Routes, useNavigate } from 'react-router';
import { expertRoutes } from '../../../modules/experts/experts.contract';
import { exportRoutes } from '../../../modules/workbench/exports.contract';
import { actingPost, ask, type ReplyOf } from '../../api/client';
import { useMay } from '../../app/session';
import { ActButton } from '../../records/act-button';
import { Page, PrintButton } from '../../records/page';
import { useFilters } from '../../tables/address';
import { ExportButton } from '../../tables/export-button';
import { ListTable, PageTable, type Column } from '../../tables/list-table';
import { useWords, type Words } from '../../words/language';
import { useSay } from '../../words/say';
import { useExpertOverrides } from './expert-fields';
import { ExpertRecord } from './expert-record';
import { personWords } from './person-words';
import { IdentityList } from './identity-field';

type Item = ReplyOf<typeof expertRoutes.list>['items'][number];

function useColumns(): Column<Item>[] {
  const { t } = useWords();
  const say = useSay();
  return [
    {
      key: 'platformNumber',
      title: t('field.platformNumber'),
      render: (p) => (
        <Link className="code" to={`/experts/${p.id}`}>
          {p.platformNumber}
        </Link>
      ),
    },
    {
      key: 'name',
      title: t('experts.name'),
      render: (p) => (
        <>
          <Link to={`/experts/${p.id}`}>{p.name ?? '—'}</Link>{' '}
          {p.mergedInto ? <Tag>{t('experts.mergedMark', { number: p.mergedInto })}</Tag> : null}
        </>
      ),
    },
    {
      key: 'titleLevel',
      title: t('field.titleLevel'),
      render: (p) => (p.titleLevel ? say('titleLevel', p.titleLevel) : '—'),
    },
  ];
}

/** Found by a POST, so that the name stands in no address; not kept either when one goes away. */
function Found({ name, clear }: { name: string; clear: () => void }) {
  const { t } = useWords();
  const columns = useColumns();
  const { filters } = useFilters();
  const cursor = filters['cursor'];
  const query = useQuery<ReplyOf<typeof expertRoutes.search>>({
    queryKey: ['experts', 'search', name, cursor ?? null, actingPost() ?? null],
    queryFn: ({ signal }) => ask(expertRoutes.search, { body: { name, ...(cursor ? { cursor } : {}) }, signal }),
    gcTime: 0,
  });
  return (
    <PageTable<Item>
      name="experts"
      query={query}
      columns={columns}
      rowKey={(p) => p.id}
      empty={t('experts.byName.none')}
      tools={() => <Button onClick={clear}>{t('experts.byName.clear')}</Button>}
    />
  );
}

function Register() {
  const { t } = useWords();
  const navigate = useNavigate();
  const overrides = useExpertOverrides();
  return (
    <ActButton
      primary
      label={t('experts.register')}
      route={expertRoutes.register}
      initial={{ identities: [{ kind: 'resident-id' }] }}
      overrides={{
        ...overrides,
        identities: { label: t('experts.identities'), control: () => <IdentityList /> },
      }}
      done={(reply) => void navigate(`/experts/${reply.id}`)}
    >
      <p className="quiet">{t('experts.register.help')}</p>
    </ActButton>
  );
}

function List() {
  const { t } = useWords();
  const may = useMay();
  const columns = useColumns();
  const { clear } = useFilters();
  const [name, setName] = useState('');
  const find = (typed: string): void => {
    clear(['number']);
    setName(typed.trim());
  };
  return (
    <Page
      title={t('experts')}
      actions={
        <>
          {may('expert.register') ? <Register /> : null}
          <PrintButton />
        </>
      }
    >
      <div className="filters" role="search">
        <Input.Search
          className="find"
          allowClear
          aria-label={t('experts.byName')}
          placeholder={t('experts.byName')}
          enterButton={t('table.search')}
          onSearch={find}
        />
        <span className="quiet">{t('experts.byName.help')}</span>
      </div>
      {name === '' ? (
        <ListTable
          name="experts"
          route={expertRoutes.list}
          rowKey={(p) => p.id}
          empty={t('experts.none')}
          filters={[{ name: 'number', label: t('experts.number') }]}
          tools={(filters) => <ExportButton route={exportRoutes.experts} filters={filters} takes={['number']} />}
          columns={columns}
        />
      ) : (
        <Found name={name} clear={() => find('')} />
      )}
    </Page>
  );
}

export function Screen() {
  return (
    <Routes>
      <Route index element={<List />} />
      <Route path="me" element={<Navigate to="/own-record" replace />} />
      <Route path=":id" element={<ExpertRecord />} />
    </Routes>
  );
}

export const words: Words = personWords;
