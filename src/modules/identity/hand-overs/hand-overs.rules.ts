import { accept, refuse, type Outcome } from '../../../kernel/pure/outcome';
import { mayMove } from '../../../kernel/pure/states';
import { say, sayNames } from '../../../kernel/pure/wording';
import type { WorkKind } from '../work/work.rules';
import { handOverMoves, type HandOverOutcome, type HandOverState } from './hand-overs.states';

/** Items of one hand-over: moved in one transaction, which must not keep others waiting. */
export const MOST_ITEMS = 2000;
export const MOST_RECEIVERS = 20;

/** Somebody's post, as the signed list shows it. */
export interface Signer {
  readonly post: string;
  readonly account: string;
  readonly name: string;
  readonly role: string;
  readonly office: string | null;
}

export interface ListedItem {
  readonly no: number;
  readonly work: string;
  readonly kind: WorkKind;
  readonly ref: string;
  /** RFC 3339. */
  readonly openedAt: string;
  /** Post of the receiver. */
  readonly receiver: string;
}

/** What is frozen and signed: its SHA-256 is taken over the canonical JSON (RFC 8785) of exactly this. */
export interface HandOverList {
  readonly spec: 'lujian-hand-over/1';
  readonly id: string;
  readonly preparedAt: string;
  readonly giver: Signer;
  readonly receivers: readonly Signer[];
  readonly items: readonly ListedItem[];
}

export interface WantedReceiver {
  readonly postId: string;
  readonly accountId: string;
  readonly isActive: boolean;
  /** Ids of the items that a post of this role and scope may not do. */
  readonly unfit: readonly string[];
}

/** Every receiver is another person, at work today, of a role and scope that fit what is to be received. */
export function judgeReceivers(giverAccountId: string, receivers: readonly WantedReceiver[]): Outcome<true> {
  if (receivers.some((r) => r.accountId === giverAccountId)) return refuse('hand-over.same-person');
  const ended = receivers.find((r) => !r.isActive);
  if (ended)
    return refuse('hand-over.receiver-unfit', {
      post: ended.postId,
      items: say('岗位当前无效', 'the post is not valid now'),
    });
  const unfit = receivers.find((r) => r.unfit.length > 0);
  return unfit
    ? refuse('hand-over.receiver-unfit', { post: unfit.postId, items: sayNames(unfit.unfit.slice(0, 5)) })
    : accept(true);
}

export interface Preparation {
  readonly giverAccountId: string;
  /** Ids asked for that the giver does not hold, or that are not open. */
  readonly notHeld: readonly string[];
  readonly count: number;
  readonly receivers: readonly WantedReceiver[];
}

export function judgePreparation(p: Preparation): Outcome<true> {
  if (p.notHeld.length > 0) return refuse('hand-over.item-not-held', { items: sayNames(p.notHeld.slice(0, 5)) });
  if (p.count === 0) return refuse('hand-over.nothing-held');
  if (p.count > MOST_ITEMS) return refuse('hand-over.too-many', { count: p.count, limit: MOST_ITEMS });
  return judgeReceivers(p.giverAccountId, p.receivers);
}

export interface Signing {
  readonly state: HandOverState;
  readonly listSha256: string;
  readonly giver: { readonly post: string; readonly account: string };
  readonly receivers: readonly { readonly post: string; readonly account: string }[];
  /** Posts that have signed. */
  readonly signed: readonly string[];
}

/** Posts whose signature is missing, giver first. */
export const missingSigners = (s: Pick<Signing, 'giver' | 'receivers' | 'signed'>): string[] =>
  [s.giver.post, ...s.receivers.map((r) => r.post)].filter((post) => !s.signed.includes(post));

const judgeList = (s: Signing, readSha256: string): Outcome<true> => {
  if (s.state === 'completed' || s.state === 'cancelled') return refuse('hand-over.wrong-state', { state: s.state });
  return readSha256 === s.listSha256 ? accept(true) : refuse('hand-over.other-list', { sha256: s.listSha256 });
};

/** For which posts this person signs now: one's own, each with the own account, and exactly the list that was read. */
export function judgeSigning(
  s: Signing,
  person: { accountId: string; isDeputy: boolean },
  readSha256: string,
): Outcome<string[]> {
  const list = judgeList(s, readSha256);
  if (!list.ok) return list;
  // A signature is the person's own: nobody signs a list for the one who is represented.
  if (person.isDeputy) return refuse('hand-over.not-a-signer');
  const own = [s.giver, ...s.receivers].filter((p) => p.account === person.accountId);
  if (own.length === 0) return refuse('hand-over.not-a-signer');
  const due = own.filter((p) => !s.signed.includes(p.post)).map((p) => p.post);
  return due.length > 0 ? accept(due) : refuse('hand-over.signed-already');
}

/** The lead signs for a giver who is gone, with the signed paper; never a party to the same list. */
export function judgeSigningForGiver(
  s: Signing,
  lead: { persons: readonly string[]; isGiverGone: boolean },
  readSha256: string,
): Outcome<true> {
  const list = judgeList(s, readSha256);
  if (!list.ok) return list;
  if (!lead.isGiverGone) return refuse('hand-over.giver-there');
  if (s.signed.includes(s.giver.post)) return refuse('hand-over.signed-already');
  const isParty = [s.giver, ...s.receivers].some((p) => lead.persons.includes(p.account));
  return isParty ? refuse('hand-over.lead-is-party') : accept(true);
}

/** Where it goes once these posts have signed too. */
export function stateAfterSigning(s: Signing, signing: readonly string[]): Outcome<HandOverState> {
  const left = missingSigners({ ...s, signed: [...s.signed, ...signing] });
  const wanted = left.length === 0 ? 'completed' : 'part-signed';
  return s.state === wanted || mayMove(handOverMoves, s.state, wanted)
    ? accept(wanted)
    : refuse('hand-over.wrong-state', { state: s.state });
}

export const judgeCancelling = (state: HandOverState): Outcome<true> =>
  mayMove(handOverMoves, state, 'cancelled') ? accept(true) : refuse('hand-over.wrong-state', { state });

/** What becomes of an item: it moves if it is still open and still with the giver. Nothing is lost, nothing taken back. */
export function outcomeOf(
  item: { closedAt: number | null; postId: string | null } | undefined,
  giverPostId: string,
): HandOverOutcome {
  if (item === undefined || item.closedAt !== null) return 'closed';
  return item.postId === giverPostId ? 'moved' : 'elsewhere';
}
