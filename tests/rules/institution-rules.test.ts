import { anonymous, type Actor } from '../../src/kernel/call';
import { boundTo, judgeEligibility, mayTouch, readableBy } from '../../src/modules/institutions/institutions.rules';

const verdict = (
  uscc: string,
  form: Parameters<typeof judgeEligibility>[1],
  decision: string | null = null,
): string => {
  const judged = judgeEligibility(uscc, form, decision);
  return judged.ok ? 'ok' : judged.refusal.code;
};

describe('who may be registered as an assessor', () => {
  test.each([
    ['an enterprise', '91370000MA3X000106', 'enterprise', 'ok'],
    ['a public institution', '12370000MB2X00012D', 'public-institution', 'ok'],
    ['an industry association', '51410000MJG0000174', 'industry-association', 'ok'],
    ['another social group', '51410000MJG0000174', 'other', 'institution.manual-decision-needed'],
    ['a social group of unknown form', '51410000MJG0000174', undefined, 'institution.manual-decision-needed'],
    ['a private unit', '52330000MJ8700035Y', 'other', 'institution.manual-decision-needed'],
    ['a foundation', '53370000MJD0000623', 'other', 'institution.manual-decision-needed'],
    ['an organ', '11370000MB2X00055X', 'other', 'institution.not-eligible'],
    ['a self-employed person', '92370100MA3X00045T', 'other', 'institution.not-eligible'],
  ] as const)('%s', (_what, uscc, form, expected) => {
    expect(verdict(uscc, form)).toBe(expected);
  });

  test('a decision helps where the circular is silent, not where it says no', () => {
    expect(verdict('52330000MJ8700035Y', 'other', '同意')).toBe('ok');
    expect(verdict('51410000MJG0000174', 'other', '同意')).toBe('ok');
    expect(verdict('11370000MB2X00055X', 'other', '同意')).toBe('institution.not-eligible');
  });
});

describe('whose records an actor may see and touch', () => {
  const actor = (role: string, institutionId: string | null = null): Actor => ({ ...anonymous, role, institutionId });
  test.each([
    ['bureau', null, true, true],
    ['inspector', null, true, true],
    ['institution', 'a', true, true],
    ['institution', 'b', false, false],
    ['institution', null, false, false],
    ['seal-keeper', 'a', true, true],
    ['seal-keeper', 'b', false, false],
    ['expert', null, true, false],
  ] as const)('%s of %s', (role, institutionId, touches, reads) => {
    const who = actor(role, institutionId);
    expect(mayTouch(who, 'a')).toBe(touches);
    const only = readableBy(who);
    expect(only === undefined || only === 'a').toBe(reads);
  });
  test('a clerk without an institution is bound to none that exists', () => {
    expect(boundTo(actor('institution'))).toBe('');
    expect(boundTo(actor('bureau'))).toBeUndefined();
  });
});
