import { done } from '../support/client';
import { anEvaluation } from '../support/line-builders';
import { sampleDraft } from '../support/play-policy';
import { aReadyInstitution } from '../support/register-builders';
import { wholeService, type Whole } from '../support/whole-service';

let whole: Whole;
beforeAll(async () => {
  whole = await wholeService();
});
afterAll(() => whole.close());

const rule = (id: string, value: unknown, more: object = {}) => ({
  rule: id,
  value,
  number: '示例规〔2026〕1号',
  citation: '示例规〔2026〕1号第一条',
  certainty: 'provincial',
  effect: 'refuse',
  effectiveFrom: '2030-01-01',
  ...more,
});

test('a draft judges the lots of a period: who turns, each way, and by which rule; nothing is recorded', async () => {
  const { bureau } = whole;
  const institution = await aReadyInstitution(whole);
  const { id: evaluationId, lotId } = await anEvaluation(whole, institution, { state: 'team-named' });
  const day = whole.today();
  const replay = async (rules: object[], without: string[] = []) => {
    const { id } = await done(bureau.post('/policy/drafts', { ...sampleDraft, rules, without }), 201);
    const { items } = await done(bureau.get(`/policy/profiles/${id}/replay?from=${day}&to=${day}`));
    return items.find((i: { lotId: string }) => i.lotId === lotId);
  };
  const same = await replay([]);
  expect(same).toMatchObject({ judged: { candidates: 1, assignments: 1, teams: 1 }, turns: [] });

  const stricter = await replay([rule('team.size', 6)]);
  expect(stricter.turns).toEqual([
    expect.objectContaining({
      kind: 'team',
      ref: evaluationId,
      institutionId: institution.id,
      profile: 'national-2024/1',
      day,
      passedThen: true,
      passesNow: false,
      by: [expect.objectContaining({ rule: 'team.size', then: expect.objectContaining({ met: true }) as unknown })],
    }),
  ]);

  // Six confirmed seniors: the floor of fifteen failed then; a floor of six would let that rule pass.
  const lighter = await replay([rule('staff.floor', 6)]);
  const candidate = lighter.turns.find((t: { kind: string }) => t.kind === 'candidate');
  expect(candidate.by.map((b: { rule: string }) => b.rule)).toEqual(['staff.floor']);
  expect(candidate).toMatchObject({ passedThen: false, ref: null });
  const seven = await replay([rule('staff.floor', 7)]);
  expect(seven.turns).toEqual([]);

  const entries = (await whole.audit()).length;
  const zhejiang = await done(bureau.get(`/policy/profiles/zhejiang-2022%2F1/replay?from=${day}&to=${day}`));
  const there = zhejiang.items[0].turns.find((t: { kind: string }) => t.kind === 'candidate');
  expect(there.by.map((b: { rule: string }) => b.rule)).toEqual(expect.arrayContaining(['staff.floor']));
  expect(await whole.audit()).toHaveLength(entries);
  const reversed = await bureau.get(`/policy/profiles/x/replay?from=${day}&to=2020-01-01`);
  expect(reversed.status).toBe(422);
  const blank = await bureau.get(`/policy/profiles/zhejiang-2022%2F1/replay`);
  expect(blank.body.errors.map((e: { pointer: string }) => e.pointer)).toEqual(['/from', '/to']);
  expect((await bureau.get(`/policy/profiles/none/replay?from=${day}&to=${day}`)).status).toBe(404);
  expect((await done(bureau.get(`/lots/${lotId}`))).state).toBe('under-way');
});
