import type { ReactNode } from 'react';
import { Descriptions } from 'antd';
import { Link, Navigate, Route, Routes, useParams } from 'react-router';
import * as z from 'zod';
import { employmentRoutes } from '../../../modules/experts/employments.contract';
import { objectionRoutes } from '../../../modules/experts/objections.contract';
import { recordEmployment } from '../../../modules/experts/employments.contract';
import { useAsk } from '../../api/hooks';
import { FaultNote, Waiting } from '../../app/faults';
import { useMay, useStanding } from '../../app/session';
import { ActButton } from '../../records/act-button';
import { FoldedHistory } from '../../records/history';
import { Span } from '../../records/lines';
import { Named } from '../../records/named';
import { Page, PrintButton, Sheet } from '../../records/page';
import { StoredFile } from '../../records/stored-file';
import { useWords, type Words } from '../../words/language';
import { useSay } from '../../words/say';
import { writeInstant } from '../../words/write';
import { EmploymentState, type Employment } from './employment-table';
import { PrintableSheet, sheetWords } from './employment-sheet';
import { personWords } from './person-words';

const historySchema = z.object({
  kind: recordEmployment.shape.kind,
  insuranceEvidence: recordEmployment.shape.insuranceEvidence,
  establishmentEvidence: recordEmployment.shape.establishmentEvidence,
  retirementEvidence: recordEmployment.shape.retirementEvidence,
  evidenceFileIds: recordEmployment.shape.evidenceFileIds,
});

/** The person's own acts on an employment: to confirm it, or to object. */
export function OwnActs({ employment }: { employment: Employment }) {
  const { t } = useWords();
  const params = { id: employment.id };
  if (employment.voided !== null) return null;
  if (employment.disputed) return <span className="quiet">—</span>;
  return (
    <span className="acts">
      {employment.confirmed ? null : (
        <ActButton
          primary
          label={t('employment.confirm.own')}
          route={employmentRoutes.confirm}
          params={params}
          fixed={{ paper: null }}
        >
          <p className="quiet">{t('employment.confirm.own.help')}</p>
        </ActButton>
      )}
      <ActButton label={t('employment.object')} route={objectionRoutes.raise} params={params} fixed={{ paper: null }}>
        <p className="quiet">{t('employment.object.help')}</p>
      </ActButton>
    </span>
  );
}

/** What an office may do: to file the signed sheet, check it, end or strike out the employment. */
function OfficeActs({ employment }: { employment: Employment }) {
  const { t } = useWords();
  const may = useMay();
  const params = { id: employment.id };
  const isOpen = !employment.confirmed && !employment.disputed;
  return (
    <>
      {isOpen && employment.sheetRecorded && may('employment.confirm') ? (
        <ActButton primary label={t('employment.confirm.check')} route={employmentRoutes.confirm} params={params}>
          <p className="quiet">{t('employment.confirm.check.help')}</p>
        </ActButton>
      ) : null}
      {isOpen && may('employment.sheet') ? (
        <ActButton
          label={t('employment.sheet.enter')}
          route={employmentRoutes.sheet}
          params={params}
          overrides={{ signedSheetFileId: { label: t('employment.sheet') } }}
        />
      ) : null}
      {may('employment.end') ? (
        <ActButton label={t('employment.end')} route={employmentRoutes.end} params={params} />
      ) : null}
      {may('employment.object') && !employment.disputed ? (
        <ActButton label={t('employment.object')} route={objectionRoutes.raise} params={params}>
          <p className="quiet">{t('employment.object.help')}</p>
        </ActButton>
      ) : null}
      {may('employment.void') ? (
        <ActButton
          danger
          label={t('employment.void')}
          route={employmentRoutes.void}
          params={params}
          overrides={{ from: { label: t('employment.void.from') } }}
        >
          <p className="quiet">{t('employment.void.help')}</p>
        </ActButton>
      ) : null}
    </>
  );
}

