import { say } from '../../src/kernel/pure/wording';
import type { Outcome } from '../../src/kernel/pure/outcome';
import { moveCase, moveSubject, judgeDismissal, judgeRemedy } from '../../src/modules/cases/cases.rules';
import { caseMoves, settledStates, subjectMoves } from '../../src/modules/cases/cases.states';
import { moveAssignment, moveLot, movePool, resumeAssignment } from '../../src/modules/commissions/commissions.rules';
import { movePoolDecision } from '../../src/modules/commissions/pool.rules';
import {
  assignmentMoves,
  holding,
  lotMoves,
  poolDecisionMoves,
  poolMoves,
} from '../../src/modules/commissions/commissions.states';
import {
  judgeNaming,
  moveEvaluation,
  resumeEvaluation,
  standingIn,
} from '../../src/modules/evaluations/evaluations.rules';
import {
  evaluationMoves,
  evidenceMayGrow,
  openStates,
  teamMayChange,
} from '../../src/modules/evaluations/evaluations.states';
import { moveCorrection } from '../../src/modules/experts/corrections.rules';
import { correctionMoves } from '../../src/modules/experts/corrections.states';
import { moveDoubt } from '../../src/modules/experts/doubts.rules';
import { doubtMoves } from '../../src/modules/experts/doubts.states';
import { moveMerge } from '../../src/modules/experts/merging.rules';
import { mergeMoves } from '../../src/modules/experts/merging.states';
import { moveObjection } from '../../src/modules/experts/objections.rules';
import { objectionMoves } from '../../src/modules/experts/objections.states';
import { moveChange } from '../../src/modules/institutions/changes/changes.rules';
import { changeMoves, owing } from '../../src/modules/institutions/changes/changes.states';
import { judgeStanding, judgeWithdrawal, moveProfile } from '../../src/modules/policy/profiles/profiles.rules';
import { profileMoves } from '../../src/modules/policy/profiles/profiles.states';
import { legalDate } from '../../src/kernel/pure/time';
import { moveProposal } from '../../src/modules/mines/contacts.rules';
import { proposalMoves } from '../../src/modules/mines/contacts.states';

// Every machine's expected moves are written here from architecture.md 4, by hand; nothing of src is read for them.

type Grid = Readonly<Record<string, readonly string[]>>;
type Mover = (from: never, to: never) => Outcome<string>;

/** State × target: succeeds exactly for the moves of the grid, lands in the named state, final states stay final. */
function walks(name: string, grid: Grid, move: Mover, refusals: readonly string[]): void {
  const states = Object.keys(grid);
  describe(name, () => {
    for (const from of states) {
      for (const to of states) {
        const may = grid[from]!.includes(to);
        test(`${from} → ${to}: ${may ? 'yes' : 'no'}`, () => {
          const outcome = move(from as never, to as never);
          if (may) expect(outcome).toEqual({ ok: true, value: to });
          else
            expect(outcome).toMatchObject({ ok: false, refusal: { code: expect.stringMatching(refusals.join('|')) } });
        });
      }
    }
  });
}

describe('pool entry', () => {
  // applied → admitted | refused; → withdrawn
  const grid = { applied: ['admitted', 'refused', 'withdrawn'], admitted: ['withdrawn'], refused: [], withdrawn: [] };
  walks('moves', grid, movePool, ['pool-entry.wrong-state']);
  test('has no other state', () => expect(Object.keys(poolMoves).sort()).toEqual(Object.keys(grid).sort()));
});

describe('decision on a pool entry', () => {
  // proposed → decided | returned | superseded by a later proposal
  const grid = { proposed: ['decided', 'returned', 'superseded'], decided: [], returned: [], superseded: [] };
  walks('moves', grid, movePoolDecision, ['pool-entry.not-proposed']);
  test('has no other state', () => expect(Object.keys(poolDecisionMoves).sort()).toEqual(Object.keys(grid).sort()));
});

describe('lot', () => {
  // drafted → candidates-published → drawn → under-way → closed; direct: candidates-published → under-way; before the
  // first contributor's commit also → cancelled
  const grid = {
    drafted: ['candidates-published', 'cancelled'],
    'candidates-published': ['drawn', 'under-way', 'cancelled'],
    drawn: ['under-way'],
    'under-way': ['closed'],
    closed: [],
    cancelled: [],
  };
  walks('moves', grid, moveLot, ['lot.wrong-state']);
  test('has no other state', () => expect(Object.keys(lotMoves).sort()).toEqual(Object.keys(grid).sort()));
});

