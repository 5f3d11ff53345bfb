import { Link } from 'react-router';
import { documentKinds, documentRoutes } from '../../../modules/organisations/documents.contract';
import type { ReplyOf } from '../../api/client';
import { Span } from '../../records/lines';
import { Page, PrintButton } from '../../records/page';
import { ListTable } from '../../tables/list-table';
import { StoredFile } from '../../records/stored-file';
import { useWords, type Words } from '../../words/language';
import { useSay } from '../../words/say';
import { PaperStanding, paperWords } from './papers';
import { registerWords } from './words';

type Item = ReplyOf<typeof documentRoutes.endingDocuments>['items'][number];

/** Papers that have expired or soon will, of all bodies. */
export function Screen() {
  const { t } = useWords();
  const say = useSay();
  return (
    <Page title={t('ending')} actions={<PrintButton />}>
      <ListTable
        name="organisation-documents"
        route={documentRoutes.endingDocuments}
        rowKey={(d) => `${d.id}${d.from}`}
        empty={t('ending.none')}
        filters={[
          {
            name: 'standing',
            label: t('ending.which'),
            options: [
              { value: 'expiring', label: say('document-standing', 'expiring') },
              { value: 'expired', label: say('document-standing', 'expired') },
            ],
          },
          {
            name: 'expiringDays',
            label: t('ending.days'),
            options: ['30', '60', '90', '180'].map((value) => ({ value, label: t('ending.within', { days: value }) })),
          },
          {
            name: 'kind',
            label: t('papers.kind'),
            options: documentKinds.map((value) => ({ value, label: say('kind', value) })),
          },
          { name: 'asOf', label: t('moment.asOf'), kind: 'day' },
        ]}
        columns={[
          {
            key: 'organisation',
            title: t('field.organisationId'),
            render: (d: Item) => <Link to={`/organisations/${d.organisationId}?tab=papers`}>{d.organisationName}</Link>,
          },
          { key: 'uscc', title: t('field.uscc'), render: (d: Item) => <span className="code">{d.uscc}</span> },
          { key: 'kind', title: t('papers.kind'), render: (d: Item) => say('kind', d.kind) },
          { key: 'number', title: t('papers.number'), render: (d: Item) => d.number ?? '—' },
          {
            key: 'validity',
            title: t('papers.validity'),
            render: (d: Item) => (
              <>
                <Span from={d.from} lastDay={d.lastDay} /> <PaperStanding standing={d.standing} />
              </>
            ),
          },
          { key: 'scan', title: t('papers.scan'), render: (d: Item) => <StoredFile id={d.fileId} /> },
        ]}
      />
    </Page>
  );
}

export const words: Words = {
  ...registerWords,
  ...paperWords,
  ending: ['到期证照', 'Expiring papers'],
  'ending.which': ['即将到期或已过期', 'Expiring or expired'],
  'ending.days': ['提前几日', 'How far ahead'],
  'ending.within': ['{days} 日内', 'within {days} days'],
  'ending.none': ['没有即将到期或已过期的材料', 'No paper has expired or soon will'],
};
