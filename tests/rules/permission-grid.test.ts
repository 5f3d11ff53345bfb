import { administrators, mayRole, permissions, roles, type Role } from '../../src/modules/identity/permissions';

// Written from the duties of architecture.md 3, by role and in words, so that it is not the table turned round.
const reading = [
  'register.read',
  'mine.read',
  'pool.read',
  'lot.read',
  'evaluation.read',
  'file.read',
  'pledge.read',
  'bar.read',
  'dashboard.read',
  'fact.read',
];

/** What every post may use: the tree of authorities is no secret, everybody may owe something and have colleagues. */
const everybody = ['authority.read', 'deadline.read', 'colleague.read'];
const working: Role[] = ['bureau', 'bureau-lead', 'inspector', 'partner', 'intake', 'institution'];

const duties: Record<Role, { is: string; uses: string[] }> = {
  bureau: {
    is: 'keeps the registers, runs lots, accepts reports, prepares cases; decides nothing against anybody',
    uses: [
      ...reading,
      'institution.readiness',
      'institution-change.read',
      'calendar.load',
      'policy.draft',
      'policy.withdraw',
      'policy.replay',
      'policy.drafts',
      'notice.read',
      'notice.serve',
      'consent.read',
      'consent.record',
      'organisation.register',
      'organisation.amend',
      'institution.register',
      'institution.amend',
      'expert.register',
      'expert.amend',
      'expert.document',
      'expert.judge-doubt',
      'expert.merge',
      'merge.read',
      'expert.naming',
      'employment.record',
      'employment.sheet',
      'employment.confirm',
      'employment.end',
      'employment.void',
      'employment.object',
      'employment.judge-objection',
      'correction.read',
      'correction.decide',
      'mine.register',
      'mine.amend',
      'mine.import',
      'mine.proposals',
      'import.use',
      'pool.apply',
      'pool.propose',
      'pool.withdraw',
      'lot.open',
      'lot.publish',
      'lot.close',
      'assignment.offer',
      'engagement.make',
      'engagement.end',
      'evaluation.accept',
      'file.store',
      'payment.record',
      'payment.read',
      'case.review',
      'case.propose',
      'case.serve',
      'case.read',
      'screening.person',
    ],
  },
  'bureau-lead': {
    is: 'confirms: admission, decisions, release and resumption of frozen work, publicity',
    uses: [
      'policy.adopt',
      'policy.withdraw',
      'policy.replay',
      'policy.drafts',
      ...reading,
      'notice.read',
      'consent.read',
      'mine.proposals',
      'institution.readiness',
      'institution-change.read',
      'expert.confirm-merge',
      'merge.read',
      'expert.naming',
      'employment.judge-objection',
      'correction.read',
      'pool.decide',
      'work.oversee',
      'hand-over.sign-for',
      'lot.cancel',
      'assignment.release',
      'assignment.resume',
      'evaluation.void',
      'evaluation.resume',
      'file.store',
      'payment.read',
      'finding.read',
      'case.decide',
      'case.remedy',
      'case.publicise',
      'case.read',
      'screening.person',
    ],
  },
  partner: {
    is: 'another department: reads, screens persons, hands in papers',
    uses: [...reading, 'institution.readiness', 'institution-change.read', 'file.store', 'screening.person'],
  },
  inspector: {
    is: 'investigates and serves; sees findings',
    uses: [
      ...reading,
      'notice.read',
      'notice.serve',
      'consent.read',
      'consent.record',
      'mine.proposals',
      'institution.readiness',
      'institution-change.read',
      'file.store',
      'payment.read',
      'finding.read',
      'case.investigate',
      'case.serve',
      'case.read',
      'screening.person',
    ],
  },
  intake: { is: 'takes tips, which have commands of their own', uses: [] },
  institution: {
    is: 'clerk of an assessor: its own file, people, offers, evaluations and pledges',
    uses: [
      ...reading.filter((p) => p !== 'bar.read' && p !== 'dashboard.read'),
      'institution.readiness',
      'institution.report',
      'institution-change.read',
      'expert.register',
      'employment.record',
      'employment.sheet',
      'employment.end',
      'import.use',
      'pool.apply',
      'pool.withdraw',
      'assignment.answer',
      'evaluation.team',
      'evaluation.work',
      'evaluation.report',
      'file.store',
      'pledge.prepare',
      'pledge.sign',
      'certificate.request',
    ],
  },
  'seal-keeper': {
    is: 'applies the seal; sees what is to be sealed, nothing of registers, lots and staff',
    uses: ['file.read', 'pledge.read', 'pledge.sign', 'certificate.request'],
  },
  expert: {
    is: 'a person on teams: confirms employments, reads own work',
    uses: [
      'mine.read',
      'register.read',
      'evaluation.read',
      'file.read',
      'file.store',
      'pledge.read',
      'employment.confirm',
      'employment.object',
      'expert.own',
      'correction.read',
    ],
  },
  mine: {
    is: 'an operator: sees its own mines, proposes their contacts, hands in papers',
    uses: ['file.store', 'mine.read', 'mine.propose', 'mine.proposals', 'fact.read'],
  },
  auditor: {
    is: 'reads the log and the records, changes nothing',
    uses: [
      ...reading,
      'merge.read',
      'correction.read',
      'institution.readiness',
      'institution-change.read',
      'audit.read',
      'account.read',
      'payment.read',
    ],
  },
  'security-admin': {
    is: 'accounts and posts with their letters, nothing of the trade',
    uses: [
      'authority.set',
      'authority.register',
      'authority.amend',
      'authority.end',
      'account.create',
      'account.disable',
      'account.reset',
      'account.sign-in-policy',
      'account.read',
      'post.grant',
      'post.end',
      'post.renew',
      'post.require-letters',
      'api-key.revoke-any',
      'log-key.manage',
      'file.read',
      'file.store',
    ],
  },
  'system-admin': {
    is: 'runs the machine, has no command of the trade; sends again what did not go out',
    uses: ['notice.read', 'operation.read', 'dead-letter.read', 'dead-letter.resend'],
  },
};

