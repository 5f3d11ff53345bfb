import type { ReactNode } from 'react';
import { Tag } from 'antd';
import { Link } from 'react-router';
import type { personRoutes } from '../../../modules/experts/persons.contract';
import type { ReplyOf } from '../../api/client';
import { Span } from '../../records/lines';
import { Sheet } from '../../records/page';
import { useWords } from '../../words/language';
import { State, useSay } from '../../words/say';
import { writeInstant } from '../../words/write';
import { EmploymentTable, type Employment } from './employment-table';

type Naming = ReplyOf<typeof personRoutes.naming>;

function Lines({ title, none, children }: { title: string; none: string; children: ReactNode[] }) {
  return (
    <Sheet title={title}>
      {children.length === 0 ? <p className="quiet">{none}</p> : <ul className="faults">{children}</ul>}
    </Sheet>
  );
}

/** Whatever names a person: employments, teams, other roles, and what the person said to it. */
export function NamingSheets({ naming, act }: { naming: Naming; act?: (one: Employment) => ReactNode }) {
  const { t, language } = useWords();
  const say = useSay();
  return (
    <>
      <Sheet title={t('experts.employments')}>
        <EmploymentTable employments={naming.employments} act={act} />
      </Sheet>
      <Lines title={t('objections')} none={t('objections.none')}>
        {naming.objections.map((o) => (
          <li key={o.id}>
            <Link to={`/employment-objections/${o.id}`}>{writeInstant(o.raisedAt, language)}</Link> {o.reason}{' '}
            <State of="employment-objection" value={o.state} />
          </li>
        ))}
      </Lines>
      <Lines title={t('corrections')} none={t('corrections.none')}>
        {naming.corrections.map((c) => (
          <li key={c.id}>
            <Link to={`/expert-corrections/${c.id}`}>{writeInstant(c.askedAt, language)}</Link>{' '}
            {c.asked.map((a) => a.label).join('、')} <State of="expert-correction" value={c.state} />
          </li>
        ))}
      </Lines>
      <Lines title={t('teams')} none={t('teams.none')}>
        {naming.teams.map((team) => (
          <li key={`${team.evaluationId}${team.role}`}>
            <Link to={`/evaluations/${team.evaluationId}`}>{team.institutionName}</Link> · {say('role', team.role)}{' '}
            {team.open ? <Tag color="blue">{t('teams.open')}</Tag> : null}
          </li>
        ))}
      </Lines>
      <Lines title={t('engagements')} none={t('engagements.none')}>
        {naming.engagements.map((e) => (
          <li key={e.engagementId}>
            {say('role', e.role)} · <Span from={e.from} lastDay={e.lastDay} />
          </li>
        ))}
      </Lines>
    </>
  );
}
