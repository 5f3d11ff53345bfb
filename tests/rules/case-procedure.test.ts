import { say, type Wording } from '../../src/kernel/pure/wording';
import fs from 'node:fs';
import path from 'node:path';
import { addDays, legalDate } from '../../src/kernel/pure/time';
import {
  defenceDays,
  judgeAnswer,
  judgeChange,
  judgeDay,
  judgeDefenceTime,
  judgeLapse,
  judgeOfficer,
  judgeService,
  type Officers,
  type ServiceFacts,
} from '../../src/modules/cases/cases.rules';
import { addWorkingDays, calendarOf, type YearTable } from '../../src/modules/policy/core/working-days';

const d = legalDate;
const yes = { ok: true, value: true };
const no = (code: string, params: Record<string, unknown> = {}) => ({
  ok: false,
  refusal: { code, params: expect.objectContaining(params) as unknown },
});

describe('the day of a step', () => {
  test.each([
    ['2026-11-22', '2026-11-20', yes],
    ['2026-11-23', '2026-11-20', yes],
    ['2026-11-24', '2026-11-20', no('case.day-in-future', { day: '2026-11-24', today: '2026-11-23' })],
    ['2026-11-19', '2026-11-20', no('case.day-order', { day: '2026-11-19', previous: '2026-11-20' })],
    ['2026-11-20', '2026-11-20', yes],
    ['2026-11-21', '2026-11-20', yes],
    ['1999-01-01', null, yes],
  ])('%s after %s', (day, previous, answer) => {
    expect(judgeDay(d(day), previous === null ? null : d(previous), d('2026-11-23'))).toEqual(answer);
  });
});

const table = JSON.parse(
  fs.readFileSync(path.resolve(__dirname, '../../src/modules/policy/calendar/data/2026.json'), 'utf8'),
) as YearTable;
const calendar = calendarOf([{ ...table, revision: 1 }]);
const until = (day: string, provisional = false) => ({ ok: true, value: { until: day, provisional } });

describe('time for the defence', () => {
  test.each([
    // A Thursday; Saturday 28 February works: 27, 28, 2, 3, 4 March are the five.
    ['2026-02-26', '2026-03-03', no('case.defence-too-short', { defenceUntil: '2026-03-03', earliest: '2026-03-04' })],
    ['2026-02-26', '2026-03-04', until('2026-03-04')],
    ['2026-02-26', '2026-03-05', until('2026-03-05')],
    ['2026-02-26', '2026-02-26', no('case.defence-too-short')],
    ['2026-02-26', '2026-02-25', no('case.defence-too-short')],
    // The holiday of nine days does not count: 24 to 28 February.
    ['2026-02-14', '2026-02-27', no('case.defence-too-short')],
    ['2026-02-14', '2026-02-28', until('2026-02-28')],
    // A longer time that ends on a Sunday goes on to Monday.
    ['2026-02-26', '2026-03-08', until('2026-03-09')],
    // No table of 2027: weekends only, and said so.
    ['2026-12-28', '2027-01-03', no('case.defence-too-short', { defenceUntil: '2027-01-03', earliest: '2027-01-04' })],
    ['2026-12-28', '2027-01-04', until('2027-01-04', true)],
  ])('notice served on %s, defence until %s', (notice, last, answer) => {
    expect(judgeDefenceTime(calendar, d(notice), d(last))).toEqual(answer);
  });

  test.each([
    // Sent, the day that the notice names, its working days, delivered, the last day then.
    ['2026-09-21', '2026-09-30', 6, '2026-09-30', '2026-10-14'],
    ['2026-09-21', '2026-09-29', 5, '2026-09-30', '2026-10-13'],
    ['2026-02-26', '2026-03-08', 8, '2026-02-26', '2026-03-09'],
    // Tables may have changed since the notice was judged: five remain.
    ['2026-09-30', '2026-10-08', 5, '2026-09-30', '2026-10-13'],
  ])(
    'sent on %s and until %s, it is %i working days: delivered on %s, until %s',
    (sent, last, days, delivered, due) => {
      expect(defenceDays(calendar, d(sent), d(last))).toBe(days);
      expect(addWorkingDays(calendar, d(delivered), days).day).toBe(due);
    },
  );

  const ending = (day: string) => ({ defenceUntil: d(day), notification: null });
  test.each([
    ['2026-03-02', no('case.defence-running', { defenceUntil: '2026-03-03' })],
    ['2026-03-03', no('case.defence-running', { defenceUntil: '2026-03-03' })],
    ['2026-03-04', yes],
  ])('lapses on %s, the last day being 2026-03-03', (day, answer) => {
    expect(judgeLapse(calendar, d(day), ending('2026-03-03'))).toEqual(answer);
  });

  test.each([
    ['2026-03-09', no('case.defence-running', { defenceUntil: '2026-03-09' })],
    ['2026-03-10', yes],
  ])('lapses on %s, the last day being Sunday 2026-03-08', (day, answer) => {
    expect(judgeLapse(calendar, d(day), ending('2026-03-08'))).toEqual(answer);
  });

  test.each([
    ['heard', '2026-09-20', null, no('case.day-order', { previous: '2026-09-21' })],
    ['heard', '2026-09-21', null, yes],
    ['heard', '2026-09-21', '2026-09-30', yes],
    ['waived', '2026-09-21', null, no('case.notice-not-delivered', { notification: 'n' })],
    ['waived', '2026-09-29', '2026-09-30', no('case.day-order', { previous: '2026-09-30' })],
    ['waived', '2026-09-30', '2026-09-30', yes],
  ] as const)('%s on %s of a notice sent on 2026-09-21 and delivered on %s', (act, day, delivered, answer) => {
    const deliveredOn = delivered === null ? null : d(delivered);
    expect(judgeAnswer(act, d(day), { notification: 'n', sentOn: d('2026-09-21'), deliveredOn })).toEqual(answer);
  });

  test('nothing lapses, on any day, before the notice was delivered', () => {
    const undelivered = { defenceUntil: null, notification: 'n' };
    const refusal = no('case.notice-not-delivered', { notification: 'n' });
    expect(judgeLapse(calendar, d('2036-03-08'), undelivered)).toEqual(refusal);
  });
});

