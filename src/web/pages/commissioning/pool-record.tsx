import { Collapse } from 'antd';
import { Link, useParams } from 'react-router';
import { commissionRoutes } from '../../../modules/commissions/commissions.contract';
import { poolEntryView } from '../../../modules/commissions/pool.contract';
import type { Permission } from '../../../modules/identity/permissions';
import type { ReplyOf } from '../../api/client';
import { screeningRoutes } from '../../../modules/screening/screening.contract';
import { useAsk } from '../../api/hooks';
import { now } from '../../app/browser';
import { FaultNote, Waiting } from '../../app/faults';
import { useMay } from '../../app/session';
import { ActButton } from '../../records/act-button';
import { Facts } from '../../records/facts';
import { Name } from '../../records/name';
import { Page, PrintButton, Sheet } from '../../records/page';
import { StoredFile } from '../../records/stored-file';
import { useWords } from '../../words/language';
import { State, useSay } from '../../words/say';
import { inBeijing, writeDay, writeInstant } from '../../words/write';
import { Rows } from '../../tables/rows';
import { useAuthorityName } from './authority-name';
import { NextStep } from './next-step';
import { Readiness, RuleTable } from './rules';

type Entry = ReplyOf<typeof commissionRoutes.showPoolEntry>;
type Decision = Entry['decisions'][number];

const proposalOf = (entry: Entry): Decision | undefined => entry.decisions.find((d) => d.state === 'proposed');

/** What of this entry the acting post can do, in the order in which it is usually done. */
function Acts({ entry }: { entry: Entry }) {
  const { t } = useWords();
  const may = useMay();
  const asked = { params: { id: entry.id }, version: entry.version };
  const proposal = proposalOf(entry);
  const isOpen = entry.state === 'applied' || entry.state === 'admitted';
  if (!isOpen) return null;
  return (
    <>
      {may('pool.decide') && proposal ? (
        <>
          <ActButton primary label={t('pool.decide')} route={commissionRoutes.decidePool} {...asked} />
          <ActButton label={t('pool.return')} route={commissionRoutes.returnPoolDecision} {...asked} />
        </>
      ) : null}
      {may('pool.propose') ? (
        <ActButton
          primary={entry.state === 'applied' && !proposal}
          label={t('pool.propose')}
          route={commissionRoutes.proposePoolDecision}
          params={asked.params}
          initial={{ outcome: entry.state === 'applied' ? 'admit' : 'remove', decidedOn: inBeijing(now()).day }}
        />
      ) : null}
      {may('pool.withdraw') ? (
        <ActButton
          danger
          label={t(entry.state === 'applied' ? 'pool.withdraw.application' : 'pool.withdraw')}
          route={commissionRoutes.withdrawFromPool}
          params={asked.params}
        />
      ) : null}
    </>
  );
}

function Next({ entry }: { entry: Entry }) {
  const { t } = useWords();
  const say = useSay();
  const may = useMay();
  const proposal = proposalOf(entry);
  const isAsked = entry.state === 'admitted' && may('institution.readiness');
  const today = useAsk(
    screeningRoutes.readiness,
    { params: { id: entry.institutionId }, query: {} },
    { enabled: isAsked },
  );
  const unmet = (today.data?.rules ?? []).filter((r) => !r.met && r.effect === 'refuse').length;
  const text = proposal
    ? t('pool.next.decide', { outcome: say('outcome', proposal.outcome), number: proposal.decisionNumber })
    : entry.state === 'applied'
      ? t('pool.next.propose')
      : entry.state === 'admitted'
        ? unmet > 0
          ? t('pool.next.unready', { count: unmet })
          : t('pool.next.admitted')
        : t('pool.next.over');
  const needs: Permission[] = proposal ? ['pool.decide'] : entry.state === 'applied' ? ['pool.propose'] : [];
  return <NextStep label={t('pool.next')} text={text} needs={needs} actions={<Acts entry={entry} />} />;
}

