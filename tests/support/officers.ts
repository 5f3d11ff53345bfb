import { createClient, done } from './client';
import type { Person, Whole } from './whole-service';

/** An authority at the top of its own tree: by default of another kind and of the installation's own division code. */
export async function aForeignAuthority(whole: Whole, code = '370000', kind = 'ecology'): Promise<string> {
  const body = { code, kind, name: `示例外部机关${code}`, parentId: null, from: '2020-01-01', paper: '示例文号' };
  return (await done(whole.admin.post('/authorities', body), 201)).id as string;
}

/** An officer of this authority, signed in. */
export async function anOfficerOf(whole: Whole, role: Person['role'], authorityId: string): Promise<Person> {
  const n = whole.next();
  const [username, name, password] = [`officer-${n}`, `示例岗位人员其${n}`, `a long sentence for officer ${n}`];
  const account = await done(whole.admin.post('/accounts', { username, name }), 201);
  const accountId = account.id as string;
  const post = await done(whole.admin.post('/posts', { accountId, role, authorityId, from: '2026-01-01' }), 201);
  const client = createClient(whole.url);
  const oneTimePassword = account.oneTimePassword as string;
  await client.takeSeat({ username, oneTimePassword, password, now: whole.clock.now });
  return { ...client, accountId, postId: post.id as string, username, name, password, role };
}