const names = Object.keys(permissions).sort();

test.each(roles)('%s has exactly its duties', (role) => {
  expect(names.filter((p) => mayRole(role, p))).toEqual(
    [
      ...new Set([
        ...everybody,
        ...(working.includes(role) ? ['work.read', 'hand-over.use'] : []),
        ...duties[role].uses,
      ]),
    ].sort(),
  );
});

test('no duty names a permission that does not exist, no permission is nobody’s', () => {
  const used = new Set([...everybody, 'work.read', 'hand-over.use', ...Object.values(duties).flatMap((d) => d.uses)]);
  expect([...used].filter((p) => !names.includes(p))).toEqual([]);
  expect(names.filter((p) => !used.has(p))).toEqual([]);
});

test('roles and permissions that do not exist have nothing', () => {
  for (const p of names) {
    expect(mayRole('public', p)).toBe(false);
    expect(mayRole('account', p)).toBe(false);
    expect(mayRole('system', p)).toBe(false);
  }
  for (const role of roles) {
    expect(mayRole(role, 'no-such.thing')).toBe(false);
  }
});

test('the three administrators have no power in common, and none of the trade', () => {
  const reads = (p: string): boolean => /\.(read|readiness)$/.test(p);
  const powers = administrators.map((role) => names.filter((p) => !reads(p) && mayRole(role, p)));
  const all = powers.flat();
  expect(new Set(all).size).toBe(all.length);
  // Of files the scans of letters, by which clerks are authorised.
  expect(all.filter((p) => !/^(authority|account|post|api-key|log-key|dead-letter)\./.test(p))).toEqual(['file.store']);
});

test('nobody both investigates or prepares a case and decides it', () => {
  for (const role of roles) {
    const prepares = ['case.investigate', 'case.propose', 'case.review'].some((p) => mayRole(role, p));
    expect(prepares && mayRole(role, 'case.decide')).toBe(false);
  }
});
