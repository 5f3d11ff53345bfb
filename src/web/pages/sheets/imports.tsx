import { Button } from 'antd';
import { Link, Route, Routes, useNavigate } from 'react-router';
import { importRoutes } from '../../../modules/imports/imports.contract';
import { importStates } from '../../../modules/imports/imports.states';
import type { ReplyOf } from '../../api/client';
import { Page } from '../../records/page';
import { ListTable } from '../../tables/list-table';
import { useWords, type Words } from '../../words/language';
import { State, useSay } from '../../words/say';
import { writeInstant } from '../../words/write';
import { ImportRecord } from './import-record';
import { NewImport } from './new-import';
import { importWords } from './words';

type Item = ReplyOf<typeof importRoutes.list>['items'][number];

function List() {
  const { t, language } = useWords();
  const say = useSay();
  const navigate = useNavigate();
  return (
    <Page
      title={t('imports')}
      actions={
        <Button type="primary" onClick={() => void navigate('/imports/new')}>
          {t('imports.new')}
        </Button>
      }
    >
      <ListTable
        name="imports"
        route={importRoutes.list}
        rowKey={(i) => i.id}
        empty={t('imports.none')}
        filters={[
          {
            name: 'state',
            label: t('imports.state'),
            options: importStates.map((value) => ({ value, label: say('import', value) })),
          },
          {
            name: 'withFaults',
            label: t('imports.withFaults'),
            options: [
              { value: 'true', label: t('imports.faultsOnly') },
              { value: 'false', label: t('imports.cleanOnly') },
            ],
          },
        ]}
        columns={[
          {
            key: 'file',
            title: t('imports.file'),
            render: (i: Item) => <Link to={`/imports/${i.id}`}>{i.fileName}</Link>,
          },
          { key: 'kind', title: t('imports.kind'), render: (i: Item) => say('import-kind', i.kind) },
          { key: 'state', title: t('imports.state'), render: (i: Item) => <State of="import" value={i.state} /> },
          { key: 'counts', title: t('imports.counts'), render: (i: Item) => t('imports.rows', i.counts) },
          {
            key: 'uploadedAt',
            title: t('imports.uploadedAt'),
            render: (i: Item) => writeInstant(i.uploadedAt, language),
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
      <Route path="new" element={<NewImport />} />
      <Route path=":id" element={<ImportRecord />} />
    </Routes>
  );
}

export const words: Words = importWords;
