import { Link, Route, Routes, useNavigate } from 'react-router';
import { mineRoutes } from '../../../modules/mines/mines.contract';
import { exportRoutes } from '../../../modules/workbench/exports.contract';
import type { ReplyOf } from '../../api/client';
import { useMay } from '../../app/session';
import { ActButton } from '../../records/act-button';
import { Named } from '../../records/named';
import { Page, PrintButton } from '../../records/page';
import { ExportButton } from '../../tables/export-button';
import { ListTable, type Column } from '../../tables/list-table';
import { useWords, type Words } from '../../words/language';
import { useSay } from '../../words/say';
import { provinceOptions, useMineOverrides } from './mine-fields';
import { MineFile } from './mine-file';
import { MineRecord } from './mine-record';
import { mineWords } from './mine-words';
import { paperWords } from './papers';
import { registerWords } from './words';

type Item = ReplyOf<typeof mineRoutes.list>['items'][number];

function useColumns(): Column<Item>[] {
  const { t } = useWords();
  const say = useSay();
  return [
    { key: 'name', title: t('mines.name'), render: (m) => <Link to={`/mines/${m.id}`}>{m.name ?? '—'}</Link> },
    { key: 'province', title: t('field.province'), render: (m) => m.province ?? '—' },
    {
      key: 'status',
      title: t('mines.status'),
      render: (m) => [m.list, m.status && say('status', m.status)].filter(Boolean).join('：') || '—',
    },
    {
      key: 'licenceNumber',
      title: t('field.licenceNumber'),
      render: (m) => (m.licenceNumber ? <span className="code">{m.licenceNumber}</span> : '—'),
    },
    {
      key: 'sizeClass',
      title: t('field.sizeClass'),
      render: (m) => (m.sizeClass ? say('sizeClass', m.sizeClass) : '—'),
    },
    {
      key: 'operator',
      title: t('field.operatorId'),
      render: (m) => <Named of="operator" id={m.operatorId} />,
      extra: true,
    },
    { key: 'file', title: t('mines.file'), render: (m) => <Link to={`/mines/${m.id}/file`}>{t('view')}</Link> },
  ];
}

function List() {
  const { t } = useWords();
  const may = useMay();
  const navigate = useNavigate();
  const columns = useColumns();
  const overrides = useMineOverrides();
  return (
    <Page
      title={t('mines')}
      actions={
        <>
          {may('mine.register') ? (
            <ActButton
              primary
              label={t('mines.register')}
              route={mineRoutes.register}
              overrides={overrides}
              done={(reply) => void navigate(`/mines/${reply.id}`)}
            />
          ) : null}
          <PrintButton />
        </>
      }
    >
      <ListTable
        name="mines"
        route={mineRoutes.list}
        rowKey={(m) => m.id}
        empty={t('mines.none')}
        filters={[
          { name: 'q', label: t('mines.find') },
          { name: 'province', label: t('field.province'), options: provinceOptions },
        ]}
        tools={(filters) =>
          may('register.read') ? (
            <ExportButton route={exportRoutes.mines} filters={filters} takes={['q', 'province']} />
          ) : null
        }
        columns={columns}
      />
    </Page>
  );
}

export function Screen() {
  return (
    <Routes>
      <Route index element={<List />} />
      <Route path=":id" element={<MineRecord />} />
      <Route path=":id/file" element={<MineFile />} />
    </Routes>
  );
}

export const words: Words = { ...registerWords, ...paperWords, ...mineWords };
