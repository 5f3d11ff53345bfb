import { done } from './client';
import { creditCodeOf } from './credit-codes';
import { aFile, anOrganisation } from './register-builders';
import type { Whole } from './whole-service';

const etag = (version: number) => ({ 'if-match': `"${version}"` });

/** A paper of a body recorded, renewed, taken back. */
export async function playBodyDocuments(whole: Whole): Promise<void> {
  const { bureau } = whole;
  const { id } = await anOrganisation(whole);
  const paper = { kind: 'authorisation', from: '2025-01-01', lastDay: '2025-12-31', paper: '示例授权书' };
  const added = await done(
    bureau.post(`/organisations/${id}/documents`, { ...paper, fileId: await aFile(bureau) }, etag(1)),
    201,
  );
  const one = `/organisations/${id}/documents/${added.items[0].id}`;
  const renewed = { ...paper, from: '2026-01-01', lastDay: '2026-12-31' };
  await done(bureau.post(`${one}/versions`, renewed, etag(2)), 201);
  await done(bureau.post(`${one}/withdraw`, { paper: '登记有误' }, etag(3)));
}

/** Owners, former codes, successors, a new code. */
export async function playBodyLists(whole: Whole): Promise<void> {
  const { bureau } = whole;
  const { id, uscc } = await anOrganisation(whole);
  const heir = await anOrganisation(whole);
  const of = (what: string): string => `/organisations/${id}/${what}`;
  const list = (items: object[]) => ({ paper: '示例登记材料', items });
  const owner = { relation: 'shareholder', holderKind: 'organisation', uscc: heir.uscc, from: '2020-01-01' };
  await done(bureau.put(of('owners'), list([owner]), etag(1)));
  const old = { kind: 'registration-number', code: `3700${uscc.slice(10, 16).replace(/\D/g, '0')}00000` };
  await done(bureau.put(of('former-codes'), list([old]), etag(2)));
  const succession = { organisationId: heir.id, kind: 'absorbed', from: '2025-06-01' };
  await done(bureau.put(of('successors'), list([succession]), etag(3)));
  const change = { uscc: creditCodeOf(whole.next()), from: '2025-01-01', paper: '换发通知' };
  await done(bureau.post(of('code-changes'), change, etag(4)), 201);
}