describe('assignment', () => {
  // offered → taken-up | declined | lapsed; taken-up → fulfilled; offered/taken-up → frozen → (resumed) the state before
  // | released. Read so that offered and taken-up, too, may be released.
  const grid = {
    offered: ['taken-up', 'declined', 'lapsed', 'frozen', 'released'],
    'taken-up': ['fulfilled', 'frozen', 'released'],
    frozen: ['released'],
    declined: [],
    lapsed: [],
    released: [],
    fulfilled: [],
  };
  walks('moves', grid, moveAssignment, ['assignment.wrong-state']);
  test('has no other state', () => expect(Object.keys(assignmentMoves).sort()).toEqual(Object.keys(grid).sort()));

  describe('event resumed', () => {
    for (const state of Object.keys(grid)) {
      for (const stateBefore of [...Object.keys(grid), null]) {
        const may = state === 'frozen' && (stateBefore === 'offered' || stateBefore === 'taken-up');
        test(`${state} with ${stateBefore} before: ${may ? 'goes back' : 'no'}`, () => {
          const outcome = resumeAssignment({ state, stateBefore } as never);
          if (may) expect(outcome).toEqual({ ok: true, value: stateBefore });
          else expect(outcome).toMatchObject({ ok: false, refusal: { code: 'assignment.wrong-state' } });
        });
      }
    }
  });

  test('holds its mines until it is declined, lapsed or released', () => {
    expect([...holding].sort()).toEqual(['frozen', 'fulfilled', 'offered', 'taken-up']);
  });
});

describe('profile of rules', () => {
  // draft → adopted | withdrawn
  const grid = { draft: ['adopted', 'withdrawn'], adopted: [], withdrawn: [] };
  const day = legalDate('2026-03-02');
  const of = (state: string) => ({
    effectiveFrom: state === 'adopted' ? day : null,
    withdrawnOn: state === 'withdrawn' ? day : null,
  });
  walks('moves', grid, (from, to) => moveProfile(of(from), to), ['policy.already-adopted', 'policy.draft-withdrawn']);
  test('has no other state', () => expect(Object.keys(profileMoves).sort()).toEqual(Object.keys(grid).sort()));

  test.each([
    [true, false, true],
    [false, true, true],
    [true, true, true],
    [false, false, false],
  ])('drafter %s, may adopt %s: withdraws %s', (isDrafter, mayAdopt, may) => {
    for (const state of Object.keys(grid)) {
      const outcome = judgeWithdrawal(of(state), { isDrafter, mayAdopt });
      expect(outcome.ok).toBe(may && state === 'draft');
      if (state === 'draft' && !may) expect(outcome).toMatchObject({ refusal: { code: 'policy.drafter-only' } });
      expect(judgeStanding(of(state)).ok).toBe(state !== 'withdrawn');
    }
  });
});

describe('request for correction', () => {
  // open → granted | refused | withdrawn
  const grid = { open: ['granted', 'refused', 'withdrawn'], granted: [], refused: [], withdrawn: [] };
  walks('moves', grid, moveCorrection, ['correction.wrong-state']);
  test('has no other state', () => expect(Object.keys(correctionMoves).sort()).toEqual(Object.keys(grid).sort()));
});

