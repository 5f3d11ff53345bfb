import { useState } from 'react';
import { Tag } from 'antd';
import { Link } from 'react-router';
import { changeRoutes, changeKinds, type ReportingMark } from '../../../modules/institutions/changes/changes.contract';
import { changeStates } from '../../../modules/institutions/changes/changes.states';
import type { ReplyOf } from '../../api/client';
import { useMay } from '../../app/session';
import { ActButton } from '../../records/act-button';
import { Named } from '../../records/named';
import { ListTable, type Column } from '../../tables/list-table';
import { useWords } from '../../words/language';
import { State, useSay } from '../../words/say';
import { writeDay } from '../../words/write';
import { ConfirmChanges } from './confirm-changes';
import { ReportChange } from './report-change';

export type Change = ReplyOf<typeof changeRoutes.readChange>;

/** How many reports an institution owes, how many are overdue, how many wait for the bureau. */
export function ReportingTags({ mark }: { mark: ReportingMark }) {
  const { t } = useWords();
  return (
    <>
      {mark.overdue > 0 ? <Tag color="red">{t('changes.overdueCount', { count: mark.overdue })}</Tag> : null}
      {mark.owing > mark.overdue ? (
        <Tag color="gold">{t('changes.owing', { count: mark.owing - mark.overdue })}</Tag>
      ) : null}
      {mark.waiting > 0 ? <Tag color="blue">{t('changes.waiting', { count: mark.waiting })}</Tag> : null}
    </>
  );
}

/** Whether a report came in time, said in words. */
export function Lateness({ change }: { change: Change }) {
  const { t } = useWords();
  if (change.overdue) return <Tag color="red">{t('changes.overdueBy', { days: change.lateWorkingDays })}</Tag>;
  if (change.late) return <Tag color="gold">{t('changes.late', { days: change.lateWorkingDays })}</Tag>;
  return null;
}

function useColumns(isOfOne: boolean): Column<Change>[] {
  const { t, language } = useWords();
  const say = useSay();
  const columns: Column<Change>[] = [
    {
      key: 'kind',
      title: t('changes.kind'),
      render: (c) => <Link to={`/institution-changes/${c.id}`}>{say('kind', c.kind)}</Link>,
    },
    {
      key: 'institution',
      title: t('changes.institution'),
      render: (c) => <Named of="institution" id={c.institutionId} />,
    },
    { key: 'happenedOn', title: t('changes.happenedOn'), render: (c) => writeDay(c.happenedOn, language) },
    {
      key: 'state',
      title: t('changes.state'),
      render: (c) => (
        <>
          <State of="institution-change" value={c.state} />
          <Lateness change={c} />
        </>
      ),
    },
    { key: 'dueOn', title: t('changes.dueOn'), render: (c) => writeDay(c.reportBy ?? c.dueOn, language) },
    {
      key: 'reportedOn',
      title: t('changes.reportedOn'),
      render: (c) => (c.reportedOn ? writeDay(c.reportedOn, language) : '—'),
    },
  ];
  return isOfOne ? columns.filter((c) => c.key !== 'institution') : columns;
}

function ChangeTools({ institutionId, organisationId }: { institutionId?: string; organisationId?: string }) {
  const { t } = useWords();
  const may = useMay();
  if (!institutionId) return null;
  return (
    <>
      {may('institution.amend') ? (
        <ActButton
          label={t('changes.open')}
          route={changeRoutes.openDuty}
          params={{ id: institutionId }}
          overrides={{ kind: { label: t('changes.kind') } }}
        >
          <p className="quiet">{t('changes.open.help')}</p>
        </ActButton>
      ) : null}
      {organisationId && may('institution.report') ? (
        <ReportChange institutionId={institutionId} organisationId={organisationId} />
      ) : null}
    </>
  );
}

/** Reports of changes, of one institution or of all. */
export function ChangeList(props: { institutionId?: string; organisationId?: string }) {
  const { institutionId, organisationId } = props;
  const { t } = useWords();
  const say = useSay();
  const may = useMay();
  const columns = useColumns(institutionId !== undefined);
  const [chosen, setChosen] = useState<readonly Change[]>([]);
  const option = (of: string) => (value: string) => ({ value, label: say(of, value) });
  const selection = {
    chosen: chosen.map((c) => c.id),
    choose: (_ids: string[], items: readonly Change[]) => setChosen(items),
  };
  return (
    <ListTable
      name={institutionId === undefined ? 'changes' : 'changes-of-one'}
      route={changeRoutes.listChanges}
      fixed={institutionId === undefined ? undefined : { institutionId }}
      rowKey={(c) => c.id}
      empty={t('changes.none')}
      columns={columns}
      selection={may('institution.amend') ? selection : undefined}
      filters={[
        { name: 'state', label: t('changes.state'), options: changeStates.map(option('institution-change')) },
        { name: 'kind', label: t('changes.kind'), options: changeKinds.map(option('kind')) },
        {
          name: 'overdue',
          label: t('changes.overdueFilter'),
          options: [{ value: 'true', label: t('changes.overdueOnly') }],
        },
      ]}
      tools={() => (
        <>
          {chosen.length > 0 ? <ConfirmChanges chosen={chosen} done={() => setChosen([])} /> : null}
          <ChangeTools institutionId={institutionId} organisationId={organisationId} />
        </>
      )}
    />
  );
}
