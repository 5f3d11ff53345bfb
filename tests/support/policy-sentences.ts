/** Where a sentence of the domain page that states a rule is kept, or why none is. */
export interface SentenceRow {
  section: '1.2' | '9';
  quote: string;
  /** Ids of rule objects. */
  rules?: readonly string[];
  /** A file and what of it keeps the sentence, where that is no rule of a profile. */
  code?: readonly [file: string, what: string];
  /** It states no rule that a program could judge, because… */
  none?: string;
  /** Not kept yet: the subject that it belongs to. */
  later?: string;
  /** Files and titles of boundary tests. */
  tests?: readonly (readonly [file: string, title: string])[];
}

export const sentences: readonly SentenceRow[] = [
  {
    section: '1.2',
    quote:
      'Institution: enterprise/public institution/industry association, independent legal person, with experience and ability, able to work stably long-term.',
    rules: ['institution.kind', 'institution.legal-person', 'institution.experience', 'institution.stable-work'],
    tests: [
      ['tests/rules/readiness.test.ts', 'kind of body'],
      ['tests/rules/readiness.test.ts', 'evidence'],
    ],
  },
  {
    section: '1.2',
    quote: 'Office conditions, sound management rules.',
    rules: ['institution.office', 'institution.management-rules'],
    tests: [['tests/rules/readiness.test.ts', 'evidence']],
  },
  {
    section: '1.2',
    quote:
      'Staff: **not fewer than 15 relevant professional technicians, of whom senior titles not less than 30 %**, covering the five fields.',
    rules: ['staff.floor', 'staff.senior-share', 'staff.specialties'],
    tests: [
      ['tests/rules/readiness.test.ts', 'staff floor'],
      ['tests/rules/readiness.test.ts', 'senior share, a ratio that is never rounded'],
      ['tests/rules/readiness.test.ts', 'five fields'],
    ],
  },
  {
    section: '1.2',
    quote: '(15 staff means at least 5 senior: 30 % of 15 = 4.5, so compare as a ratio, never round down.) [inference]',
    rules: ['staff.senior-share'],
    tests: [['tests/rules/readiness.test.ts', 'senior share, a ratio that is never rounded']],
  },
  {
    section: '1.2',
    quote:
      'Commissioned by the provincial bureau together with ecology and others in the form of government-purchased service (政府购买服务);',
    none: 'how the authority buys is recorded at the lot (purchase.method); the service refuses no other lawful method',
  },
  {
    section: '1.2',
    quote: 'rights and duties in a contract or agreement.',
    none: 'the contract number stands at the lot; its content is the parties’',
  },
  {
    section: '1.2',
    quote: 'Independence: independent of the mine to be assessed;',
    rules: ['conflict.operator'],
    tests: [
      [
        'tests/rules/teams-and-offers.test.ts',
        'to the operator of one of the mines, present or within the years asked about',
      ],
    ],
  },
  {
    section: '1.2',
    quote: "**must not take part in that mine's self-assessment**.",
    code: ['src/modules/commissions/commissions.contract.ts', 'noSelfAssessment'],
    tests: [
      [
        'tests/rules/policy-sentences.test.ts',
        'an assignment is not taken up without the statement on self-assessment',
      ],
    ],
  },
  {
    section: '1.2',
    quote: 'Money: no fee from the mine **in any form**, no improper gain from the assessment.',
    rules: ['fee.mine-payer'],
    tests: [
      [
        'tests/rules/teams-and-offers.test.ts',
        'by an operator is refused with its mines and the ban in words, also where the payer is a public body',
      ],
    ],
  },
  {
    section: '1.2',
    quote: 'Wider than the body\'s "assessment fee".',
    none: 'explains the sentence before',
  },
  {
    section: '1.2',
    quote: 'Basis: nine industry standards (《非金属矿行业绿色矿山建设规范》等9项) and the indicators.',
    later: 'indicator sets and standards',
  },
  {
    section: '1.2',
    quote:
      'Register: the province enters its assessment institutions and **the pairing institution–mine** in the national directory system (greenmine.mnr.gov.cn).',
    later: 'export to the national directory',
  },
  {
    section: '1.2',
    quote: 'Team: **at least 5 members, all with medium title or above, at least 2 senior;',
    rules: ['team.size', 'team.titles', 'team.senior'],
    tests: [
      ['tests/rules/teams-and-offers.test.ts', 'of %i'],
      ['tests/rules/teams-and-offers.test.ts', 'with titles %j: unmet %j'],
    ],
  },
  {
    section: '1.2',
    quote: 'leader is a full-time employee of the institution with assessment experience**;',
    rules: ['team.leader-full-time', 'team.leader-experience', 'staff.leader-candidates'],
    tests: [
      ['tests/rules/teams-and-offers.test.ts', 'led by somebody %s: unmet %j'],
      ['tests/rules/readiness.test.ts', 'leader candidates'],
    ],
  },
  {
    section: '1.2',
    quote: 'fields "should preferably" (宜) cover the five.',
    rules: ['team.specialties'],
    tests: [['tests/rules/teams-and-offers.test.ts', 'that lacks fields is told so and may go on: 宜 advises']],
  },
  {
    section: '1.2',
    quote: 'So five-field cover is a hard rule for the institution and a soft one for the team.',
    rules: ['staff.specialties', 'team.specialties'],
    tests: [
      ['tests/rules/readiness.test.ts', 'five fields'],
      ['tests/rules/teams-and-offers.test.ts', 'that lacks fields is told so and may go on: 宜 advises'],
    ],
  },
  {
    section: '1.2',
    quote: 'Steps: (1) fix the third party;',
    none: 'order of work: states of the lot and of the evaluation, no threshold',
  },
  {
    section: '1.2',
    quote:
      '(2) desk review (内业评估): check preconditions, ask the mine to complete missing papers, decide focus, tell the mine the date;',
    none: 'order of work: the evaluation records the desk review',
  },
  {
    section: '1.2',
    quote:
      '(3) on site: meeting, leader explains aim and plan and **reads out the pledge letter (承诺书, form attached)**, mine reports, questions;',
    none: 'order of work: the evaluation records the days on site, the pledge is signed',
  },
  {
    section: '1.2',
    quote: 'then item-by-item inspection of production, office and living areas, records, interviews.',
    none: 'order of work: what is inspected is the assessor’s report',
  },
  {
    section: '1.2',
    quote: 'Later steps not readable.',
    none: 'says what could not be read',
  },
  {
    section: '9',
    quote: '**Licensed certificates.** Electronic certification for government use needs a licensed body;',
    none: 'a duty of who runs the service, see the README of signing',
  },
  {
    section: '9',
    quote: 'unlicensed service is fined (商用密码管理条例 30, 50, 57 LAW).',
    none: 'the sanction of the sentence before',
  },
  {
    section: '9',
    quote: 'A self-made authority is for demonstration and tests only.',
    none: 'a duty of who runs the service, see the README of signing',
  },
  {
    section: '9',
    quote:
      '**Purchase, not qualification.** Supplier directories and pools as a condition of entry are what purchase reform clears away (财库〔2019〕38号, 财办库〔2021〕14号 [reprint]);',
    rules: ['institution.related-applicants'],
    tests: [
      [
        'tests/api/policy-profiles.test.ts',
        'where the rules say so, a body does not enter the register beside its owner',
      ],
    ],
  },
  {
    section: '9',
    quote: 'the draw spreads mines among institutions already under contract and never chooses a supplier.',
    later: 'draws',
  },
  {
    section: '9',
    quote: 'Queries and answers 7 working days, complaint 15, files 15 years (政府采购法 42, 52, 53, 55 LAW).',
    later: 'queries and complaints of purchase, archive',
  },
  {
    section: '9',
    quote: 'A rule that asks for local registration is disputed (公平竞争审查条例 9(3);',
    rules: ['institution.registered-in-province'],
    tests: [
      [
        'tests/rules/qualified-experts.test.ts',
        'Zhejiang asks for one such expert and not for fifteen, and local registration only informs',
      ],
    ],
  },
  {
    section: '9',
    quote: 'review of such rules: 18 LAW): it informs and refuses only after a recorded legal review.',
    code: ['src/modules/policy/core/profile.ts', 'effectOn'],
    tests: [
      [
        'tests/api/policy-profiles.test.ts',
        'draft, adoption by another person from a day on, and the days before keep their rules',
      ],
    ],
  },
  {
    section: '9',
    quote:
      '**Affiliation.** Being controlled by the state in common is not by itself an affiliation (公司法 265(4) LAW).',
    code: ['src/modules/organisations/owners.views.ts', 'ownersAndOwned'],
    tests: [
      [
        'tests/api/policy-profiles.test.ts',
        'where the rules say so, a body does not enter the register beside its owner',
      ],
    ],
  },
  {
    section: '9',
    quote: 'Links need control, a shared representative or manager, or kinship.',
    later: 'relations of bodies and persons',
  },
  {
    section: '9',
    quote: 'An association of which the mine is president, vice-president or council member is in conflict;',
    later: 'relations of bodies and persons',
  },
  {
    section: '9',
    quote: 'dues by charter are disclosed, dues above it are a finding.',
    later: 'relations of bodies and persons',
  },
  {
    section: '9',
    quote: '**Penalty route.** A penalty needs a law, regulation or rule as its basis;',
    later: 'routes of a case',
  },
  {
    section: '9',
    quote: 'without it the decision is void (行政处罚法 16, 38 LAW).',
    later: 'routes of a case',
  },
  {
    section: '9',
    quote: 'Three routes: the purchase contract;',
    later: 'routes of a case',
  },
  {
    section: '9',
    quote: 'a decision under the circular (不再采信决定书);',
    later: 'routes of a case',
  },
  {
    section: '9',
    quote: 'a penalty only with such a basis.',
    later: 'routes of a case',
  },
  {
    section: '9',
    quote: 'The measure is 通报, never 通报批评, which is a penalty by name (9 LAW).',
    later: 'papers of a case',
  },
  {
    section: '9',
    quote:
      '**Per subject.** Own notice, defence, waiver of defence and waiver of hearing (two acts), finding of own conduct, service and clocks;',
    later: 'cases per subject in full',
  },
  {
    section: '9',
    quote: 'being team leader alone is no reason.',
    later: 'cases per subject in full',
  },
  {
    section: '9',
    quote: '**Dates after service.** The decision prints how the term and the remedies count (自送达之日起…);',
    later: 'papers of a case',
  },
  {
    section: '9',
    quote: 'days are computed after each service and sent as a term sheet;',
    later: 'term sheets',
  },
  {
    section: '9',
    quote: 'printed last days before service would be wrong.',
    later: 'papers of a case',
  },
  {
    section: '9',
    quote:
      'Ways of service: direct, left, entrusted, post, electronic with consent, public notice 30 days (民诉法 88–95 LAW), each with proof.',
    code: ['src/modules/cases/cases.rules.ts', 'judgeService'],
    tests: [['tests/rules/case-procedure.test.ts', 'electronic needs the signed consent']],
  },
  {
    section: '9',
    quote:
      'A service entered late is normal: every door passed since is listed for review, nothing is undone by itself.',
    later: 'review of the doors passed since a service',
  },
  {
    section: '9',
    quote: '**Remedies.** The review body of a provincial department is the provincial government;',
    later: 'remedies',
  },
  {
    section: '9',
    quote: 'a decision served online must offer the online channel (复议法 22, 24 LAW);',
    later: 'remedies',
  },
  {
    section: '9',
    quote: 'for joint decisions all authorities are defendants (行诉法 26 LAW).',
    later: 'remedies',
  },
  {
    section: '9',
    quote: '**Heavier result** after a defence only on new facts with a fresh notice and defence (行政处罚法 45 LAW).',
    later: 'heavier result after a defence',
  },
  {
    section: '9',
    quote: '**Publication withdrawn** within 3 working days after reversal (48 LAW);',
    later: 'withdrawal of a publication',
  },
  {
    section: '9',
    quote:
      'a published log leaf cannot be recalled (个保法 47 LAW): so leaves carry commitments, names live in pages and files that can be withdrawn.',
    code: ['src/modules/audit-log/leaf.ts', 'factsCommitment'],
    tests: [['tests/rules/audit-leaf.test.ts', 'commit to path, value and salt']],
  },
  {
    section: '9',
    quote:
      'Natural persons become public only by a recorded publicity decision with impact assessment (个保法 25, 34, 55 LAW);',
    code: ['src/modules/cases/cases.contract.ts', 'impactAssessmentFileId'],
    tests: [['tests/api/line-remedies.test.ts', 'becomes public by a recorded decision only']],
  },
  {
    section: '9',
    quote: 'default off;',
    code: ['src/modules/sanctions/sanctions.service.ts', "subject.kind === 'institution'"],
    tests: [['tests/api/line-remedies.test.ts', 'becomes public by a recorded decision only']],
  },
  {
    section: '9',
    quote: 'authorities see all.',
    none: 'follows from the permission screening.person and the scope of authorities',
  },
  {
    section: '9',
    quote: '**Doors refuse on credit code or identity hash only**;',
    code: ['src/modules/sanctions/sanctions.service.ts', 'checkDoor'],
    tests: [['tests/rules/verdicts.test.ts', 'a door']],
  },
  {
    section: '9',
    quote:
      'a name hit or a rebirth signal means "needs a person", decided with reasons in 10 working days (个保法 24 LAW;',
    rules: ['person.decision-days'],
    tests: [['tests/rules/policy-sentences.test.ts', 'what needs a person is decided in ten working days, by profile']],
  },
  {
    section: '9',
    quote: 'days by profile).',
    rules: ['person.decision-days'],
    tests: [['tests/rules/policy-sentences.test.ts', 'what needs a person is decided in ten working days, by profile']],
  },
  {
    section: '9',
    quote:
      '**Tips.** Named tips get a written notice within 15 days and are never shown to those reported (信访工作条例 22, 30 LAW);',
    later: 'tips and complaints',
  },
  {
    section: '9',
    quote: 'a tip about the authority skips it.',
    later: 'tips and complaints',
  },
  {
    section: '9',
    quote:
      '**Transfer to the police**: report, approval within 3 days, hand-over within 24 hours (国务院令第310号 5 LAW).',
    later: 'transfer to the police',
  },
  {
    section: '9',
    quote:
      '**Identity documents** beside the resident card: residence permits for Hong Kong, Macao and Taiwan residents (81/82/83 [recalled]);',
    code: ['src/modules/experts/core/identity-number.ts', 'judgeIdentity'],
    tests: [['tests/rules/identity-number.test.ts', 'other documents']],
  },
  {
    section: '9',
    quote: 'the permanent-residence card of 2023: 18 digits, first digit 9, same check character [reprint];',
    code: ['src/modules/experts/core/identity-number.ts', 'judgeIdentity'],
    tests: [['tests/rules/identity-number.test.ts', 'other documents']],
  },
  {
    section: '9',
    quote: 'passport.',
    code: ['src/modules/experts/core/identity-number.ts', 'judgeIdentity'],
    tests: [['tests/rules/identity-number.test.ts', 'other documents']],
  },
  {
    section: '9',
    quote:
      '**Kinds of employment**: full-time, retired and re-engaged (退休返聘, no social insurance), part-time or outside.',
    code: ['src/modules/experts/evidence.rules.ts', 'missingEvidence'],
    tests: [['tests/api/registers-employments.test.ts', 'what each kind of employment needs']],
  },
  {
    section: '9',
    quote: 'The floor of staff counts professional staff of every kind with evidence;',
    rules: ['staff.floor'],
    tests: [['tests/rules/readiness.test.ts', 'a person counts once, of whatever kind the employment']],
  },
  {
    section: '9',
    quote: 'only the team leader must be full-time (A1).',
    rules: ['team.leader-full-time'],
    tests: [['tests/rules/teams-and-offers.test.ts', 'led by somebody %s: unmet %j']],
  },
  {
    section: '9',
    quote: 'An employment counts once the person confirms it;',
    code: ['src/modules/experts/employments.views.ts', 'counts'],
    tests: [['tests/api/registers-employments.test.ts', 'it counts once the person confirms it']],
  },
  {
    section: '9',
    quote: 'each person sees every body that names them and may object (个保法 17, 35 LAW).',
    code: ['src/modules/experts/objections.states.ts', 'objectionMoves'],
    tests: [
      [
        'tests/api/registers-objections.test.ts',
        'the employment does not count while the check is open, and cannot be confirmed',
      ],
    ],
  },
  {
    section: '9',
    quote:
      "**First-class public-benefit institutions** fail at the lot when the method is government purchase of services, not in the institution's conditions.",
    rules: ['purchase.first-class-institution'],
    tests: [
      ['tests/api/first-class-institution.test.ts', 'readiness asks nothing of the class'],
      ['tests/rules/teams-and-offers.test.ts', 'to a public institution of class %s, government purchase %s: %s'],
    ],
  },
  {
    section: '9',
    quote: "**The circular's end** is a setting (2029-04-15 if counted from 2024-04-15).",
    code: ['src/modules/policy/profiles.ts', '2029-04-15'],
    tests: [['tests/rules/readiness.test.ts', 'carries an act of %s: %s']],
  },
  {
    section: '9',
    quote: "The act day and the decision day must lie inside the basis's validity;",
    code: ['src/modules/policy/basis.ts', 'requireBasis'],
    tests: [
      ['tests/rules/readiness.test.ts', 'carries an act of %s: %s'],
      ['tests/api/policy-profiles.test.ts', 'a basis that has run out carries no new lot'],
    ],
  },
  {
    section: '9',
    quote: 'a basis that lapses before the bar ends is printed as a remark.',
    later: 'papers of a case',
  },
  {
    section: '9',
    quote: '**Mine secrets**: at hand-over of papers the mine lists what is secret (密点清单);',
    later: 'hand-over of papers',
  },
  {
    section: '9',
    quote: 'views and downloads are per person, watermarked and logged;',
    later: 'hand-over of papers',
  },
  {
    section: '9',
    quote: 'without this the leak ground cannot be proved.',
    none: 'the reason for the two sentences before',
  },
  {
    section: '9',
    quote: '**Archive**: purchase files 15 years;',
    later: 'archive',
  },
  {
    section: '9',
    quote: 'transfer packages by class (档案法 14 LAW);',
    later: 'archive',
  },
  {
    section: '9',
    quote: 'logs at least six months (网络安全法 21).',
    none: 'a duty of who runs the service',
  },
];
