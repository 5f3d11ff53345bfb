import { useState } from 'react';
import { Button, Empty } from 'antd';
import { useNavigate } from 'react-router';
import { handOverRoutes } from '../../../modules/identity/hand-overs/hand-overs.contract';
import { workRoutes } from '../../../modules/identity/work/work.contract';
import { useAct, useAsk } from '../../api/hooks';
import { FaultNote } from '../../app/faults';
import { useMay, useStanding } from '../../app/session';
import { Page, Sheet } from '../../records/page';
import { Rows } from '../../tables/rows';
import { useWords } from '../../words/language';
import { Due } from '../home/due';
import { WorkTitle } from '../home/work-rows';
import { ColleaguePick } from '../system/party-pick';
import { useHolders } from './holders';

/** What a post holds: the own one as anybody, another's as lead. */
function useHeld(postId: string | undefined, isOwn: boolean) {
  const may = useMay();
  const own = useAsk(workRoutes.listWork, { query: { held: 'own', limit: 200 } }, { enabled: isOwn });
  const other = useAsk(
    workRoutes.overseeWork,
    { query: { limit: 200, ...(postId ? { postId } : {}) } },
    { enabled: !isOwn && postId !== undefined && may('work.oversee') },
  );
  return isOwn ? own : other;
}

function Items(props: {
  postId: string | undefined;
  isOwn: boolean;
  chosen: string[];
  choose: (ids: string[]) => void;
}) {
  const { postId, isOwn, chosen, choose } = props;
  const { t } = useWords();
  const query = useHeld(postId, isOwn);
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  return (
    <Rows
      rows={query.data?.items ?? []}
      rowKey={(w) => w.id}
      isLoading={query.isPending && postId !== undefined}
      selection={{ chosen, choose }}
      empty={
        <Empty
          image={Empty.PRESENTED_IMAGE_SIMPLE}
          description={postId === undefined ? t('handOvers.giver.first') : t('handOvers.nothing')}
        />
      }
      columns={[
        { key: 'title', title: t('work.title'), render: (w) => <WorkTitle item={w} /> },
        { key: 'dueOn', title: t('work.dueOn'), render: (w) => <Due day={w.dueOn} /> },
      ]}
    />
  );
}

/** Prepares a hand-over: from whom, to whom, and which items; none chosen means all of them. */
export function NewHandOver() {
  const { t } = useWords();
  const may = useMay();
  const navigate = useNavigate();
  const { post } = useStanding();
  const isLead = may('work.oversee');
  const [giver, setGiver] = useState(isLead ? undefined : post?.id);
  const [receiver, setReceiver] = useState<string>();
  const [chosen, setChosen] = useState<string[]>([]);
  const prepare = useAct(handOverRoutes.prepareHandOver);
  const holders = useHolders();
  const role = giver === undefined ? undefined : (holders.get(giver)?.role ?? post?.role);
  const begin = (id: string | undefined): void => {
    setGiver(id);
    // Of the former's work nothing goes on, nor does who may receive it.
    setReceiver(undefined);
    setChosen([]);
  };
  const submit = (): void => {
    const items = chosen.length === 0 ? {} : { items: chosen.map((workId) => ({ workId })) };
    prepare.mutate(
      { body: { giverPostId: giver!, receiverPostId: receiver!, ...items } },
      { onSuccess: (reply) => void navigate(`/hand-overs/${reply.id}`) },
    );
  };
  return (
    <Page title={t('handOvers.new')}>
      <Sheet>
        <p>{t('handOvers.new.detail')}</p>
        {isLead ? (
          <div className="field pick">
            <label htmlFor="giver">{t('handOvers.giver')}</label>
            <ColleaguePick id="giver" keep="postId" withEnded value={giver} onChange={begin} />
          </div>
        ) : null}
        <div className="field pick">
          <label htmlFor="receiver">{t('handOvers.receiver')}</label>
          <ColleaguePick
            id="receiver"
            keep="postId"
            role={role}
            without={[giver ?? null]}
            value={receiver}
            onChange={setReceiver}
          />
        </div>
      </Sheet>
      <Sheet title={t('handOvers.items')} extra={<span className="quiet">{t('handOvers.items.help')}</span>}>
        <Items postId={giver} isOwn={giver === post?.id} chosen={chosen} choose={setChosen} />
      </Sheet>
      {prepare.error ? <FaultNote error={prepare.error} /> : null}
      <div className="act-row">
        <Button type="primary" disabled={!giver || !receiver} loading={prepare.isPending} onClick={submit}>
          {chosen.length === 0 ? t('handOvers.prepareAll') : t('handOvers.prepare', { count: chosen.length })}
        </Button>
        {giver && receiver ? null : <span className="quiet">{t('handOvers.choose')}</span>}
      </div>
    </Page>
  );
}
