import { done } from './client';
import { creditCodeOf } from './credit-codes';
import { csvUpload } from './sheets';
import type { Whole } from './whole-service';

/** A sheet uploaded, uploaded again, registered; another one cancelled. */
export async function playImports(whole: Whole): Promise<void> {
  const { bureau } = whole;
  const sheet = () => csvUpload(`名称,统一社会信用代码\n示例导入公司,${creditCodeOf(whole.next())}\n`);
  const file = sheet();
  const { id } = await done(bureau.upload('/imports/organisations', file), 202);
  await done(bureau.get(`/imports/${id}?wait=30`));
  await done(bureau.upload('/imports/organisations', file), 202);
  await done(bureau.post(`/imports/${id}/apply`, { mode: 'all-or-nothing' }), 202);
  await done(bureau.get(`/imports/${id}?wait=30`));
  const other = await done(bureau.upload('/imports/organisations', sheet()), 202);
  await done(bureau.get(`/imports/${other.id}?wait=30`));
  await done(bureau.post(`/imports/${other.id}/cancel`));
}
