import { Button, Space } from 'antd';
import { commissionRoutes } from '../../../modules/commissions/commissions.contract';
import { useAll } from '../../api/hooks';
import { now } from '../../app/browser';
import { useMay, useStanding } from '../../app/session';
import { PickAmong } from '../../forms/pick-many';
import { ActButton } from '../../records/act-button';
import { useNames } from '../../records/name';
import { useWords } from '../../words/language';
import { inBeijing, writeDay } from '../../words/write';
import { inColumn, type Assignment, type Lot, type MinePlace } from './lot-state';
import { NextStep } from './next-step';

/** Mines that one offer takes at most. */
const MOST_MINES = 200;
/** Days that an offer leaves for the answer unless the officer says otherwise. */
const ANSWER_DAYS = 7;
const DAY_MS = 86_400_000;

/** Chooses among those in the register; all of them with one click. */
function CandidateField(props: { value?: string[]; onChange?: (ids: string[]) => void; id?: string }) {
  const { t } = useWords();
  const pool = useAll(commissionRoutes.listPool, { query: { state: 'admitted' } });
  const ids = [...new Set((pool.data ?? []).map((e) => e.institutionId))];
  const names = useNames('institution', ids);
  return (
    <Space orientation="vertical" className="whole">
      <PickAmong
        many
        {...(props as object)}
        options={ids.map((value) => ({ value, label: names.get(value) ?? value }))}
      />
      <Button size="small" onClick={() => props.onChange?.(ids)}>
        {t('lots.allAdmitted')}
      </Button>
    </Space>
  );
}

function Offer({ lot, free, primary }: { lot: Lot; free: readonly MinePlace[]; primary: boolean }) {
  const { t } = useWords();
  const names = useNames('institution', lot.candidateIds);
  const candidates = lot.candidateIds.map((value) => ({ value, label: names.get(value) ?? value }));
  const mines = free.map((p) => ({ value: p.mineId, label: p.name }));
  return (
    <ActButton
      primary={primary}
      label={t('lots.offer')}
      route={commissionRoutes.offer}
      params={{ id: lot.id }}
      initial={{
        mineIds: mines.slice(0, MOST_MINES).map((m) => m.value),
        answerBy: inBeijing(now() + ANSWER_DAYS * DAY_MS).day,
      }}
      overrides={{
        institutionId: { control: () => <PickAmong options={candidates} /> },
        mineIds: { label: t('lots.chosen'), control: () => <PickAmong many options={mines} /> },
        answerBy: { help: t('lots.days') },
      }}
    />
  );
}

function Acts({ lot, places }: { lot: Lot; places: readonly MinePlace[] }) {
  const { t } = useWords();
  const may = useMay();
  const params = { id: lot.id };
  const free = inColumn(places, 'free');
  const isOpen = lot.state === 'candidates-published' || lot.state === 'under-way';
  const isDone = inColumn(places, 'done').length === places.length;
  return (
    <>
      {lot.state === 'drafted' && may('lot.publish') ? (
        <ActButton
          primary
          label={t('lots.publish')}
          route={commissionRoutes.publishCandidates}
          params={params}
          overrides={{ institutionIds: { help: t('lots.publish.help'), control: () => <CandidateField /> } }}
        />
      ) : null}
      {isOpen && free.length > 0 && may('assignment.offer') ? <Offer primary lot={lot} free={free} /> : null}
      {lot.state === 'under-way' && may('lot.close') ? (
        <ActButton primary={isDone} label={t('lots.close')} route={commissionRoutes.closeLot} params={params}>
          <p>{t('lots.close.confirm')}</p>
        </ActButton>
      ) : null}
      {(lot.state === 'drafted' || lot.state === 'candidates-published') && may('lot.cancel') ? (
        <ActButton danger label={t('lots.cancel')} route={commissionRoutes.cancelLot} params={params} />
      ) : null}
    </>
  );
}

/** The plain word on what a lot waits for, with the button that does it. */
export function LotNext(props: { lot: Lot; places: readonly MinePlace[]; assignments: readonly Assignment[] }) {
  const { lot, places, assignments } = props;
  const { t, language } = useWords();
  const { post } = useStanding();
  const count = (name: Parameters<typeof inColumn>[1]): number => inColumn(places, name).length;
  const isOwn = post?.role === 'institution';
  const waiting = assignments.filter((a) => a.state === 'offered');
  const first = waiting.map((a) => a.answerBy).sort()[0];
  const said: string[] = [];
  if (lot.state === 'drafted') said.push(t('lots.next.drafted'));
  else if (lot.state === 'closed' || lot.state === 'cancelled') {
    said.push(t('lots.next.over'));
    if (lot.endReason) said.push(t('lots.cancelled', { reason: lot.endReason }));
  } else {
    if (count('free') > 0 && !isOwn) said.push(t('lots.next.free', { count: count('free') }));
    if (first) said.push(t('lots.next.waiting', { count: waiting.length, day: writeDay(first, language) }));
    if (count('frozen') > 0) said.push(t('lots.next.frozen', { count: count('frozen') }));
    if (count('working') > 0) said.push(t('lots.next.working', { count: count('working') }));
    if (count('done') === places.length && !isOwn) said.push(t('lots.next.close'));
    if (said.length === 0) said.push(t(isOwn ? 'lots.next.notOwn' : 'lots.next.over'));
  }
  return (
    <NextStep
      label={t('lots.next')}
      text={said.join(language === 'en' ? ' ' : '')}
      needs={isOwn || ['closed', 'cancelled'].includes(lot.state) ? [] : ['lot.publish']}
      actions={<Acts lot={lot} places={places} />}
    />
  );
}
