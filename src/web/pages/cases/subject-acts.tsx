import { App } from 'antd';
import { caseRoutes } from '../../../modules/cases/cases.contract';
import type { Permission } from '../../../modules/identity/permissions';
import { now } from '../../app/browser';
import { useMay } from '../../app/session';
import { ActButton } from '../../records/act-button';
import { useWords } from '../../words/language';
import { inBeijing, writeDay } from '../../words/write';
import { NextStep, useRolesOf } from '../commissioning/next-step';
import { usePaper, type Subject } from './paper';

const isHeard = (s: Subject): boolean => ['heard', 'waived', 'defence-lapsed'].includes(s.state);

/** From the notice to the legal review. */
function DefenceActs({ subject: s }: { subject: Subject }) {
  const { t } = useWords();
  const may = useMay();
  const asked = { params: { id: s.id }, ...usePaper() };
  return (
    <>
      {s.state === 'notified' && may('case.investigate') ? (
        <>
          <ActButton primary label={t('subject.hear')} route={caseRoutes.hear} {...asked} />
          <ActButton label={t('subject.waive')} route={caseRoutes.waive} {...asked} />
          <ActButton label={t('subject.lapse')} route={caseRoutes.lapse} {...asked} />
        </>
      ) : null}
      {isHeard(s) && may('case.review') ? (
        <ActButton primary label={t('subject.review')} route={caseRoutes.review} {...asked} />
      ) : null}
    </>
  );
}

/** The service begins the bar; what it froze is told at once. */
function Serve({ subject: s }: { subject: Subject }) {
  const { t, language } = useWords();
  const { modal } = App.useApp();
  return (
    <ActButton
      primary
      label={t('subject.serve')}
      route={caseRoutes.serve}
      params={{ id: s.id }}
      initial={{ servedOn: inBeijing(now()).day }}
      done={({ bar, frozen }) =>
        void modal.success({
          title: t('subject.served', {
            last: writeDay(bar.lastBarredDay, language),
            free: writeDay(bar.freeFrom, language),
          }),
          content: t('subject.frozen', {
            assignments: frozen.assignments.length,
            evaluations: frozen.evaluations.length,
            engagements: frozen.engagements.length,
          }),
        })
      }
    >
      <p className="late">{t('subject.serve.warning')}</p>
    </ActButton>
  );
}

/** From the proposal to the decision in force. */
function DecisionActs({ subject: s }: { subject: Subject }) {
  const { t } = useWords();
  const may = useMay();
  const paper = usePaper();
  const params = { id: s.id };
  const today = inBeijing(now()).day;
  const isReviewed = s.state === 'reviewed';
  return (
    <>
      {isReviewed && s.proposal && may('case.decide') ? (
        <ActButton primary label={t('subject.decide')} route={caseRoutes.decide} params={params} version={s.version} />
      ) : null}
      {isReviewed && may('case.propose') ? (
        <ActButton
          primary={!s.proposal}
          label={t('subject.propose')}
          route={caseRoutes.propose}
          params={params}
          initial={s.proposal ?? { decidedOn: today }}
        />
      ) : null}
      {s.state === 'decided' && may('case.serve') ? <Serve subject={s} /> : null}
      {s.state === 'served' && may('case.serve') ? (
        <ActButton primary label={t('subject.takeEffect')} route={caseRoutes.takeEffect} params={params} {...paper} />
      ) : null}
    </>
  );
}

/** What a remedy makes of a decision that was served. */
function RemedyActs({ subject: s }: { subject: Subject }) {
  const { t } = useWords();
  const may = useMay();
  const { initial, overrides } = usePaper();
  const asked = { params: { id: s.id }, initial };
  const isServed = s.state === 'served' || s.state === 'in-force';
  // The shorter bar of a changed decision stands: it can be stayed and made public too, not changed again.
  if (!isServed && s.state !== 'changed') return null;
  const isPerson = s.subject.kind === 'person';
  return (
    <>
      {may('case.remedy') ? (
        <ActButton
          label={t('subject.stay')}
          route={caseRoutes.stay}
          {...asked}
          overrides={{
            ...overrides,
            from: { label: t('subject.stayFrom'), help: t('subject.stayFrom.help') },
            until: { label: t('subject.until'), help: t('subject.until.help') },
          }}
        />
      ) : null}
      {isServed && may('case.remedy') ? (
        <>
          <ActButton
            danger
            label={t('subject.annul')}
            route={caseRoutes.annul}
            {...asked}
            overrides={{ ...overrides, from: { label: t('subject.annulFrom') } }}
          />
          <ActButton label={t('subject.change')} route={caseRoutes.change} {...asked} overrides={overrides}>
            {isPerson ? <p className="late">{t('subject.change.publicity')}</p> : null}
          </ActButton>
        </>
      ) : null}
      {isPerson && may('case.publicise') ? (
        <ActButton label={t('subject.publicise')} route={caseRoutes.publicise} {...asked} overrides={overrides} />
      ) : null}
    </>
  );
}

/** What the next step takes, by the state before it. */
const needs: Readonly<Record<string, readonly Permission[]>> = {
  notified: ['case.investigate'],
  heard: ['case.review'],
  waived: ['case.review'],
  'defence-lapsed': ['case.review'],
  reviewed: ['case.decide'],
  decided: ['case.serve'],
  // Two offices have something to do here: the sentence names both.
  served: [],
  'in-force': ['case.remedy'],
  changed: ['case.remedy'],
};

/** What comes next for one subject, with the buttons that do it. */
export function SubjectNext({ subject: s }: { subject: Subject }) {
  const { t } = useWords();
  const rolesOf = useRolesOf();
  const said = (): string => {
    if (s.state === 'served') {
      return t('subject.next.served', { officer: rolesOf(['case.serve']), lead: rolesOf(['case.remedy']) });
    }
    if (s.state === 'notified') return t('subject.next.notified');
    if (isHeard(s)) return t('subject.next.review');
    if (s.state === 'reviewed') {
      return s.proposal ? t('subject.next.decide', { number: s.proposal.decisionNumber }) : t('subject.next.propose');
    }
    if (s.state === 'annulled') return t('subject.next.over');
    if (s.state === 'changed' && s.subject.kind === 'person') return t('subject.next.changedPerson');
    return t(`subject.next.${s.state}`);
  };
  return (
    <NextStep
      label={t('cases.next')}
      text={said()}
      needs={s.state === 'reviewed' && !s.proposal ? ['case.propose'] : needs[s.state]}
      actions={
        <>
          <DefenceActs subject={s} />
          <DecisionActs subject={s} />
          <RemedyActs subject={s} />
        </>
      }
    />
  );
}