describe('evaluation', () => {
  const open = ['assigned', 'team-named', 'desk-reviewed', 'on-site', 'reported', 'returned'];
  // assigned → team-named → desk-reviewed → on-site → reported → accepted | returned (→ reported) | rejected; open
  // states → frozen → (resumed) the state before | voided. Read so that open states, too, may be voided.
  const grid = {
    assigned: ['team-named', 'frozen', 'voided'],
    'team-named': ['desk-reviewed', 'frozen', 'voided'],
    'desk-reviewed': ['on-site', 'frozen', 'voided'],
    'on-site': ['reported', 'frozen', 'voided'],
    reported: ['accepted', 'returned', 'rejected', 'frozen', 'voided'],
    returned: ['reported', 'frozen', 'voided'],
    frozen: ['voided'],
    accepted: [],
    rejected: [],
    voided: [],
  };
  const states = Object.keys(grid);

  for (const freezeReason of ['institution-bar', 'person-bar', null] as const) {
    const move = (state: never, to: never) => moveEvaluation({ state, freezeReason }, to, say('示例'));
    walks(`moves (frozen for ${freezeReason})`, grid, move, ['evaluation.wrong-state', 'evaluation.frozen']);
  }
  test('has no other state', () => expect(Object.keys(evaluationMoves).sort()).toEqual([...states].sort()));
  test('freezes from every open state and from no other', () =>
    expect([...openStates].sort()).toEqual([...open].sort()));

  test('frozen says so in its own words, whatever is asked of it', () => {
    for (const wanted of states.filter((s) => s !== 'voided')) {
      const frozen = { state: 'frozen', freezeReason: 'person-bar' } as const;
      expect(moveEvaluation(frozen, wanted as never, say('采信', 'accept'))).toEqual({
        ok: false,
        refusal: {
          code: 'evaluation.frozen',
          params: { reason: say('评估组成员不再采信', 'a member of the team is barred'), act: say('采信', 'accept') },
        },
      });
    }
  });

  describe('event resumed', () => {
    for (const state of states) {
      for (const stateBefore of [...states, null]) {
        const may = state === 'frozen' && stateBefore !== null && open.includes(stateBefore);
        test(`${state} with ${stateBefore} before: ${may ? 'goes back' : 'no'}`, () => {
          const outcome = resumeEvaluation({ state, stateBefore, freezeReason: 'institution-bar' } as never);
          if (may) expect(outcome).toEqual({ ok: true, value: stateBefore });
          else expect(outcome).toMatchObject({ ok: false, refusal: { code: 'evaluation.wrong-state' } });
        });
      }
    }
  });

  describe('papers', () => {
    for (const state of states) {
      const may = state === 'on-site' || state === 'returned';
      test(`${state}: ${may ? 'are taken' : 'are not'}`, () => {
        expect(standingIn({ state, freezeReason: null } as never, evidenceMayGrow, say('提交材料')).ok).toBe(may);
      });
    }
  });

  describe('naming a team', () => {
    const named = {
      assigned: 'team-named',
      'team-named': 'team-named',
      'desk-reviewed': 'desk-reviewed',
      'on-site': 'on-site',
      returned: 'returned',
    };
    const thawed = { ...named, reported: 'returned' };

    for (const state of states.filter((s) => s !== 'frozen')) {
      const next = (named as Record<string, string>)[state];
      test(`${state}: ${next ?? 'no'}`, () => {
        const outcome = judgeNaming({ state, stateBefore: null, freezeReason: null } as never);
        expect(teamMayChange.includes(state as never)).toBe(next !== undefined);
        if (next) expect(outcome).toEqual({ ok: true, value: { state: next, stateBefore: null, freezeReason: null } });
        else expect(outcome).toMatchObject({ ok: false, refusal: { code: 'evaluation.wrong-state' } });
      });
    }

    test.each(Object.entries(thawed))('frozen for a member in %s: goes on as %s', (stateBefore, state) => {
      const outcome = judgeNaming({ state: 'frozen', stateBefore, freezeReason: 'person-bar' } as never);
      expect(outcome).toEqual({ ok: true, value: { state, stateBefore: null, freezeReason: null } });
    });

    test.each(Object.entries(thawed))(
      'frozen for the institution in %s: stays frozen before %s',
      (stateBefore, later) => {
        const outcome = judgeNaming({ state: 'frozen', stateBefore, freezeReason: 'institution-bar' } as never);
        expect(outcome).toEqual({
          ok: true,
          value: { state: 'frozen', stateBefore: later, freezeReason: 'institution-bar' },
        });
      },
    );

    test('frozen without a state before: no', () => {
      const outcome = judgeNaming({ state: 'frozen', stateBefore: null, freezeReason: 'person-bar' });
      expect(outcome).toMatchObject({ ok: false, refusal: { code: 'evaluation.frozen' } });
    });
  });
});

describe('case', () => {
  // lead → opened → investigating → closed; exits dismissed, transferred
  const grid = {
    lead: ['opened', 'dismissed', 'transferred'],
    opened: ['investigating', 'dismissed', 'transferred'],
    investigating: ['closed', 'dismissed', 'transferred'],
    closed: [],
    dismissed: [],
    transferred: [],
  };
  walks('moves', grid, moveCase, ['case.wrong-state']);
  test('has no other state', () => expect(Object.keys(caseMoves).sort()).toEqual(Object.keys(grid).sort()));
});

