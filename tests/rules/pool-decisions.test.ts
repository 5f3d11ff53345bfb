import { legalDate } from '../../src/kernel/pure/time';
import {
  judgeDecider,
  judgeDecisionDay,
  judgeFitness,
  judgeLeaving,
  judgeOutcome,
} from '../../src/modules/commissions/pool.rules';
import type { RuleResult } from '../../src/modules/policy';

const day = legalDate('2026-03-10');
const directory = { id: 'p', poolMode: 'directory' } as const;
const register = { id: 'p', poolMode: 'register' } as const;
const refusal = (code: string) => ({ ok: false, refusal: expect.objectContaining({ code }) });

describe('what is decided of an entry', () => {
  const states = ['applied', 'admitted', 'refused', 'withdrawn'] as const;
  const ways = { admit: ['applied', 'admitted'], refuse: ['applied', 'refused'], remove: ['admitted', 'withdrawn'] };
  for (const outcome of ['admit', 'refuse', 'remove'] as const) {
    test.each(states)(`${outcome} of one that is %s`, (state) => {
      const [from, to] = ways[outcome];
      const answer = judgeOutcome(state, outcome, day, directory);
      expect(answer).toEqual(state === from ? { ok: true, value: to } : refusal('pool-entry.wrong-state'));
    });
  }

  test('a register refuses nobody, and takes in those who still wait', () => {
    expect(judgeOutcome('applied', 'refuse', day, register)).toEqual(refusal('pool-entry.no-approval'));
    expect(judgeOutcome('applied', 'admit', day, register)).toEqual({ ok: true, value: 'admitted' });
    expect(judgeOutcome('admitted', 'remove', day, register)).toEqual({ ok: true, value: 'withdrawn' });
  });
});

describe('the day of the decision', () => {
  const today = legalDate('2026-03-20');
  const entry = { appliedOn: legalDate('2026-03-02'), admittedOn: legalDate('2026-03-05') };
  const on = (outcome: 'admit' | 'refuse' | 'remove', decidedOn: string, lastDay?: string) => {
    const notice = { from: legalDate('2026-03-02'), paper: '示例公示', objections: '无' };
    const publicNotice = lastDay === undefined ? null : { ...notice, lastDay: legalDate(lastDay) };
    return judgeDecisionDay(entry, { outcome, decidedOn: legalDate(decidedOn), publicNotice }, today);
  };
  test('is today or before, not tomorrow', () => {
    expect(on('admit', '2026-03-20').ok).toBe(true);
    expect(on('admit', '2026-03-21')).toEqual(refusal('pool-entry.day-in-future'));
  });
  test('is the day of the application or later, for a removal that of the admission', () => {
    expect(on('admit', '2026-03-02').ok).toBe(true);
    expect(on('admit', '2026-03-01')).toEqual(refusal('pool-entry.day-order'));
    expect(on('refuse', '2026-03-01')).toEqual(refusal('pool-entry.day-order'));
    expect(on('remove', '2026-03-05').ok).toBe(true);
    expect(on('remove', '2026-03-04')).toEqual(refusal('pool-entry.day-order'));
  });
  test('of an admission lies behind the last day of the public notice; a refusal need not wait', () => {
    expect(on('admit', '2026-03-11', '2026-03-10').ok).toBe(true);
    expect(on('admit', '2026-03-10', '2026-03-10')).toEqual(refusal('pool-entry.notice-running'));
    expect(on('refuse', '2026-03-10', '2026-03-10').ok).toBe(true);
  });
});

describe('fitness on the day', () => {
  const result = (met: boolean, effect: 'refuse' | 'inform', rule: string): RuleResult => ({
    ...{ rule, title: `示例条件${rule}`, required: '15 人', measured: '14 人', met, effect },
    ...{ citation: '示例依据', certainty: 'law', disputed: false, cure: met ? null : '还需 1 人', legalReview: null },
  });
  const met = result(true, 'refuse', 'a');
  const unmet = result(false, 'refuse', 'b');
  const advice = result(false, 'inform', 'c');

  test('a directory admits whoever meets all that refuses; advice refuses nobody', () => {
    const fit = judgeFitness('admit', { readiness: [met, advice], pool: [met] }, day, directory);
    expect(fit.ok).toBe(true);
    const unfit = judgeFitness('admit', { readiness: [met, unmet], pool: [] }, day, directory);
    expect(unfit).toEqual(refusal('pool-entry.not-ready'));
    const said = unfit.ok ? '' : String(unfit.refusal.params['unmet']);
    for (const part of [unmet.title, '15 人', '14 人', '示例依据', '还需 1 人']) expect(said).toContain(part);
  });
  test('a register asks only for the rules of the register', () => {
    expect(judgeFitness('admit', { readiness: [unmet], pool: [met] }, day, register).ok).toBe(true);
    const related = judgeFitness('admit', { readiness: [met], pool: [unmet] }, day, register);
    expect(related).toEqual(refusal('pool-entry.not-ready'));
  });
  test('a refusal and a removal rest on their reasons', () => {
    for (const outcome of ['refuse', 'remove'] as const) {
      expect(judgeFitness(outcome, { readiness: [unmet], pool: [unmet] }, day, directory).ok).toBe(true);
      expect(judgeFitness(outcome, { readiness: [met], pool: [met] }, day, directory).ok).toBe(true);
    }
  });
});

test('who proposed does not decide, nor whoever acts for the proposer or was represented in proposing', () => {
  expect(judgeDecider(['b'], ['a']).ok).toBe(true);
  expect(judgeDecider(['a'], ['a'])).toEqual(refusal('pool-entry.same-officer'));
  expect(judgeDecider(['b', 'a'], ['a'])).toEqual(refusal('pool-entry.same-officer'));
  expect(judgeDecider(['b'], ['a', 'b'])).toEqual(refusal('pool-entry.same-officer'));
});

test('out of a directory an officer enters only a leaving that the institution asked for on paper', () => {
  const asked = { byInstitution: false, paper: '示例退出申请' };
  const own = { byInstitution: true, paper: undefined };
  const bare = { byInstitution: false, paper: undefined };
  expect(judgeLeaving({ state: 'admitted' }, bare, directory)).toEqual(refusal('pool-entry.request-missing'));
  for (const leaving of [asked, own]) expect(judgeLeaving({ state: 'admitted' }, leaving, directory).ok).toBe(true);
  expect(judgeLeaving({ state: 'admitted' }, bare, register).ok).toBe(true);
  expect(judgeLeaving({ state: 'applied' }, bare, directory).ok).toBe(true);
  expect(judgeLeaving({ state: 'refused' }, own, directory)).toEqual(refusal('pool-entry.wrong-state'));
});