function Acts({ employment }: { employment: Employment }) {
  const may = useMay();
  if (employment.voided !== null) return null;
  return may('expert.own') ? <OwnActs employment={employment} /> : <OfficeActs employment={employment} />;
}

function EmploymentFacts({ employment: e }: { employment: Employment }) {
  const { t, language } = useWords();
  const say = useSay();
  const files =
    e.evidenceFileIds.length === 0
      ? t('none')
      : e.evidenceFileIds.map((id, n) => <StoredFile key={id} id={id} label={`${t('papers.scan')} ${n + 1} `} />);
  const rows: [string, ReactNode][] = [
    [
      t('employment.person'),
      <>
        <Named of="expert" id={e.expertId} />
      </>,
    ],
    [t('field.institutionId'), <Link to={`/institutions/${e.institutionId}`}>{e.institutionName}</Link>],
    [t('staff.kind'), say('kind', e.kind)],
    [t('employment.days'), <Span from={e.from} lastDay={e.lastDay} />],
    [t('employment.contract'), e.paper ?? '—'],
    [t('field.insuranceEvidence'), e.insuranceEvidence ?? '—'],
    [t('field.establishmentEvidence'), e.establishmentEvidence ?? '—'],
    [t('field.retirementEvidence'), e.retirementEvidence ?? '—'],
    [t('field.evidenceFileIds'), files],
    [t('employment.state'), <EmploymentState employment={e} />],
    ...(e.confirmation
      ? ([
          [
            t('employment.confirmedAt'),
            `${e.confirmedAt ? writeInstant(e.confirmedAt, language) : ''} · ${t(`employment.confirmedBy.${e.confirmation.by}`)}`,
          ],
        ] as [string, ReactNode][])
      : []),
  ];
  return (
    <Descriptions
      size="small"
      bordered
      column={1}
      items={rows.map(([label, children]) => ({ key: label, label, children }))}
    />
  );
}

function SignedSheet({ employment }: { employment: Employment }) {
  const { t, language } = useWords();
  const { sheet } = employment;
  return (
    <Sheet
      title={t('employment.sheet')}
      extra={
        employment.confirmed ? null : (
          <Link className="no-print" to={`/employments/${employment.id}/sheet`}>
            {t('employment.sheet.print')}
          </Link>
        )
      }
    >
      {sheet ? (
        <p>
          {sheet.paper} <StoredFile id={sheet.fileId} /> · {t('employment.sheet.enteredAt')}{' '}
          {writeInstant(sheet.enteredAt, language)}
        </p>
      ) : (
        <p className="quiet">{t('employment.sheet.none')}</p>
      )}
    </Sheet>
  );
}

function useEmployment() {
  const { id = '' } = useParams();
  return useAsk(employmentRoutes.read, { params: { id } });
}

function Record() {
  const { t } = useWords();
  const query = useEmployment();
  const { post } = useStanding();
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  const employment = query.data;
  return (
    <Page
      title={`${t('employment')}：${employment.institutionName}`}
      actions={
        <>
          <Acts employment={employment} />
          <PrintButton />
        </>
      }
    >
      <Sheet>
        <EmploymentFacts employment={employment} />
      </Sheet>
      {employment.confirmation?.by === 'person' ? null : <SignedSheet employment={employment} />}
      {post?.role === 'expert' ? null : (
        <FoldedHistory routes={employmentRoutes} id={employment.id} schema={historySchema} />
      )}
    </Page>
  );
}

function Printable() {
  const query = useEmployment();
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  return query.data ? <PrintableSheet employment={query.data} /> : <Waiting />;
}

export function Screen() {
  return (
    <Routes>
      <Route index element={<Navigate to="/experts" replace />} />
      <Route path=":id" element={<Record />} />
      <Route path=":id/sheet" element={<Printable />} />
    </Routes>
  );
}

export const words: Words = { ...personWords, ...sheetWords };
