import { identityCheck } from '../../src/modules/experts/core/identity-number';
import { specialties } from '../../src/modules/experts';
import { done, type Client } from './client';
import { creditCodeOf } from './credit-codes';
import type { Person, Whole } from './whole-service';

// Each makes only what the test names; the rest is filled in. All of it is invented and says so: 示例….

/** A well-formed resident number of nobody. */
export function identityNumberOf(n: number): string {
  const first17 = `3701021970${String(1 + (n % 12)).padStart(2, '0')}${String(1 + (n % 28)).padStart(2, '0')}${String(n % 1000).padStart(3, '0')}`;
  return first17 + identityCheck(first17);
}

export const pdfFile = (name = '扫描件.pdf') => ({
  bytes: Buffer.from(`%PDF-1.7\n% ${name}\n`),
  mediaType: 'application/pdf',
  name,
});

export const pictureFile = (name = '现场照片.png') => ({
  bytes: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  mediaType: 'image/png',
  name,
});

/** A stored file's id. */
export const aFile = async (by: Client, file = pdfFile()): Promise<string> =>
  (await done(by.upload('/files', file), 201)).id as string;

/** A credit code of an invented public body. */
export const PUBLIC_PAYER = '11370000MB2X00055X';

export interface Body {
  id: string;
  uscc: string;
  name: string;
}

export async function anOrganisation(
  whole: Whole,
  wished: { uscc?: string; name?: string; legalForm?: string; publicInstitutionClass?: string } = {},
): Promise<Body> {
  const n = whole.next();
  const { uscc = creditCodeOf(n), name = `示例有限公司第${n}号` } = wished;
  const body = { legalForm: 'enterprise', from: '2020-01-01', paper: '登记证书', ...wished, uscc, name };
  const { id } = await done(whole.bureau.post('/organisations', body), 201);
  return { id: id as string, uscc, name };
}

export interface AnInstitution extends Body {
  organisationId: string;
}

export async function anInstitution(whole: Whole, organisation?: Body): Promise<AnInstitution> {
  const { id: organisationId, uscc, name } = organisation ?? (await anOrganisation(whole));
  const body = { organisationId, from: '2020-01-01', paper: '评估机构登记表' };
  const { id } = await done(whole.bureau.post('/institutions', body), 201);
  return { id: id as string, organisationId, uscc, name };
}

export interface AnExpert {
  id: string;
  platformNumber: string;
  identity: string;
  name: string;
}

export async function anExpert(whole: Whole, wished: { identity?: string; name?: string } = {}): Promise<AnExpert> {
  const n = whole.next();
  const { identity = identityNumberOf(n), name = `示例评估人员其${n}` } = wished;
  const body = {
    identities: [{ kind: 'resident-id', number: identity }],
    from: '2020-01-01',
    paper: '人员登记表',
    name,
    titleLevel: 'deputy-senior',
    titleEvidence: '职称证书',
    specialties,
    specialtyEvidence: '学历和从业证明',
  };
  whole.identities.push(identity);
  whole.names.push(name);
  const { id, platformNumber } = await done(whole.bureau.post('/experts', body), 201);
  return { id: id as string, platformNumber: platformNumber as string, identity, name };
}

/** A confirmed full-time employment; its id. The sheet, the person's own, is entered by one officer and checked by another. */
export async function anEmployment(whole: Whole, expert: AnExpert, institutionId: string): Promise<string> {
  const { platformNumber } = expert;
  const body = { platformNumber, institutionId, kind: 'full-time', from: '2023-01-01', paper: '劳动合同' };
  const papers = { insuranceEvidence: '社会保险缴费证明' };
  const { id } = await done(whole.bureau.post('/employments', { ...body, ...papers }), 201);
  const signedSheetFileId = await aFile(whole.bureau, pdfFile(`${platformNumber}确认单.pdf`));
  await done(whole.bureau.post(`/employments/${id}/sheet`, { signedSheetFileId, paper: '本人签字确认单' }));
  await done(whole.reviewer.post(`/employments/${id}/confirm`, {}));
  return id as string;
}

export interface ReadyInstitution extends AnInstitution {
  clerk: Person;
  staff: AnExpert[];
  poolEntryId: string;
}

/** In the register of assessors, with a clerk and as many confirmed seniors as a team needs, and one more. */
export async function aReadyInstitution(whole: Whole, { staff = 6 } = {}): Promise<ReadyInstitution> {
  const institution = await anInstitution(whole);
  const people: AnExpert[] = [];
  for (let n = 0; n < staff; n += 1) {
    const expert = await anExpert(whole);
    await anEmployment(whole, expert, institution.id);
    people.push(expert);
  }
  const clerk = await whole.enlist('institution', { institutionId: institution.id });
  const entry = await done(clerk.post('/pool-entries', { institutionId: institution.id }), 201);
  return { ...institution, clerk, staff: people, poolEntryId: entry.id as string };
}

/** A mine's id; with an operator if named. */
export async function aMine(whole: Whole, operatorId: string | null = null): Promise<string> {
  const name = `示例矿山第${whole.next()}号`;
  const body = { from: '2020-01-01', paper: '名录', name, province: '370000', operatorId };
  return (await done(whole.bureau.post('/mines', body), 201)).id as string;
}