describe('who may act', () => {
  // architecture 3 and 4: investigator and decider differ; a decision takes two people. Who has done `past` may do `act`?
  const pairs: [
    past: string,
    officers: Officers,
    acts: Record<'review' | 'propose' | 'decide', Wording | undefined>,
  ][] = [
    [
      'nothing',
      { investigators: [], reviewers: [], proposers: [] },
      { review: undefined, propose: undefined, decide: undefined },
    ],
    [
      'investigated',
      { investigators: ['b', 'a'], reviewers: [], proposers: [] },
      {
        review: say('调查人员', 'inspector'),
        propose: say('调查人员', 'inspector'),
        decide: say('调查人员', 'inspector'),
      },
    ],
    [
      'reviewed',
      { investigators: ['b'], reviewers: ['a'], proposers: [] },
      { review: undefined, propose: undefined, decide: say('审核人', 'reviewer') },
    ],
    [
      'proposed',
      { investigators: ['b'], reviewers: ['c'], proposers: ['a'] },
      { review: undefined, propose: undefined, decide: say('拟定人', 'proposer') },
    ],
    [
      'investigated and proposed',
      { investigators: ['a'], reviewers: [], proposers: ['a'] },
      {
        review: say('调查人员', 'inspector'),
        propose: say('调查人员', 'inspector'),
        decide: say('调查人员', 'inspector'),
      },
    ],
    [
      'reviewed and proposed',
      { investigators: [], reviewers: ['a'], proposers: ['a'] },
      { review: undefined, propose: undefined, decide: say('拟定人', 'proposer') },
    ],
    [
      'nothing, where others did everything',
      { investigators: ['b'], reviewers: ['c'], proposers: ['d'] },
      { review: undefined, propose: undefined, decide: undefined },
    ],
  ];
  const names = {
    review: say('法制审核', 'the legal review'),
    propose: say('拟定决定', 'proposing the decision'),
    decide: say('作出决定', 'making the decision'),
  } as const;

  describe.each(pairs)('who has %s', (_past, officers, acts) => {
    test.each(['review', 'propose', 'decide'] as const)('%s', (act) => {
      const role = acts[act];
      expect(judgeOfficer(['a'], act, officers)).toEqual(
        role ? no('case.same-officer', { role, act: names[act] }) : yes,
      );
    });
  });
});

