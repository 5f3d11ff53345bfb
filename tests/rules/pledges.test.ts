import { say } from '../../src/kernel/pure/wording';
import { finalStates } from '../../src/kernel/pure/states';
import { instant, parseInstant } from '../../src/kernel/pure/time';
import { missingCharacters } from '../../src/modules/documents';
import { evaluationMoves } from '../../src/modules/evaluations';
import { pledgeInstitution1, type PledgeText } from '../../src/modules/pledges/pledge-institution-1';
import {
  judgeBase,
  judgeEvaluation,
  judgeOpen,
  judgeRevision,
  mayReadPledge,
  signerPlaceOf,
  stateAfterSigning,
  type SignerStanding,
} from '../../src/modules/pledges/pledges.rules';
import {
  currentPledgeStates,
  openPledgeStates,
  pledgeableStates,
  pledgeMoves,
  type PledgeState,
} from '../../src/modules/pledges/pledges.states';
import { evidenceRoot } from '../../src/modules/pledges/preparing.service';

const states = Object.keys(pledgeMoves) as PledgeState[];
const NOW = parseInstant('2026-11-23T07:04:05.000Z');
const SIGN = say('签署', 'sign');
const codeOf = (outcome: { ok: boolean; refusal?: { code: string } }): string =>
  outcome.ok ? 'ok' : outcome.refusal!.code;

const signer = (no: number, changes: Partial<SignerStanding> = {}): SignerStanding => ({
  no,
  kind: 'institution',
  partyId: 'i',
  signedAt: null,
  ...changes,
});

describe('states of a pledge', () => {
  test('the table of moves, whole', () => {
    expect(pledgeMoves).toEqual({
      prepared: ['part-signed', 'complete', 'void'],
      'part-signed': ['part-signed', 'complete', 'void'],
      complete: ['void'],
      void: [],
    });
    expect(finalStates(pledgeMoves)).toEqual(['void']);
    expect(currentPledgeStates).toEqual(states.filter((s) => s !== 'void'));
  });

  test.each(states)('%s: open or not', (state) => {
    const isOpen = (openPledgeStates as readonly string[]).includes(state);
    expect(codeOf(judgeOpen(state, SIGN))).toBe(isOpen ? 'ok' : 'pledge.wrong-state');
    expect(isOpen).toBe(state === 'prepared' || state === 'part-signed');
  });

  const last = [signer(1, { signedAt: NOW }), signer(2)];
  const first = [signer(1), signer(2)];
  test.each(states)('signing from %s', (state) => {
    const isOpen = state === 'prepared' || state === 'part-signed';
    const refused = { ok: false, refusal: { code: 'pledge.wrong-state', params: { state, act: SIGN } } };
    expect(stateAfterSigning(state, last, 2)).toEqual(isOpen ? { ok: true, value: 'complete' } : refused);
    expect(stateAfterSigning(state, first, 1)).toEqual(isOpen ? { ok: true, value: 'part-signed' } : refused);
  });
});

describe('which evaluation takes a pledge', () => {
  const open = Object.keys(evaluationMoves).filter(
    (s) => s !== 'frozen' && !finalStates(evaluationMoves).includes(s as 'accepted'),
  );
  test('every open state of an evaluation but the one before a team is named', () => {
    expect([...pledgeableStates].sort()).toEqual(open.filter((s) => s !== 'assigned').sort());
  });

  test.each(Object.keys(evaluationMoves))('%s', (state) => {
    const expected: Record<string, string> = {
      assigned: 'pledge.no-team',
      frozen: 'evaluation.frozen',
      accepted: 'evaluation.wrong-state',
      rejected: 'evaluation.wrong-state',
      voided: 'evaluation.wrong-state',
    };
    expect(codeOf(judgeEvaluation({ state, freezeReason: null }, 5, SIGN))).toBe(expected[state] ?? 'ok');
  });

  test('no team, no pledge; a frozen one says why', () => {
    expect(codeOf(judgeEvaluation({ state: 'on-site', freezeReason: null }, 0, SIGN))).toBe('pledge.no-team');
    expect(judgeEvaluation({ state: 'frozen', freezeReason: 'person-bar' }, 5, SIGN)).toMatchObject({
      refusal: { params: { reason: say('评估组成员不再采信', 'a member of the team is barred'), act: SIGN } },
    });
  });
});

describe('who may sign', () => {
  const person = signer(2, { kind: 'person', partyId: 'e' });
  const both = [signer(1), person];
  test.each([
    ['the institution', { institutionId: 'i', expertId: null }, 1],
    ['the person', { institutionId: null, expertId: 'e' }, 2],
  ])('%s at its own place', (_name, party, no) => {
    expect(signerPlaceOf(both, party)).toMatchObject({ ok: true, value: { no } });
  });

  test.each([
    ['another institution', { institutionId: 'j', expertId: null }],
    ['another person', { institutionId: null, expertId: 'f' }],
    ['an institution with the id of the person', { institutionId: 'e', expertId: null }],
    ['a person with the id of the institution', { institutionId: null, expertId: 'i' }],
    ['nobody in particular', { institutionId: null, expertId: null }],
  ])('not %s', (_name, party) => {
    expect(codeOf(signerPlaceOf(both, party))).toBe('pledge.not-a-signer');
  });

  test('once', () => {
    const signed = [signer(1, { signedAt: NOW }), person];
    expect(codeOf(signerPlaceOf(signed, { institutionId: 'i', expertId: null }))).toBe('pledge.already-signed');
  });
});

