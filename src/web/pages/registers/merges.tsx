import { Alert } from 'antd';
import { Link, useParams } from 'react-router';
import { mergeRoutes } from '../../../modules/experts/merging.contract';
import { mergeStates } from '../../../modules/experts/merging.states';
import type { ReplyOf } from '../../api/client';
import { useAsk } from '../../api/hooks';
import { FaultNote, Waiting } from '../../app/faults';
import { useMay } from '../../app/session';
import { ActButton } from '../../records/act-button';
import { listAndRecord } from '../../records/list-and-record';
import { Page, PrintButton, Sheet } from '../../records/page';
import { MatterList } from '../../tables/matter-list';
import { useWords, type Words } from '../../words/language';
import { State } from '../../words/say';
import { writeInstant } from '../../words/write';
import { pairWords, PersonPair } from './person-pair';
import { personWords } from './person-words';

type Merge = ReplyOf<typeof mergeRoutes.read>;

function List() {
  const { t, language } = useWords();
  return (
    <MatterList
      title={t('merges')}
      base="expert-merges"
      route={mergeRoutes.list}
      states={mergeStates}
      empty={t('merges.none')}
      columns={[
        {
          key: 'from',
          title: t('merges.from'),
          render: (m: Merge) => (
            <Link className="code" to={`/expert-merges/${m.id}`}>
              {m.from.platformNumber}
            </Link>
          ),
        },
        {
          key: 'into',
          title: t('merges.into'),
          render: (m: Merge) => <span className="code">{m.into.platformNumber}</span>,
        },
        {
          key: 'proposedAt',
          title: t('merges.proposedAt'),
          render: (m: Merge) => writeInstant(m.proposedAt, language),
        },
      ]}
    />
  );
}

function Acts({ merge }: { merge: Merge }) {
  const { t } = useWords();
  const may = useMay();
  const params = { id: merge.id };
  return (
    <>
      {merge.state === 'proposed' && may('expert.confirm-merge') ? (
        <>
          <ActButton primary label={t('merges.confirm')} route={mergeRoutes.confirm} params={params}>
            <p className="quiet">{t('merges.confirm.help')}</p>
          </ActButton>
          <ActButton label={t('merges.refuse')} route={mergeRoutes.refuse} params={params} />
        </>
      ) : null}
      {merge.state === 'proposed' && may('expert.merge') ? (
        <ActButton label={t('merges.withdraw')} route={mergeRoutes.withdraw} params={params} />
      ) : null}
      {merge.state === 'confirmed' && may('expert.confirm-merge') ? (
        <ActButton danger label={t('merges.undo')} route={mergeRoutes.undo} params={params}>
          <p className="quiet">{t('merges.undo.help')}</p>
        </ActButton>
      ) : null}
    </>
  );
}

function Story({ merge: m }: { merge: Merge }) {
  const { t, language } = useWords();
  return (
    <Sheet>
      <p>
        {t('merges.reason')}：{m.reason}（{m.paper}） · {t('merges.proposedAt')} {writeInstant(m.proposedAt, language)}
      </p>
      {m.decisionReason ? (
        <p>
          {t('objections.decision')}：{m.decisionReason}
          {m.confirmedAt ? ` · ${writeInstant(m.confirmedAt, language)}` : ''}
        </p>
      ) : null}
      {m.undoneAt ? (
        <p>
          {t('merges.undo')}：{m.undoReason} · {writeInstant(m.undoneAt, language)}
        </p>
      ) : null}
    </Sheet>
  );
}

function Record() {
  const { t } = useWords();
  const { id = '' } = useParams();
  const query = useAsk(mergeRoutes.read, { params: { id } });
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  const m = query.data;
  return (
    <Page
      title={t('merges')}
      tags={<State of="expert-merge" value={m.state} />}
      actions={
        <>
          <Acts merge={m} />
          <PrintButton />
        </>
      }
    >
      {m.birthDaysDiffer ? <Alert type="warning" showIcon title={t('merges.birthDaysDiffer')} /> : null}
      {m.conflicts.length > 0 ? (
        <Alert
          type="error"
          showIcon
          title={t('merges.conflicts')}
          description={
            <ul className="faults">
              {m.conflicts.map((c) => (
                <li key={c.text}>{c.text}</li>
              ))}
            </ul>
          }
        />
      ) : null}
      <Story merge={m} />
      <PersonPair left={m.from.id} right={m.into.id} leftTitle={t('merges.from')} rightTitle={t('merges.into')} />
    </Page>
  );
}

export const Screen = listAndRecord(List, Record);

export const words: Words = { ...personWords, ...pairWords };