describe('a deputy', () => {
  const officers: Officers = { investigators: ['b'], reviewers: ['c'], proposers: ['d', 'e'], deciders: ['f'] };
  const code = (persons: string[], act: 'propose' | 'decide' | 'remedy'): unknown => {
    const outcome = judgeOfficer(persons, act, officers);
    return outcome.ok ? undefined : outcome.refusal.params['role'];
  };
  test.each([
    ['acts for the investigator', ['x', 'b'], 'decide', say('调查人员', 'inspector')],
    ['is the investigator, acting for another', ['b', 'x'], 'propose', say('调查人员', 'inspector')],
    ['acts for the one who proposed', ['x', 'd'], 'decide', say('拟定人', 'proposer')],
    ['acts for the one for whom the deputy proposed', ['x', 'e'], 'decide', say('拟定人', 'proposer')],
    ['acts for the one who decided', ['x', 'f'], 'remedy', say('决定人', 'decider')],
    ['and the represented had no part in it', ['x', 'y'], 'decide', undefined],
  ] as const)('%s', (_name, persons, act, role) => {
    expect(code([...persons], act)).toEqual(role);
  });
});

describe('service', () => {
  const facts = (more: Partial<ServiceFacts> = {}): ServiceFacts => ({
    servedOn: d('2026-11-20'),
    decidedOn: d('2026-11-20'),
    today: d('2026-11-23'),
    manner: 'direct',
    noticePublishedOn: null,
    consent: null,
    ...more,
  });

  test.each([
    ['2026-11-19', no('case.served-before-decided', { servedOn: '2026-11-19', decidedOn: '2026-11-20' })],
    ['2026-11-20', yes],
    ['2026-11-21', yes],
    ['2026-11-22', yes],
    ['2026-11-23', yes],
    ['2026-11-24', no('case.day-in-future', { day: '2026-11-24', today: '2026-11-23' })],
  ])('on %s, decided on 20 November, entered on the 23rd', (servedOn, answer) => {
    expect(judgeService(facts({ servedOn: d(servedOn) }))).toEqual(answer);
  });

  test('that was long ago may still be entered', () => {
    const late = facts({ decidedOn: d('2024-05-06'), servedOn: d('2024-05-08') });
    expect(judgeService(late)).toEqual(yes);
  });

  test.each(['direct', 'left', 'entrusted', 'post'] as const)('%s needs neither consent nor notice', (manner) => {
    expect(judgeService(facts({ manner }))).toEqual(yes);
  });

  test('electronic needs the signed consent', () => {
    expect(judgeService(facts({ manner: 'electronic' }))).toEqual(no('case.no-consent'));
    expect(judgeService(facts({ manner: 'electronic', consent: '' }))).toEqual(no('case.no-consent'));
    expect(judgeService(facts({ manner: 'electronic', consent: '送达地址确认书' }))).toEqual(yes);
  });

  describe('by public notice of 1 October', () => {
    const notice = facts({ manner: 'public-notice', decidedOn: d('2026-09-30'), noticePublishedOn: d('2026-10-01') });

    test.each([
      [29, no('case.notice-too-short', { earliest: '2026-10-31' })],
      [30, yes],
      [31, yes],
    ])('after %i days', (days, answer) => {
      expect(judgeService({ ...notice, servedOn: addDays(d('2026-10-01'), days) })).toEqual(answer);
    });

    test('without the day of the notice', () => {
      expect(judgeService({ ...notice, noticePublishedOn: null })).toEqual(no('case.notice-too-short'));
    });
  });

  test.each([
    ['2026-09-29', no('case.notice-before-decided', { noticePublishedOn: '2026-09-29', decidedOn: '2026-09-30' })],
    ['2026-09-30', yes],
    ['2026-10-01', yes],
  ])('by a public notice of %s, decided on 30 September', (published, answer) => {
    const noticePublishedOn = d(published);
    const decidedOn = d('2026-09-30');
    expect(judgeService(facts({ manner: 'public-notice', decidedOn, noticePublishedOn }))).toEqual(answer);
  });
});

describe('a change of the decision', () => {
  test.each([
    ['2029-11-22', yes],
    ['2029-11-23', yes],
    ['2029-11-24', no('case.heavier', { lastBarredDay: '2029-11-24', present: '2029-11-23' })],
  ])('to %s, the present last day being 2029-11-23', (day, answer) => {
    expect(judgeChange(d(day), d('2029-11-23'))).toEqual(answer);
  });
});
