import { finalStates } from '../../src/kernel/pure/states';
import {
  judgeCancelling,
  judgePreparation,
  judgeReceivers,
  judgeSigning,
  judgeSigningForGiver,
  missingSigners,
  MOST_ITEMS,
  outcomeOf,
  stateAfterSigning,
  type Preparation,
  type Signing,
} from '../../src/modules/identity/hand-overs/hand-overs.rules';
import { handOverMoves, type HandOverState } from '../../src/modules/identity/hand-overs/hand-overs.states';

const codeOf = (outcome: { ok: boolean; refusal?: { code: string } }): string =>
  outcome.ok ? 'ok' : outcome.refusal!.code;

const HASH = 'a'.repeat(64);
const signing = (wished: Partial<Signing> = {}): Signing => ({
  state: 'prepared',
  listSha256: HASH,
  giver: { post: 'g', account: 'giver' },
  receivers: [
    { post: 'r1', account: 'first' },
    { post: 'r2', account: 'second' },
  ],
  signed: [],
  ...wished,
});

describe('the states', () => {
  const grid: Record<HandOverState, HandOverState[]> = {
    prepared: ['part-signed', 'cancelled'],
    'part-signed': ['completed', 'cancelled'],
    completed: [],
    cancelled: [],
  };
  const states = Object.keys(grid) as HandOverState[];
  test('are these moves and no others', () => {
    expect(handOverMoves).toEqual(grid);
    expect(finalStates(handOverMoves)).toEqual(['completed', 'cancelled']);
  });

  describe.each(states)('%s', (state) => {
    const open = state === 'prepared' || state === 'part-signed';
    test('may be cancelled while it is open', () => expect(judgeCancelling(state).ok).toBe(open));
    test('may be signed while it is open', () => {
      expect(judgeSigning(signing({ state }), { accountId: 'giver', isDeputy: false }, HASH).ok).toBe(open);
      const lead = { persons: ['lead'], isGiverGone: true };
      expect(judgeSigningForGiver(signing({ state }), lead, HASH).ok).toBe(open);
    });
    test('goes on by one signature, and is completed by the last', () => {
      const one = stateAfterSigning(signing({ state }), ['g']);
      const last = stateAfterSigning(signing({ state, signed: ['g', 'r1'] }), ['r2']);
      if (open) expect(one).toEqual({ ok: true, value: 'part-signed' });
      else expect(codeOf(one)).toBe('hand-over.wrong-state');
      if (state === 'part-signed') expect(last).toEqual({ ok: true, value: 'completed' });
      // Completed already: nothing is signed any more, judgeSigning sees to it.
      else if (state !== 'completed') expect(codeOf(last)).toBe('hand-over.wrong-state');
    });
  });
});

describe('who signs', () => {
  test('giver and each receiver, each for the own post, once', () => {
    const s = signing();
    expect(missingSigners(s)).toEqual(['g', 'r1', 'r2']);
    const by = (accountId: string, signed: string[] = [], isDeputy = false) =>
      judgeSigning(
        signing({ signed, state: signed.length > 0 ? 'part-signed' : 'prepared' }),
        { accountId, isDeputy },
        HASH,
      );
    expect(by('giver')).toEqual({ ok: true, value: ['g'] });
    expect(by('second')).toEqual({ ok: true, value: ['r2'] });
    expect(codeOf(by('second', ['r2']))).toBe('hand-over.signed-already');
    expect(codeOf(by('stranger'))).toBe('hand-over.not-a-signer');
    expect(codeOf(by('giver', [], true))).toBe('hand-over.not-a-signer');
  });

  test('one person who receives in two posts signs for both at once', () => {
    const receivers = [
      { post: 'r1', account: 'first' },
      { post: 'r2', account: 'first' },
    ];
    const person = { accountId: 'first', isDeputy: false };
    expect(judgeSigning(signing({ receivers }), person, HASH)).toEqual({ ok: true, value: ['r1', 'r2'] });
  });

  test('nobody signs a list other than the one that was read', () => {
    const other = judgeSigning(signing(), { accountId: 'giver', isDeputy: false }, 'b'.repeat(64));
    expect(codeOf(other)).toBe('hand-over.other-list');
  });

  test.each<[string, Partial<Signing>, { persons: string[]; isGiverGone: boolean }, string]>([
    ['the lead, for a giver who is gone', {}, { persons: ['lead'], isGiverGone: true }, 'ok'],
    ['not while the giver is there', {}, { persons: ['lead'], isGiverGone: false }, 'hand-over.giver-there'],
    ['not the receiver', {}, { persons: ['first'], isGiverGone: true }, 'hand-over.lead-is-party'],
    ['not for whom the receiver acts', {}, { persons: ['x', 'second'], isGiverGone: true }, 'hand-over.lead-is-party'],
    ['not the giver as lead', {}, { persons: ['giver'], isGiverGone: true }, 'hand-over.lead-is-party'],
    [
      'not twice',
      { signed: ['g'], state: 'part-signed' },
      { persons: ['lead'], isGiverGone: true },
      'hand-over.signed-already',
    ],
  ])('%s', (_name, wished, lead, code) => {
    expect(codeOf(judgeSigningForGiver(signing(wished), lead, HASH))).toBe(code);
  });
});

describe('what may be prepared', () => {
  const receiver = { postId: 'r1', accountId: 'first', isActive: true, unfit: [] as string[] };
  const prepared = (wished: Partial<Preparation> = {}): string =>
    codeOf(judgePreparation({ giverAccountId: 'giver', notHeld: [], count: 1, receivers: [receiver], ...wished }));
  test.each<[string, Partial<Preparation>, string]>([
    ['one item to one colleague', {}, 'ok'],
    ['nothing', { count: 0 }, 'hand-over.nothing-held'],
    ['as many as one transaction bears', { count: MOST_ITEMS }, 'ok'],
    ['one more', { count: MOST_ITEMS + 1 }, 'hand-over.too-many'],
    ['something that is not the giver’s', { notHeld: ['w'] }, 'hand-over.item-not-held'],
    ['to oneself', { receivers: [{ ...receiver, accountId: 'giver' }] }, 'hand-over.same-person'],
    ['to an ended post', { receivers: [{ ...receiver, isActive: false }] }, 'hand-over.receiver-unfit'],
    [
      'to a post that may not do it',
      { receivers: [receiver, { ...receiver, unfit: ['w'] }] },
      'hand-over.receiver-unfit',
    ],
  ])('%s', (_name, wished, code) => expect(prepared(wished)).toBe(code));

  test('receivers are judged alike when it is completed', () => {
    expect(codeOf(judgeReceivers('giver', [{ ...receiver, isActive: false }]))).toBe('hand-over.receiver-unfit');
    expect(judgeReceivers('giver', [receiver]).ok).toBe(true);
  });
});

test('what becomes of an item', () => {
  expect(outcomeOf({ closedAt: null, postId: 'g' }, 'g')).toBe('moved');
  expect(outcomeOf({ closedAt: 1, postId: 'g' }, 'g')).toBe('closed');
  expect(outcomeOf({ closedAt: null, postId: 'x' }, 'g')).toBe('elsewhere');
  expect(outcomeOf({ closedAt: null, postId: null }, 'g')).toBe('elsewhere');
  expect(outcomeOf(undefined, 'g')).toBe('closed');
});
