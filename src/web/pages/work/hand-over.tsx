import { Button } from 'antd';
import { useParams } from 'react-router';
import { handOverRoutes } from '../../../modules/identity/hand-overs/hand-overs.contract';
import { download, type ReplyOf } from '../../api/client';
import { useAsk } from '../../api/hooks';
import { FaultNote, Waiting } from '../../app/faults';
import { ActButton } from '../../records/act-button';
import { Page, Sheet } from '../../records/page';
import { SureButton } from '../../records/sure-button';
import { Rows } from '../../tables/rows';
import { useWords } from '../../words/language';
import { State, useSay } from '../../words/say';
import { writeInstant } from '../../words/write';

type Shown = ReplyOf<typeof handOverRoutes.showHandOver>;

function Acts({ shown }: { shown: Shown }) {
  const { t } = useWords();
  const { id, may, listSha256 } = shown;
  return (
    <>
      {may.includes('sign') ? (
        <SureButton
          type="primary"
          label={t('handOvers.sign')}
          sure={t('handOvers.sign.sure', { count: shown.itemCount })}
          route={handOverRoutes.signHandOver}
          asked={{ params: { id }, body: { listSha256 } }}
        />
      ) : null}
      {may.includes('sign-for-giver') ? (
        <ActButton
          label={t('handOvers.signFor')}
          route={handOverRoutes.signForGiver}
          params={{ id }}
          fixed={{ listSha256 }}
          overrides={{ scanFileId: { label: t('handOvers.scan') }, paper: { label: t('handOvers.paper') } }}
        />
      ) : null}
      {may.includes('cancel') ? (
        <ActButton
          danger
          label={t('handOvers.cancel')}
          route={handOverRoutes.cancelHandOver}
          params={{ id }}
          overrides={{ reason: { label: t('handOvers.reason') } }}
        />
      ) : null}
      <Button onClick={() => void download(handOverRoutes.printHandOver, { params: { id } })}>
        {t('handOvers.pdf')}
      </Button>
    </>
  );
}

function Items({ shown }: { shown: Shown }) {
  const { t, language } = useWords();
  const say = useSay();
  const names = new Map([shown.list.giver, ...shown.list.receivers].map((p) => [p.post, p.name]));
  const outcomes = new Map(shown.outcomes.map((o) => [o.no, o.outcome]));
  return (
    <Rows<Shown['list']['items'][number]>
      rowKey={(i) => String(i.no)}
      rows={shown.list.items}
      columns={[
        { key: 'no', title: t('handOvers.no'), render: (i) => i.no },
        {
          key: 'work',
          title: t('work.title'),
          render: (i) => (
            <>
              {say('work', i.kind)} <span className="quiet code">{i.ref.slice(-8)}</span>
            </>
          ),
        },
        { key: 'openedAt', title: t('handOvers.openedAt'), render: (i) => writeInstant(i.openedAt, language) },
        { key: 'receiver', title: t('handOvers.receiver'), render: (i) => names.get(i.receiver) ?? '—' },
        {
          key: 'outcome',
          title: t('handOvers.outcome'),
          render: (i) => {
            const outcome = outcomes.get(i.no);
            return outcome ? say('outcome', outcome) : '—';
          },
        },
      ]}
    />
  );
}

function Signatures({ shown }: { shown: Shown }) {
  const { t, language } = useWords();
  const say = useSay();
  const people = new Map([shown.list.giver, ...shown.list.receivers].map((p) => [p.post, p]));
  return (
    <Rows<Shown['signatures'][number]>
      rowKey={(s) => `${s.side}:${s.postId}`}
      rows={shown.signatures}
      columns={[
        { key: 'side', title: '', render: (s) => t(`handOvers.side.${s.side}`) },
        {
          key: 'person',
          title: t('posts.person'),
          render: (s) => {
            const p = people.get(s.postId);
            return p ? [p.name, say('role', p.role), p.office].filter(Boolean).join(' · ') : '—';
          },
        },
        {
          key: 'signedAt',
          title: t('handOvers.signedAt'),
          render: (s) => (s.signedAt ? writeInstant(s.signedAt, language) : t('handOvers.unsigned')),
        },
        {
          key: 'byLead',
          title: '',
          render: (s) => (s.scanFileId ? `${t('handOvers.byLead')} · ${s.paper ?? ''}` : null),
        },
      ]}
    />
  );
}

/** A hand-over with its frozen list and who has signed. */
export function HandOver() {
  const { t, language } = useWords();
  const { id = '' } = useParams();
  const query = useAsk(handOverRoutes.showHandOver, { params: { id } });
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  const shown = query.data;
  return (
    <Page
      title={`${t('handOvers')}：${shown.list.giver.name}`}
      tags={<State of="hand-over" value={shown.state} />}
      actions={<Acts shown={shown} />}
    >
      <Sheet title={t('handOvers.signatures')}>
        <Signatures shown={shown} />
      </Sheet>
      <Sheet title={t('handOvers.list')}>
        <Items shown={shown} />
        <p className="quiet">
          {t('handOvers.preparedAt')} {writeInstant(shown.preparedAt, language)} · {t('handOvers.sha')}{' '}
          <span className="code wrap">{shown.listSha256}</span>
        </p>
      </Sheet>
    </Page>
  );
}
