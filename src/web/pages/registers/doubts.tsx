import { Alert } from 'antd';
import { Link, useParams } from 'react-router';
import { doubtStates } from '../../../modules/experts/doubts.states';
import { personRoutes } from '../../../modules/experts/persons.contract';
import type { ReplyOf } from '../../api/client';
import { useAsk } from '../../api/hooks';
import { FaultNote, Waiting } from '../../app/faults';
import { useMay } from '../../app/session';
import { ActButton } from '../../records/act-button';
import { listAndRecord } from '../../records/list-and-record';
import { Page, PrintButton, Sheet } from '../../records/page';
import { MatterList } from '../../tables/matter-list';
import { useWords, type Words } from '../../words/language';
import { State, useSay } from '../../words/say';
import { writeInstant } from '../../words/write';
import { pairWords, PersonPair } from './person-pair';
import { personWords } from './person-words';

type Doubt = ReplyOf<typeof personRoutes.doubt>;

const named = (p: Doubt['person']): string => `${p.name ?? ''} ${p.platformNumber}`;

function List() {
  const { t, language } = useWords();
  const say = useSay();
  return (
    <MatterList
      title={t('doubts')}
      base="expert-doubts"
      route={personRoutes.doubts}
      states={doubtStates}
      empty={t('doubts.none')}
      columns={[
        {
          key: 'person',
          title: t('doubts.person'),
          render: (d: Doubt) => <Link to={`/expert-doubts/${d.id}`}>{named(d.person)}</Link>,
        },
        { key: 'known', title: t('doubts.known'), render: (d: Doubt) => named(d.known) },
        { key: 'ground', title: t('doubts.ground'), render: (d: Doubt) => say('ground', d.ground) },
        {
          key: 'raisedAt',
          title: t('objections.raisedAt'),
          render: (d: Doubt) => writeInstant(d.raisedAt, language),
        },
      ]}
    />
  );
}

function Record() {
  const { t, language } = useWords();
  const say = useSay();
  const may = useMay();
  const { id = '' } = useParams();
  const query = useAsk(personRoutes.doubt, { params: { id } });
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  const d = query.data;
  return (
    <Page
      title={t('doubts')}
      tags={<State of="expert-doubt" value={d.state} />}
      actions={
        <>
          {d.state === 'open' && may('expert.judge-doubt') ? (
            <ActButton
              primary
              label={t('doubts.decide')}
              route={personRoutes.decideDoubt}
              params={{ id }}
              overrides={{ finding: { label: t('doubts.finding') } }}
            >
              <p className="quiet">{t('doubts.decide.help')}</p>
            </ActButton>
          ) : null}
          <PrintButton />
        </>
      }
    >
      {d.knownBarred ? <Alert type="warning" showIcon title={t('doubts.barred')} /> : null}
      <Sheet>
        <p>
          {t('doubts.ground')}：{say('ground', d.ground)} · {writeInstant(d.raisedAt, language)}
        </p>
        {d.decidedAt ? (
          <p>
            {t('decidedAt')} {writeInstant(d.decidedAt, language)} · {d.decisionReason}
            {d.decisionPaper ? ` · ${d.decisionPaper}` : ''}
          </p>
        ) : null}
        {d.mergeId ? (
          <p>
            <Link to={`/expert-merges/${d.mergeId}`}>{t('doubts.merge')}</Link>
          </p>
        ) : null}
      </Sheet>
      <PersonPair left={d.person.id} right={d.known.id} leftTitle={t('doubts.person')} rightTitle={t('doubts.known')} />
    </Page>
  );
}

export const Screen = listAndRecord(List, Record);

export const words: Words = { ...personWords, ...pairWords };
