import { accept, refuse, type Outcome } from '../../kernel/pure/outcome';
import { mayMove } from '../../kernel/pure/states';
import type { Instant } from '../../kernel/pure/time';
import { say, type Wording } from '../../kernel/pure/wording';
import { freezeReasons, sayFreeze, type FreezeReason } from '../evaluations/evaluations.contract';
import { openPledgeStates, pledgeableStates, pledgeMoves, type PledgeState } from './pledges.states';

const SIGN = say('签署', 'sign');
const reasons: Readonly<Record<string, Wording>> = Object.fromEntries(
  (Object.keys(freezeReasons) as FreezeReason[]).map((reason) => [reason, sayFreeze(reason)]),
);

/** May a pledge of this evaluation be prepared or signed now? */
export function judgeEvaluation(
  e: { state: string; freezeReason: string | null },
  teamSize: number,
  act: Wording,
): Outcome<true> {
  if (e.state === 'frozen') {
    return refuse('evaluation.frozen', {
      reason: reasons[e.freezeReason ?? ''] ?? say('核实期间暂停办理', 'suspended during a check'),
      act,
    });
  }
  if (e.state === 'assigned' || teamSize === 0) return refuse('pledge.no-team');
  return pledgeableStates.includes(e.state) ? accept(true) : refuse('evaluation.wrong-state', { state: e.state, act });
}

export interface SignerStanding {
  no: number;
  kind: 'institution' | 'person';
  partyId: string;
  signedAt: Instant | null;
}

export interface Party {
  institutionId: string | null;
  expertId: string | null;
}

const isFor = (signer: SignerStanding, { institutionId, expertId }: Party): boolean =>
  signer.partyId === (signer.kind === 'institution' ? institutionId : expertId);

/** The place in the pledge at which this party still has to sign. */
export function signerPlaceOf<S extends SignerStanding>(signers: readonly S[], party: Party): Outcome<S> {
  const own = signers.filter((s) => isFor(s, party));
  const due = own.find((s) => s.signedAt === null);
  if (due) return accept(due);
  return own.length > 0 ? refuse('pledge.already-signed') : refuse('pledge.not-a-signer');
}

/** Is the pledge still to be signed? */
export function judgeOpen(state: PledgeState, act: Wording): Outcome<true> {
  return (openPledgeStates as readonly PledgeState[]).includes(state)
    ? accept(true)
    : refuse('pledge.wrong-state', { state, act });
}

export interface RevisionStanding {
  baseSha256: string;
  state: 'prepared' | 'stored';
  expiresAt: Instant;
}

/** Does the prepared revision still stand on the pledge's file? If not, the cure is a fresh prepare, or none. */
export function judgeBase(
  pledge: { state: PledgeState; currentSha256: string },
  revision: RevisionStanding,
): Outcome<true> {
  if (pledge.state === 'void') return refuse('pledge.wrong-state', { state: pledge.state, act: SIGN });
  const isOnTop = revision.state === 'prepared' && revision.baseSha256 === pledge.currentSha256;
  return isOnTop ? judgeOpen(pledge.state, SIGN) : refuse('pledge.base-changed');
}

/** May the signer's answer to the prepared revision be taken now? At the very instant of expiry no longer. */
export function judgeRevision(
  pledge: { state: PledgeState; currentSha256: string },
  revision: RevisionStanding,
  now: Instant,
): Outcome<true> {
  const base = judgeBase(pledge, revision);
  return base.ok && now >= revision.expiresAt ? refuse('pledge.revision-expired') : base;
}

/** Where the pledge goes once the signer with this number has signed. */
export function stateAfterSigning(
  state: PledgeState,
  signers: readonly SignerStanding[],
  signedNo: number,
): Outcome<PledgeState> {
  const wanted = signers.every((s) => s.no === signedNo || s.signedAt !== null) ? 'complete' : 'part-signed';
  return mayMove(pledgeMoves, state, wanted) ? accept(wanted) : refuse('pledge.wrong-state', { state, act: SIGN });
}

export interface PledgeReader extends Party {
  role: string;
  accountId?: string | null;
}

/** The pledge, as far as reading it goes. */
export interface ReadablePledge {
  institutionId: string;
  state: PledgeState;
  /** Accounts that have signed it. */
  signedBy: readonly string[];
}

const outsiders: readonly string[] = ['institution', 'seal-keeper', 'expert', 'mine'];

/** Does the pledge wait for the seal of its institution? */
export const waitsForSeal = (
  pledge: Pick<ReadablePledge, 'institutionId' | 'state'>,
  signers: readonly SignerStanding[],
): boolean =>
  judgeOpen(pledge.state, SIGN).ok &&
  signers.some((s) => s.kind === 'institution' && s.partyId === pledge.institutionId && s.signedAt === null);

/**
 * Officers read every pledge (of their scope), institutions their own, persons those that they have to sign. A seal
 * keeper (用印员) sees what is to be sealed and what he sealed himself, nothing else.
 */
export function mayReadPledge(
  reader: PledgeReader,
  pledge: ReadablePledge,
  signers: readonly SignerStanding[],
): boolean {
  if (!outsiders.includes(reader.role)) return true;
  if (reader.role === 'seal-keeper') {
    if (reader.institutionId !== pledge.institutionId) return false;
    const isOwnSeal = typeof reader.accountId === 'string' && pledge.signedBy.includes(reader.accountId);
    return isOwnSeal || waitsForSeal(pledge, signers);
  }
  if (reader.institutionId !== null) return reader.institutionId === pledge.institutionId;
  return signers.some((s) => s.kind === 'person' && isFor(s, reader));
}
