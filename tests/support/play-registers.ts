import { done } from './client';
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