describe('case subject', () => {
  // notified → heard | waived | defence-lapsed → reviewed → decided → served → in-force; then annulled | changed. The bar
  // stands from service on, so a remedy may come before the decision is in force.
  const grid = {
    notified: ['heard', 'waived', 'defence-lapsed'],
    heard: ['reviewed'],
    waived: ['reviewed'],
    'defence-lapsed': ['reviewed'],
    reviewed: ['decided'],
    decided: ['served'],
    served: ['in-force', 'annulled', 'changed'],
    'in-force': ['annulled', 'changed'],
    annulled: [],
    changed: [],
  };
  const states = Object.keys(grid);
  walks('moves', grid, moveSubject, ['case.wrong-subject-state']);
  test('has no other state', () => expect(Object.keys(subjectMoves).sort()).toEqual([...states].sort()));

  describe.each([
    ['stayed', ['served', 'in-force', 'changed']],
    ['publicised', ['served', 'in-force', 'changed']],
    ['annulled', ['served', 'in-force']],
    ['changed', ['served', 'in-force']],
  ] as const)('act %s', (act, from) => {
    test.each(states)('on %s', (state) => {
      const outcome = judgeRemedy(state as never, act);
      const ends = act === 'annulled' || act === 'changed';
      if ((from as readonly string[]).includes(state)) expect(outcome).toEqual({ ok: true, value: ends ? act : state });
      else expect(outcome).toMatchObject({ ok: false, refusal: { code: 'case.wrong-subject-state' } });
    });
  });

  test.each(states)('%s: may the case be closed, may it be dropped?', (state) => {
    expect(settledStates.includes(state as never)).toBe(['in-force', 'annulled', 'changed'].includes(state));
    const dropped = judgeDismissal([{ id: 's1', state: state as never }]);
    expect(dropped.ok).toBe(!['decided', 'served', 'in-force', 'changed'].includes(state));
  });

  test('a case without subjects may be dropped; the one decided against is named', () => {
    expect(judgeDismissal([]).ok).toBe(true);
    const mixed = [
      { id: 's1', state: 'heard' },
      { id: 's2', state: 'served' },
    ] as const;
    expect(judgeDismissal(mixed)).toMatchObject({
      refusal: { code: 'case.decision-stands', params: { subjects: 's2' } },
    });
  });
});

describe('proposal of contacts by an operator', () => {
  // proposed → accepted | returned | withdrawn, each for good: another wish is another proposal
  const grid = { proposed: ['accepted', 'returned', 'withdrawn'], accepted: [], returned: [], withdrawn: [] };
  walks('moves', grid, moveProposal, ['mine.proposal-decided']);
  test('has no other state', () => expect(Object.keys(proposalMoves).sort()).toEqual(Object.keys(grid).sort()));
});

describe('change that must be reported', () => {
  // open (learned from elsewhere) → reported | dropped; reported → confirmed | returned; returned → reported | dropped
  const grid = {
    open: ['reported', 'dropped'],
    reported: ['confirmed', 'returned'],
    returned: ['reported', 'dropped'],
    confirmed: [],
    dropped: [],
  };
  walks('moves', grid, moveChange, ['change.wrong-state']);
  test('has no other state', () => expect(Object.keys(changeMoves).sort()).toEqual(Object.keys(grid).sort()));
  test('a report is owed until it is made, and again when it is returned', () =>
    expect([...owing].sort()).toEqual(['open', 'returned']));
});

describe('objection to an employment', () => {
  const grid = { open: ['upheld', 'dismissed', 'withdrawn'], upheld: [], dismissed: [], withdrawn: [] };
  walks('moves', grid, moveObjection, ['objection.wrong-state']);
  test('has no other state', () => expect(Object.keys(objectionMoves).sort()).toEqual(Object.keys(grid).sort()));
});

describe('likeness of two persons', () => {
  const grid = { open: ['different', 'same'], different: [], same: [] };
  walks('moves', grid, moveDoubt, ['doubt.wrong-state']);
  test('has no other state', () => expect(Object.keys(doubtMoves).sort()).toEqual(Object.keys(grid).sort()));
});

describe('merge of two registrations', () => {
  const ended = { refused: [], withdrawn: [], undone: [] };
  const grid = { proposed: ['confirmed', 'refused', 'withdrawn'], confirmed: ['undone'], ...ended };
  walks('moves', grid, moveMerge, ['merge.wrong-state']);
  test('has no other state', () => expect(Object.keys(mergeMoves).sort()).toEqual(Object.keys(grid).sort()));
});