describe('a prepared revision', () => {
  const pledge = { state: 'prepared' as PledgeState, currentSha256: 'a' };
  const revision = { baseSha256: 'a', state: 'prepared' as const, expiresAt: NOW };
  test('may be completed until its expiry and not at it', () => {
    expect(codeOf(judgeRevision(pledge, revision, instant(NOW - 1)))).toBe('ok');
    expect(codeOf(judgeRevision(pledge, revision, NOW))).toBe('pledge.revision-expired');
  });

  test('another base or a second completion is told before the expiry', () => {
    const moved = { ...pledge, currentSha256: 'b' };
    const stored = { ...revision, state: 'stored' as const };
    expect(codeOf(judgeRevision(moved, revision, NOW))).toBe('pledge.base-changed');
    expect(codeOf(judgeRevision(pledge, stored, NOW))).toBe('pledge.base-changed');
    expect(codeOf(judgeBase({ ...moved, state: 'complete' }, revision))).toBe('pledge.base-changed');
  });

  test.each(states)('of a pledge that is %s', (state) => {
    const expected = ['prepared', 'part-signed'].includes(state) ? 'ok' : 'pledge.wrong-state';
    expect(codeOf(judgeRevision({ ...pledge, state }, revision, instant(NOW - 1)))).toBe(expected);
  });
});

describe('who reads a pledge', () => {
  const signers = [signer(1), signer(2, { kind: 'person', partyId: 'e' })];
  test.each([
    ['bureau', null, null, true],
    ['auditor', null, null, true],
    ['institution', 'i', null, true],
    ['seal-keeper', 'i', null, true],
    ['institution', 'j', null, false],
    ['institution', null, null, false],
    ['expert', null, 'e', true],
    ['expert', null, 'i', false],
    ['mine', null, null, false],
  ])('%s of institution %s, expert %s: %s', (role, institutionId, expertId, may) => {
    const open = { institutionId: 'i', state: 'prepared', signedBy: [] } as const;
    expect(mayReadPledge({ role, institutionId, expertId }, open, signers)).toBe(may);
  });
});

describe('what a seal keeper reads', () => {
  const keeper = { role: 'seal-keeper', institutionId: 'i', expertId: null, accountId: 'k' };
  const waiting = [signer(1)];
  const sealed = [signer(1, { signedAt: NOW })];
  test.each<[string, PledgeState, SignerStanding[], string[], boolean]>([
    ['what waits for the seal', 'prepared', waiting, [], true],
    [
      'what waits for it beside others',
      'part-signed',
      [signer(2, { kind: 'person', partyId: 'e' }), ...waiting],
      [],
      true,
    ],
    ['not what another has sealed', 'complete', sealed, ['other'], false],
    [
      'not what waits for a person only',
      'part-signed',
      [...sealed, signer(2, { kind: 'person', partyId: 'e' })],
      [],
      false,
    ],
    ['not what is void', 'void', waiting, [], false],
    ['what he sealed himself', 'complete', sealed, ['k'], true],
  ])('%s', (_name, state, signers, signedBy, may) => {
    expect(mayReadPledge(keeper, { institutionId: 'i', state, signedBy }, signers)).toBe(may);
    expect(mayReadPledge({ ...keeper, institutionId: 'j' }, { institutionId: 'i', state, signedBy }, signers)).toBe(
      false,
    );
  });
});

describe('the text', () => {
  const text: PledgeText = {
    number: '0190-test',
    at: NOW,
    mine: '示例铁矿',
    lot: '第一批',
    institution: { name: '示例评估有限公司', uscc: '91370000MA3X000106' },
    team: [
      { name: '示例张三', role: 'leader', platformNumber: 'P-1' },
      { name: '示例李四', role: 'member', platformNumber: null },
    ],
    evidence: [],
    evidenceRoot: evidenceRoot([]),
    notice: '提示',
  };
  const said = (t: PledgeText): string => JSON.stringify(pledgeInstitution1(t));

  test('names the task, the undertakings with their clauses, the team', () => {
    const all = said(text);
    for (const part of ['示例铁矿', '第一批', '91370000MA3X000106', '2026年11月23日', '0190-test', '组长', 'P-1']) {
      expect(all).toContain(part);
    }
    for (const part of ['真实', '收取任何费用', '转让或外包', '不泄漏矿山企业秘密', '回避', '第（十七）条', '附件1']) {
      expect(all).toContain(part);
    }
    expect(all).not.toContain('证据清单');
    expect(missingCharacters(all)).toEqual([]);
  });

  test('lists the evidence with its root where there is any, and has no notice for licensed certificates', () => {
    const evidence = [{ kind: 'report', sha256: 'ab'.repeat(32) }];
    const all = said({ ...text, evidence, evidenceRoot: evidenceRoot(evidence), notice: null });
    expect(all).toContain('第三方评估报告');
    expect(all).toContain('ab'.repeat(32));
    expect(all).toContain(evidenceRoot(evidence));
    expect(all).not.toContain('"notice"');
  });

  test('the evidence root does not depend on the order and does on every hash', () => {
    const a = { kind: 'report', sha256: '11'.repeat(32) };
    const b = { kind: 'imagery', sha256: '22'.repeat(32) };
    expect(evidenceRoot([a, b])).toBe(evidenceRoot([b, a]));
    expect(evidenceRoot([a, b])).not.toBe(evidenceRoot([a]));
    // printf '[]' | sha256sum
    expect(evidenceRoot([])).toBe('4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945');
  });
});
