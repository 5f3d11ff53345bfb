import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { legalDate } from '../../src/kernel/pure/time';
import {
  judge,
  resolve,
  ruleKinds,
  scanKinds,
  shippedVersions,
  type ReadinessFacts,
  type StaffFact,
} from '../../src/modules/policy';

const day = legalDate('2026-11-23');
const person = (more: Partial<StaffFact> = {}): StaffFact => ({
  expertId: 'e1',
  kind: 'full-time',
  confirmed: true,
  disputed: false,
  evidenceMissing: [],
  titleLevel: 'deputy-senior',
  titleEvidence: '示例证书',
  specialties: ['geology'],
  specialtyEvidence: { geology: '示例证明' },
  assessmentExperience: '示例经历',
  mineralAdminYears: null,
  civilServant: false,
  birthDay: legalDate('1980-01-01'),
  barred: false,
  ...more,
});
const facts = (staff: readonly StaffFact[]): ReadinessFacts => ({
  day,
  uscc: '91330100799655058B',
  legalForm: 'enterprise',
  legalPersonality: 'legal-person',
  registeredProvince: { byCode: '330000', byAddress: null },
  evidence: {
    legalPersonEvidence: null,
    experience: null,
    office: null,
    managementRules: null,
    training: null,
    stableWork: null,
    manualDecision: null,
  },
  documents: [],
  staff,
  bars: [],
});

const zhejiang = (kinds = ruleKinds) =>
  resolve(
    shippedVersions(kinds).find((v) => v.authority === '330000')!,
    kinds,
    day,
  );
const met = (more: Partial<StaffFact>): boolean =>
  judge('readiness', facts([person(more)]), zhejiang()).find((r) => r.rule === 'staff.qualified-experts')!.met;

test.each([
  ['deputy senior', {}, true],
  ['full senior', { titleLevel: 'full-senior' }, true],
  ['medium', { titleLevel: 'medium' }, false],
  ['senior without a paper', { titleEvidence: null }, false],
  ['medium, five years of mineral administration', { titleLevel: 'medium', mineralAdminYears: 5 }, true],
  ['medium, six years of it', { titleLevel: 'medium', mineralAdminYears: 6 }, true],
  ['medium, four years of it', { titleLevel: 'medium', mineralAdminYears: 4 }, false],
  ['65 on the day', { birthDay: legalDate('1961-11-23') }, true],
  ['a day before the 65th birthday', { birthDay: legalDate('1961-11-24') }, true],
  ['a day past the 65th birthday', { birthDay: legalDate('1961-11-22') }, false],
  ['age unknown', { birthDay: null }, false],
  ['a civil servant', { civilServant: true }, false],
  ['under a bar', { barred: true }, false],
  ['not confirmed', { confirmed: false }, false],
] as [string, Partial<StaffFact>, boolean][])('Zhejiang, one expert who is %s: %s', (_name, more, able) =>
  expect(met(more)).toBe(able),
);

test('Zhejiang asks for one such expert and not for fifteen, and local registration only informs', () => {
  const results = judge('readiness', facts([person()]), zhejiang());
  const of = (rule: string) => results.find((r) => r.rule === rule);
  expect(of('staff.floor')).toBeUndefined();
  expect(of('staff.senior-share')).toBeUndefined();
  expect(of('staff.qualified-experts')).toMatchObject({ met: true, certainty: 'provincial' });
  expect(of('institution.registered-in-province')).toMatchObject({ effect: 'inform', disputed: true });
});

test.each([
  ['91330000MA3X000106', true],
  ['12330000MB2X00012D', true],
  ['51330000MJG0000174', false],
  ['52330000MJ8700035Y', false],
])('Zhejiang names enterprises and public institutions, no associations: %s: %s', (uscc, may) => {
  const kind = (f: ReadinessFacts) => judge('readiness', f, zhejiang()).find((r) => r.rule === 'institution.kind')!;
  const f = { ...facts([person()]), uscc };
  expect(kind(f)).toMatchObject({ met: may, certainty: 'provincial', effect: 'refuse' });
  expect(kind({ ...f, evidence: { ...f.evidence, manualDecision: '示例认定' } }).met).toBe(true);
});

test.each([
  [{ byCode: '330000', byAddress: null }, true],
  [{ byCode: '330000', byAddress: '310000' }, false],
  [{ byCode: '310000', byAddress: '330000' }, true],
  [null, false],
])('registered in Zhejiang by the address, else by the code: %j: %s', (registeredProvince, met) => {
  const results = judge('readiness', { ...facts([person()]), registeredProvince }, zhejiang());
  expect(results.find((r) => r.rule === 'institution.registered-in-province')).toMatchObject({ met, effect: 'inform' });
});

test('a rule file dropped in answers in readiness, and nothing else is edited', () => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'rules-'));
  const core = path.resolve('src/modules/policy/core/rule');
  fs.writeFileSync(
    path.join(directory, 'sample.dropped-in.rule.js'),
    `const { byAnnex1, NATIONAL } = require(${JSON.stringify(core)});
     exports.rule = {
       id: 'sample.dropped-in', order: 1, title: '示例规则', scope: 'readiness', needs: ['staff'],
       value: { parse: (v) => v },
       judge: (f, floor) => ({ required: String(floor), measured: String(f.staff.length), met: f.staff.length >= floor, cure: '示例' }),
       shipped: [{ ...byAnnex1, value: 2, profiles: [NATIONAL] }],
     };`,
  );
  try {
    const kinds = new Map([...ruleKinds, ...scanKinds(directory)]);
    const nation = resolve(
      shippedVersions(kinds).find((v) => v.authority === '100000')!,
      kinds,
      day,
    );
    expect(judge('readiness', facts([person()]), nation)[0]).toMatchObject({ rule: 'sample.dropped-in', met: false });
    expect(judge('readiness', facts([person(), person()]), nation)[0]).toMatchObject({ met: true, cure: null });
  } finally {
    fs.rmSync(directory, { recursive: true });
  }
});
