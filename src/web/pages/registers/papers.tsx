import { Space, Tag } from 'antd';
import { documentRoutes } from '../../../modules/organisations/documents.contract';
import type { ReplyOf } from '../../api/client';
import { useAsk } from '../../api/hooks';
import { FaultNote, Waiting } from '../../app/faults';
import { useMay } from '../../app/session';
import type { Overrides } from '../../forms/fields';
import { ActButton } from '../../records/act-button';
import { Span } from '../../records/lines';
import { useMoment } from '../../records/moment';
import { Sheet } from '../../records/page';
import { StoredFile } from '../../records/stored-file';
import { Rows, type RowColumn } from '../../tables/rows';
import { useWords } from '../../words/language';
import { useSay } from '../../words/say';

type Paper = ReplyOf<typeof documentRoutes.listDocuments>['items'][number];

const COLOURS: Readonly<Record<Paper['standing'], string | undefined>> = {
  'not-yet': 'blue',
  'in-force': 'green',
  expiring: 'gold',
  expired: 'red',
};

/** A paper's validity on the day: always with its word. */
export function PaperStanding({ standing }: { standing: Paper['standing'] }) {
  const say = useSay();
  return <Tag color={COLOURS[standing]}>{say('document-standing', standing)}</Tag>;
}

/** Names of the fields of a paper, whose contract begins with its choices. */
export function usePaperFields(): Overrides {
  const { t } = useWords();
  return { kind: { label: t('papers.kind') } };
}

function PaperActs({ paper, id, version }: { paper: Paper; id: string; version: number }) {
  const { t } = useWords();
  const overrides = usePaperFields();
  const params = { id, documentId: paper.id };
  const { kind, title, number, issuer } = paper;
  return (
    <Space wrap>
      <ActButton
        label={t('papers.renew')}
        route={documentRoutes.amendDocument}
        params={params}
        version={version}
        initial={{ kind, title, number, issuer }}
        fixed={{ correct: false }}
        overrides={overrides}
      >
        <p className="quiet">{t('papers.renew.help')}</p>
      </ActButton>
      <ActButton
        label={t('papers.correct')}
        route={documentRoutes.amendDocument}
        params={params}
        version={version}
        initial={{ ...paper, paper: undefined }}
        fixed={{ correct: true }}
        overrides={overrides}
      >
        <p className="quiet">{t('papers.correct.help')}</p>
      </ActButton>
      <ActButton
        label={t('papers.withdraw')}
        danger
        route={documentRoutes.withdrawDocument}
        params={params}
        version={version}
      >
        <p className="quiet">{t('papers.withdraw.help')}</p>
      </ActButton>
    </Space>
  );
}

function usePaperColumns(): RowColumn<Paper>[] {
  const { t } = useWords();
  const say = useSay();
  return [
    {
      key: 'kind',
      title: t('papers.kind'),
      render: (p) => (
        <>
          {say('kind', p.kind)}
          {p.title ? <div className="quiet">{p.title}</div> : null}
        </>
      ),
    },
    { key: 'number', title: t('papers.number'), render: (p) => p.number ?? '—' },
    { key: 'issuer', title: t('papers.issuer'), render: (p) => p.issuer ?? '—' },
    {
      key: 'validity',
      title: t('papers.validity'),
      render: (p) => (
        <>
          <Span from={p.from} lastDay={p.lastDay} /> <PaperStanding standing={p.standing} />
        </>
      ),
    },
    { key: 'scan', title: t('papers.scan'), render: (p) => <StoredFile id={p.fileId} /> },
  ];
}

/** Papers of a body with their validity; filed, renewed, corrected and taken back by the bureau. */
export function PapersSheet({ id }: { id: string }) {
  const { t } = useWords();
  const known = usePaperColumns();
  const may = useMay();
  const moment = useMoment();
  const overrides = usePaperFields();
  const query = useAsk(documentRoutes.listDocuments, { params: { id }, query: moment });
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  const { items, version, expiringDays } = query.data;
  const mayAmend = may('organisation.amend') && moment.asOf === undefined && moment.knownAt === undefined;
  const columns = mayAmend
    ? [
        ...known,
        {
          key: 'act',
          title: t('papers.act'),
          className: 'no-print',
          render: (p: Paper) => <PaperActs paper={p} id={id} version={version} />,
        },
      ]
    : known;
  return (
    <Sheet
      title={t('papers')}
      extra={
        mayAmend ? (
          <ActButton
            label={t('papers.add')}
            route={documentRoutes.addDocument}
            params={{ id }}
            version={version}
            overrides={overrides}
          />
        ) : null
      }
    >
      <p className="quiet">{t('papers.help', { days: expiringDays })}</p>
      <Rows<Paper> rowKey={(row) => row.id} rows={items} empty={t('papers.none')} columns={columns} />
    </Sheet>
  );
}

export const paperWords = {
  papers: ['证照和材料', 'Papers'],
  'papers.kind': ['材料种类', 'Kind of paper'],
  'papers.number': ['编号或文号', 'Number'],
  'papers.issuer': ['发证或出具单位', 'Issued by'],
  'papers.validity': ['有效期', 'Validity'],
  'papers.scan': ['扫描件', 'Scan'],
  'papers.act': ['办理', 'Act'],
  'papers.add': ['登记材料', 'File a paper'],
  'papers.renew': ['续期、换发', 'Renew'],
  'papers.renew.help': [
    '登记同一材料的另一有效期；原有效期保留。新证须另附扫描件。',
    'Another validity of the same paper; the former one stays. A new paper needs its own scan.',
  ],
  'papers.correct': ['更正', 'Correct'],
  'papers.correct.help': [
    '以下列内容代替该材料的全部记录，用于改正登记错误。',
    'Replaces all that is recorded of this paper; for errors of registration.',
  ],
  'papers.withdraw': ['撤下', 'Take back'],
  'papers.withdraw.help': [
    '只用于登记有误的材料；记录保留在沿革中。到期的材料不必撤下。',
    'For papers recorded in error only; the record stays in the history. Expired papers need not be taken back.',
  ],
  'papers.known': ['续期或补登的已登记材料', 'Known paper to renew'],
  'papers.known.help': ['新材料不选；选定后未填的项目保持不变', 'Leave empty for a new paper; what is left out stays'],
  'papers.none': ['尚未登记材料', 'No paper is on file'],
  'papers.help': [
    '到期前 {days} 日起提示“即将到期”；已过期的材料不能证明条件符合。',
    '“Expires soon” is shown {days} days ahead; an expired paper proves nothing.',
  ],
} as const;
