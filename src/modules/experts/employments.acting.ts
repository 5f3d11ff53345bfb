import type { Actor, Call } from '../../kernel/call';
import type { Reads } from '../../kernel/db/database';
import { requireGuarded, type Subject } from '../../kernel/db/guards';
import { LATEST, todayOf } from '../../kernel/db/moment';
import type { Tx } from '../../kernel/db/transaction';
import { Problem } from '../../kernel/problem';
import { say } from '../../kernel/pure/wording';
import { mayTouch } from '../institutions';
import type { EmploymentReply } from './employments.contract';
import type { EmploymentDeps } from './employments.service';
import { employmentsKnownAt, shownEmployment } from './employments.views';
import {
  currentDays,
  type Employment,
  type EmploymentVersion,
  type Expert,
  findEmployment,
  findExpert,
} from './experts.store';
import { disputedAt } from './objections.store';
import { personBehind, type Together } from './together';
import { keepWaiting } from './waiting';

const notFound = (id: string): Problem => new Problem('request.not-found', { id, what: say('聘用关系', 'employment') });

export const subjectsOf = (e: { institutionId: string; expertId: string }): Subject[] => [
  { kind: 'institution', id: e.institutionId },
  { kind: 'person', id: e.expertId },
];

export interface Loaded {
  employment: Employment;
  /** The days that hold now; undefined once all of them are struck out. */
  days: EmploymentVersion | undefined;
  /** Under all registrations. */
  person: Together;
  survivor: Expert;
}

/** The person under the guards of every registration: whoever merges meanwhile makes the act run again. */
export async function guardedPerson(tx: Tx, expertId: string): Promise<{ person: Together; survivor: Expert }> {
  const person = await personBehind(tx, expertId, LATEST);
  requireGuarded(
    tx,
    person.ids.map((id) => ({ kind: 'person', id })),
  );
  return { person, survivor: (await findExpert(tx, person.survivor))! };
}

/** May the reader act on employments of this person? An expert on his own only, under whichever registration. */
export async function mayActOn(on: Reads, actor: Actor, e: Employment): Promise<boolean> {
  if (actor.role !== 'expert') return mayTouch(actor, e.institutionId);
  if (actor.expertId === null) return false;
  return (await personBehind(on, actor.expertId, LATEST)).ids.includes(e.expertId);
}

/** Runs acts on one employment under the guards of both sides, and shows it afterwards. */
export function createActing(deps: EmploymentDeps) {
  const { db, command, institutions, sources } = deps;
  const onEmployment = <T>(call: Call, id: string, work: (tx: Tx, loaded: Loaded) => Promise<T>): Promise<T> => {
    const subjects = async (): Promise<Subject[]> => {
      const found = await findEmployment(db, id);
      return found ? subjectsOf(found) : [];
    };
    return command(call, { subjects }, async (tx) => {
      const employment = await findEmployment(tx, id);
      if (!employment || !(await mayActOn(tx, call.actor, employment))) throw notFound(id);
      requireGuarded(tx, subjectsOf(employment));
      const guarded = await guardedPerson(tx, employment.expertId);
      const done = await work(tx, { employment, days: await currentDays(tx, id), ...guarded });
      await keepWaiting(tx, deps, id);
      return done;
    });
  };

  /** The employment as it now is: its days, or, once none hold, the last that were struck out. */
  const show = async (on: Reads, id: string, survivor: Expert): Promise<EmploymentReply> => {
    const entries = await employmentsKnownAt(on, { id }, LATEST);
    const entry = entries.find((e) => e.voidReason === null) ?? entries.at(-1)!;
    const disputed = await disputedAt(on, [id], LATEST);
    const as = {
      expertId: survivor.id,
      platformNumber: survivor.platformNumber,
      institutionName: await institutions.nameAt(on, entry.employment.institutionId, todayOf(sources.clock)),
      disputed: disputed.has(id),
    };
    return shownEmployment(entry, as, LATEST);
  };

  return { onEmployment, show };
}

/** The days that hold, or Problem `employment.voided`. */
export function requireDays({ days }: Loaded): EmploymentVersion {
  if (!days) throw new Problem('employment.voided');
  return days;
}