function DecisionBody({ decision }: { decision: Decision }) {
  const { t, language } = useWords();
  const notice = decision.publicNotice;
  return (
    <>
      <p>{`${t('field.reasons')}：${decision.reasons}`}</p>
      {notice ? (
        <p>
          {`${t('field.publicNotice')}：${writeDay(notice.from, language)}–${writeDay(notice.lastDay, language)}，${notice.paper}；${t('field.objections')}：${notice.objections}`}
        </p>
      ) : null}
      {decision.returnReason ? <p className="late">{`${t('field.reason')}：${decision.returnReason}`}</p> : null}
      {decision.settledAt ? <p className="quiet">{writeInstant(decision.settledAt, language)}</p> : null}
      {decision.scanFileId ? <StoredFile id={decision.scanFileId} label={t('field.scanFileId')} /> : null}
      <h3>{t('pool.ready.decision')}</h3>
      <RuleTable rules={decision.rules} />
    </>
  );
}

function Decisions({ entry }: { entry: Entry }) {
  const { t, language } = useWords();
  const say = useSay();
  if (entry.decisions.length === 0) return <p className="quiet">{t('pool.decisions.none')}</p>;
  return (
    <Collapse
      defaultActiveKey={proposalOf(entry)?.id}
      items={[...entry.decisions].reverse().map((d) => ({
        key: d.id,
        label: (
          <>
            {`${say('outcome', d.outcome)} · ${d.decisionNumber} · ${writeDay(d.decidedOn, language)} `}
            <State of="pool-decision" value={d.state} />
          </>
        ),
        children: <DecisionBody decision={d} />,
      }))}
    />
  );
}

/** Earlier and later entries of the same body, for one that leaves and comes back. */
function Others({ entry }: { entry: Entry }) {
  const { t } = useWords();
  const query = useAsk(commissionRoutes.listPool, { query: { institutionId: entry.institutionId } });
  const others = (query.data?.items ?? []).filter((e) => e.id !== entry.id);
  if (others.length === 0) return null;
  return (
    <Sheet title={t('pool.others')}>
      <Rows
        rowKey={(row) => row.id}
        rows={others}
        columns={[
          {
            key: 'appliedOn',
            title: t('field.appliedOn'),
            render: (e) => <Link to={`/pool-entries/${e.id}`}>{e.appliedOn}</Link>,
          },
          { key: 'state', title: t('field.state'), render: (e) => <State of="pool-entry" value={e.state} /> },
          { key: 'endedOn', title: t('field.endedOn'), render: (e) => e.endedOn ?? '—' },
        ]}
      />
    </Sheet>
  );
}

/** One entry of the register of assessors: what it waits for, readiness then and now, all decisions. */
export function PoolRecord() {
  const { t } = useWords();
  const { id = '' } = useParams();
  const may = useMay();
  const query = useAsk(commissionRoutes.showPoolEntry, { params: { id } });
  const authority = useAuthorityName(query.data?.authority);
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  const entry = query.data;
  const isOver = entry.state === 'refused' || entry.state === 'withdrawn';
  return (
    <Page
      title={<Name of="institution" id={entry.institutionId} />}
      tags={<State of="pool-entry" value={entry.state} />}
      actions={<PrintButton />}
    >
      <Next entry={entry} />
      <Sheet title={t('pool.record')}>
        <Facts
          schema={poolEntryView}
          record={{ ...entry, authority: authority ?? entry.authority }}
          without={['id', 'version', 'institutionId', 'state', ...(entry.endedOn ? [] : ['endedOn', 'endReason'])]}
        />
      </Sheet>
      <Sheet title={t('pool.decisions')}>
        <Decisions entry={entry} />
      </Sheet>
      {may('institution.readiness') ? (
        <>
          {isOver ? null : (
            <Sheet title={t('pool.ready.today')}>
              <Readiness institutionId={entry.institutionId} />
              <p className="quiet">{t('pool.related')}</p>
            </Sheet>
          )}
          <Sheet title={t('pool.ready.applied')}>
            <Readiness institutionId={entry.institutionId} asOf={entry.appliedOn} />
          </Sheet>
        </>
      ) : null}
      <Others entry={entry} />
    </Page>
  );
}
