import { say, type Wording } from '../../src/kernel/pure/wording';
import { legalDate } from '../../src/kernel/pure/time';
import {
  judgeDecider,
  judgeDecisionDay,
  judgeFitness,
  judgeLeaving,
  judgeOutcome,
  judgeRefusal,
  relatedBy,
} from '../../src/modules/commissions/pool.rules';
import { namedHolder } from '../../src/modules/organisations/core/control';
import type { RuleResult } from '../../src/modules/policy';

const day = legalDate('2026-03-10');
const directory = { poolMode: 'directory' } as const;
const register = { poolMode: 'register' } as const;
const refusal = (code: string) => ({ ok: false, refusal: expect.objectContaining({ code }) });

describe('what is decided of an entry', () => {
  const states = ['applied', 'admitted', 'refused', 'withdrawn'] as const;
  const ways = { admit: ['applied', 'admitted'], refuse: ['applied', 'refused'], remove: ['admitted', 'withdrawn'] };
  for (const outcome of ['admit', 'refuse', 'remove'] as const) {
    test.each(states)(`${outcome} of one that is %s`, (state) => {
      const [from, to] = ways[outcome];
      const answer = judgeOutcome(state, outcome);
      expect(answer).toEqual(state === from ? { ok: true, value: to } : refusal('pool-entry.wrong-state'));
    });
  }
});

test('a register refuses nobody, except where a hint is for a person to decide upon', () => {
  const rules = { hint: { kind: { needsPerson: true } }, other: { kind: {} } } as never;
  const register = { id: 'p', poolMode: 'register', rules } as const;
  const unmet = (rule: string) => [{ rule, met: false } as RuleResult];
  expect(judgeRefusal('refuse', [], day, register)).toEqual(refusal('pool-entry.no-approval'));
  expect(judgeRefusal('refuse', unmet('other'), day, register)).toEqual(refusal('pool-entry.no-approval'));
  expect(judgeRefusal('refuse', unmet('hint'), day, register).ok).toBe(true);
  expect(judgeRefusal('refuse', [], day, { ...register, poolMode: 'directory' }).ok).toBe(true);
  for (const outcome of ['admit', 'remove'] as const) expect(judgeRefusal(outcome, [], day, register).ok).toBe(true);
});

test('ties by codes may refuse and name their chain, ties by names alone are hints and name nobody', () => {
  const chains = [
    ['91A', '91B'],
    ['91A', '91C'],
  ] as const;
  const man = namedHolder('person:示例某甲');
  const facts = relatedBy([
    { code: '91C', kind: 'common', holder: '91A', chains },
    { code: '91D', kind: 'controls', holder: null, chains: [['91D', '91E', '91B'], ['91D']] },
    { code: '91F', kind: 'controlled', holder: null, chains: [['91B'], ['91B', '91F']] },
    {
      code: '91G',
      kind: 'common',
      holder: man,
      chains: [
        [man, '91B'],
        [man, '91G'],
      ],
    },
  ]);
  expect(facts.relatedApplicants).toEqual([
    { code: '91C', tie: say('同受91A控制：91A→91B，91A→91C', 'both controlled by 91A: 91A → 91B, 91A → 91C') },
    { code: '91D', tie: say('控制本机构：91D→91E→91B', 'controls the institution: 91D → 91E → 91B') },
    { code: '91F', tie: say('受本机构控制：91B→91F', 'controlled by the institution: 91B → 91F') },
  ]);
  expect(facts.sameNames).toEqual([
    { code: '91G', tie: say('法定代表人或出资人同名', 'same name of legal representative or owner') },
  ]);
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
    const said = unfit.ok ? '' : (unfit.refusal.params['unmet'] as Wording).zh;
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
