import { Tag } from 'antd';
import { correctionRoutes } from '../../../modules/experts/corrections.contract';
import { personRoutes } from '../../../modules/experts/persons.contract';
import { Refused } from '../../api/fault';
import { useAsk } from '../../api/hooks';
import { FaultNote, Waiting } from '../../app/faults';
import { asSent, changedOnly, type Values } from '../../forms/values';
import { ActButton } from '../../records/act-button';
import { Page, PrintButton, Sheet } from '../../records/page';
import { useWords, type Words } from '../../words/language';
import { OwnActs } from './employments';
import { expertFields, useExpertOverrides } from './expert-fields';
import { PersonContent, Together, type Person } from './expert-record';
import { FileList } from './file-list';
import { NamingSheets } from './naming';
import { personWords } from './person-words';

function AskCorrection({ person }: { person: Person }) {
  const { t } = useWords();
  const overrides = useExpertOverrides();
  const recorded = (person.record ?? {}) as Values;
  return (
    <ActButton
      primary
      label={t('corrections.ask')}
      route={correctionRoutes.ask}
      initial={{ from: person.record?.from, changes: recorded }}
      overrides={{
        ...overrides,
        from: { label: t('corrections.from') },
        changes: { label: t('corrections.changes') },
        fileIds: { control: () => <FileList /> },
        'changes.title.from': { label: t('experts.certificate.from') },
        'changes.title.field': { label: t('experts.certificate.field') },
        'changes.title.fileId': { label: t('papers.scan') },
        'changes.specialtyProofs.fileId': { label: t('papers.scan') },
        'changes.specialtyProofs.from': { label: t('field.from') },
      }}
      prepare={(body) => ({
        ...body,
        changes: changedOnly((body['changes'] ?? {}) as Values, asSent(expertFields, recorded)),
      })}
    >
      <p className="quiet">{t('corrections.ask.help')}</p>
    </ActButton>
  );
}

function Naming() {
  const { t } = useWords();
  const query = useAsk(personRoutes.own);
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  return (
    <>
      <Sheet title={t('own.naming')}>
        <p>{t('own.naming.help')}</p>
      </Sheet>
      <NamingSheets naming={query.data} act={(employment) => <OwnActs employment={employment} />} />
    </>
  );
}

/** A person's own screen: who names me, what is on record of me, and how to have it put right. */
export function Screen() {
  const { t } = useWords();
  const query = useAsk(personRoutes.ownRecord);
  if (query.error instanceof Refused && query.error.status === 404) {
    return <Page title={t('own.record')}>{<Sheet>{t('own.record.none')}</Sheet>}</Page>;
  }
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  const person = query.data;
  return (
    <Page
      title={`${t('own.record')}：${person.name ?? ''}`}
      tags={<Tag className="code">{person.platformNumber}</Tag>}
      actions={
        <>
          {person.record ? <AskCorrection person={person} /> : null}
          <PrintButton />
        </>
      }
    >
      <Together person={person} />
      <Naming />
      <PersonContent person={person} />
    </Page>
  );
}

export const words: Words = personWords;
