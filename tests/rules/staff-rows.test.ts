import { legalDate } from '../../src/kernel/pure/time';
import {
  unlikeEmployment,
  unlikePerson,
  type HeldEmployment,
  type HeldPerson,
  type StatedPerson,
} from '../../src/modules/experts/staff.rules';

// A line of a list of staff beside what is registered: blank says nothing, everything else must agree.

const day = legalDate('2026-11-27');
const held: HeldPerson = {
  titleLevel: 'deputy-senior',
  titleName: '高级工程师',
  titleEvidence: '示例证书',
  title: null,
  specialties: ['geology', 'mining'],
  specialtyEvidence: '示例毕业证书',
  specialtyProofs: null,
  mineralAdminYears: 0,
  civilServant: false,
  assessmentExperience: '示例经历',
};
const blank: StatedPerson = {
  titleLevel: null,
  titleName: null,
  titleEvidence: null,
  titleFrom: null,
  specialties: [],
  specialtyEvidence: null,
  mineralAdminYears: null,
  civilServant: null,
  assessmentExperience: null,
};
const { title: _title, specialtyProofs: _proofs, ...registered } = held;
const all: StatedPerson = { ...registered, titleFrom: null };

describe('a person', () => {
  test('a blank line and an equal one differ in nothing', () => {
    expect(unlikePerson(blank, held, day)).toEqual([]);
    expect(unlikePerson(all, held, day)).toEqual([]);
  });

  test.each<[Partial<StatedPerson>, string]>([
    [{ titleName: '工程师', titleLevel: 'medium' }, 'titleName'],
    [{ titleLevel: 'full-senior' }, 'titleLevel'],
    [{ titleLevel: 'none' }, 'titleLevel'],
    [{ titleEvidence: '另一证书' }, 'titleEvidence'],
    [{ titleFrom: legalDate('2016-12-01') }, 'titleFrom'],
    [{ specialties: ['geology'] }, 'specialties'],
    [{ specialtyEvidence: '另一证书' }, 'specialtyEvidence'],
    [{ mineralAdminYears: 1 }, 'mineralAdminYears'],
    [{ civilServant: true }, 'civilServant'],
    [{ assessmentExperience: '另一经历' }, 'assessmentExperience'],
  ])('%j differs in one column', (said, key) => {
    expect(unlikePerson({ ...blank, ...said }, held, day)).toEqual([key]);
  });

  test('the number of the certificate is its evidence, one proof for each specialty is the paper for all', () => {
    const certificate = { from: null, lastDay: null, issuer: null, field: null, fileId: null };
    const title = { ...certificate, certificateNumber: '示例001号' };
    const proofs = held.specialties.map((specialty) => ({
      specialty,
      evidence: '示例学位证书',
      fileId: null,
      from: null,
      lastDay: null,
    }));
    const other: HeldPerson = { ...held, titleEvidence: null, title, specialtyEvidence: null, specialtyProofs: proofs };
    const said = { ...blank, titleEvidence: '示例001号', specialtyEvidence: '示例学位证书' };
    expect(unlikePerson(said, other, day)).toEqual([]);
    expect(unlikePerson(said, { ...other, specialtyProofs: proofs.slice(1) }, day)).toEqual(['specialtyEvidence']);
  });

  test('where nothing holds, all that is said differs', () => {
    expect(unlikePerson(blank, undefined, day)).toEqual([]);
    expect(unlikePerson({ ...blank, titleLevel: 'medium', civilServant: false }, undefined, day)).toEqual([
      'titleLevel',
      'civilServant',
    ]);
  });
});

describe('an employment', () => {
  const present: HeldEmployment = {
    kind: 'full-time',
    from: legalDate('2023-07-01'),
    lastDay: null,
    papers: ['离职证明（示例）', '劳动合同（示例）'],
    insuranceEvidence: '社保（示例）',
    establishmentEvidence: null,
    retirementEvidence: null,
  };
  const { papers: _papers, ...same } = present;
  const stated = { ...same, paper: '劳动合同（示例）' };

  test('equal, and blank papers, differ in nothing', () => {
    expect(unlikeEmployment(stated, present)).toEqual([]);
    expect(unlikeEmployment({ ...stated, paper: null, insuranceEvidence: null }, present)).toEqual([]);
  });

  test.each<[Partial<typeof stated>, string]>([
    [{ kind: 'part-time' }, 'employmentKind'],
    [{ from: legalDate('2023-07-02') }, 'from'],
    [{ lastDay: legalDate('2027-06-30') }, 'lastDay'],
    [{ paper: '另一合同' }, 'paper'],
    [{ insuranceEvidence: '另一证明' }, 'insuranceEvidence'],
    [{ establishmentEvidence: '编制（示例）' }, 'establishmentEvidence'],
    [{ retirementEvidence: '退休证（示例）' }, 'retirementEvidence'],
  ])('%j differs in one column', (said, key) => {
    expect(unlikeEmployment({ ...stated, ...said }, present)).toEqual([key]);
  });

  test('a blank last day says that there is none', () => {
    expect(unlikeEmployment(stated, { ...present, lastDay: legalDate('2024-06-30') })).toEqual(['lastDay']);
  });
});
