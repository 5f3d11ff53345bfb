import { addDays } from '../../src/kernel/pure/time';
import { createClient, done, type Client } from '../support/client';
import { anEvaluation } from '../support/line-builders';
import { aFile, anInstitution, aReadyInstitution, type ReadyInstitution } from '../support/register-builders';
import { wholeService, type Whole } from '../support/whole-service';

let whole: Whole;
let institution: ReadyInstitution;
beforeAll(async () => {
  whole = await wholeService();
  institution = await aReadyInstitution(whole);
});
afterAll(() => whole.close());

const problem = async (sent: ReturnType<Client['post']>): Promise<string> => {
  const reply = await sent;
  return `${reply.status} ${String((reply.body as { type?: string }).type).replace('/problems/', '')}`;
};

interface Clerk extends Client {
  accountId: string;
  postId: string;
  again(): Promise<void>;
}
/** Somebody who acts for the institution by a letter until the day. */
async function aClerk(role: string, institutionId: string, lastDay: string): Promise<Clerk> {
  const n = whole.next();
  const username = `clerk-${n}`;
  const account = await done(whole.admin.post('/accounts', { username, name: `示例岗位人员其${n}` }), 201);
  const letter = { number: `示例授权第${n}号`, fileId: await aFile(whole.admin), lastDay };
  const wanted = { accountId: account.id, role, institutionId, from: '2026-01-01', letter };
  const post = await done(whole.admin.post('/posts', wanted), 201);
  expect(post).toMatchObject({ to: lastDay, letter: { lastDay } });
  const client = createClient(whole.url);
  const password = `a long sentence for clerk ${n}`;
  const oneTimePassword = account.oneTimePassword as string;
  await client.takeSeat({ username, oneTimePassword, password, now: whole.clock.now });
  const again = () => client.signIn(username, password);
  return { ...client, accountId: account.id as string, postId: post.id as string, again };
}

describe('a seal keeper', () => {
  test('sees what is to be sealed of the own institution, and nothing else', async () => {
    const keeper = await aClerk('seal-keeper', institution.id, addDays(whole.today(), 365));
    const stranger = await aClerk('seal-keeper', (await anInstitution(whole)).id, addDays(whole.today(), 365));
    const e = await anEvaluation(whole, institution, { state: 'on-site', evidence: true });
    const fileId = (await done(institution.clerk.get(`/evaluations/${e.id}`))).evidence[0].fileId as string;
    expect((await done(keeper.get('/pledges/to-seal'))).items).toEqual([]);
    expect(await problem(keeper.get(`/files/${fileId}`))).toBe('404 request/not-found');

    const pledge = (await done(institution.clerk.post(`/evaluations/${e.id}/pledges`), 201)).id as string;
    expect((await done(keeper.get('/pledges/to-seal'))).items).toMatchObject([{ id: pledge }]);
    await done(keeper.get(`/pledges/${pledge}`));
    await done(keeper.get(`/files/${fileId}`));
    const other = await aFile(institution.clerk);
    expect(await problem(keeper.get(`/files/${other}`))).toBe('404 request/not-found');

    expect((await done(stranger.get('/pledges/to-seal'))).items).toEqual([]);
    expect(await problem(stranger.get(`/pledges/${pledge}`))).toBe('404 request/not-found');
    expect(await problem(stranger.get(`/files/${fileId}`))).toBe('404 request/not-found');

    for (const address of [
      '/lots',
      '/evaluations',
      '/institutions',
      '/experts',
      '/organisations',
      '/mines',
      '/pool-entries',
    ]) {
      expect({ address, answer: await problem(keeper.get(address)) }).toEqual({
        address,
        answer: '403 sign-in/forbidden',
      });
    }
    await done(institution.clerk.post(`/pledges/${pledge}/void`, { reason: '示例' }));
    expect((await done(keeper.get('/pledges/to-seal'))).items).toEqual([]);
    expect(await problem(keeper.get(`/pledges/${pledge}`))).toBe('404 request/not-found');
    expect(await problem(keeper.get(`/files/${fileId}`))).toBe('404 request/not-found');
  });
});

test('a clerk of one institution sees nothing of another', async () => {
  const other = await aReadyInstitution(whole, { staff: 1 });
  const e = await anEvaluation(whole, institution, { state: 'team-named' });
  for (const address of [`/evaluations/${e.id}`, `/assignments/${e.assignmentId}`, `/lots/${e.lotId}`]) {
    expect(await problem(other.clerk.get(address))).toBe('404 request/not-found');
  }
  for (const list of ['/evaluations', '/lots']) expect((await done(other.clerk.get(list))).items).toEqual([]);
  const entries = (await done(other.clerk.get('/pool-entries'))).items as { institutionId: string }[];
  expect(entries.map((p) => p.institutionId)).toEqual([other.id]);
  expect((await done(other.clerk.get('/work'))).items).toEqual([]);
});

describe('letters of authorisation', () => {
  test('several clerks, each until the own letter’s last day; a renewal lengthens', async () => {
    const short = await aClerk('institution', institution.id, addDays(whole.today(), 10));
    const long = await aClerk('institution', institution.id, addDays(whole.today(), 400));
    const ids = async (query: string) =>
      (await done(whole.admin.get(`/posts?letters=${query}&limit=200`))).items.map((p: { id: string }) => p.id);
    expect(await ids('expiring')).toEqual([short.postId]);
    expect(await ids('missing')).toContain(institution.clerk.postId);
    const [shown] = (await done(short.get('/session'))).posts;
    expect(shown.letter).toEqual({ lastDay: addDays(whole.today(), 10), expiring: true });

    const renewal = { number: '示例续期授权', paper: '示例档案柜', lastDay: addDays(whole.today(), 10) };
    const at = `/posts/${short.postId}/letters`;
    expect(await problem(whole.admin.post(at, renewal))).toBe('422 post/letter-shorter');
    expect(await problem(whole.bureau.post(at, renewal))).toBe('403 sign-in/forbidden');
    const nowhere = { number: '示例', lastDay: addDays(whole.today(), 20) };
    expect(await problem(whole.admin.post(at, nowhere))).toBe('422 request/unprocessable');
    const until = addDays(whole.today(), 20);
    const reply = await whole.admin.post(at, { ...renewal, lastDay: until });
    expect(reply.body).toMatchObject({ lastDay: until, to: until });
    expect((await whole.traceOf(reply)).types).toEqual(['post.letter-recorded']);
    expect((await done(whole.admin.get(at))).items.map((l: { lastDay: string }) => l.lastDay)).toEqual([
      addDays(whole.today(), 10),
      until,
    ]);

    await whole.moveTo(`${until}T15:59:59.000Z`);
    await short.again();
    await done(short.get('/evaluations'));
    await whole.moveTo(`${until}T16:00:00.000Z`);
    await short.again();
    await long.again();
    expect(await problem(short.get('/evaluations'))).toBe('403 sign-in/no-post');
    await done(long.get('/evaluations'));
    const late = { ...renewal, lastDay: addDays(whole.today(), 30) };
    expect(await problem(whole.admin.post(at, late))).toBe('409 post/letter-too-late');
  });

  test('no letter for posts of the authority, none that is over, none of an unknown file', async () => {
    const letter = { number: '示例', paper: '示例档案柜', lastDay: addDays(whole.today(), 30) };
    const bureau = { accountId: whole.bureau.accountId, role: 'partner', from: whole.today(), letter };
    expect(await problem(whole.admin.post('/posts', bureau))).toBe('422 post/letter-misplaced');
    const clerk = { ...bureau, role: 'institution', institutionId: institution.id };
    const over = { ...clerk, letter: { ...letter, lastDay: addDays(whole.today(), -1) } };
    expect(await problem(whole.admin.post('/posts', over))).toBe('422 post/letter-ended');
    const unknown = { ...clerk, letter: { ...letter, fileId: 'nowhere' } };
    expect(await problem(whole.admin.post('/posts', unknown))).toBe('404 request/not-found');
  });

  test('once they are required, nobody acts for an institution without one', async () => {
    const tomorrow = addDays(whole.today(), 1);
    await done(whole.admin.put('/installation/letters', { from: tomorrow }));
    await done(institution.clerk.get('/evaluations'));
    await whole.moveTo(`${whole.today()}T16:00:00.000Z`);
    expect(await problem(institution.clerk.get('/evaluations'))).toBe('403 sign-in/no-post');
    const without = { accountId: whole.bureau.accountId, role: 'institution', institutionId: institution.id };
    expect(await problem(whole.admin.post('/posts', { ...without, from: whole.today() }))).toBe(
      '422 post/letter-missing',
    );
    const letter = { number: '示例补交授权', paper: '示例档案柜', lastDay: addDays(whole.today(), 30) };
    await done(whole.admin.post(`/posts/${institution.clerk.postId}/letters`, letter), 201);
    await done(institution.clerk.get('/evaluations'));
    expect(await done(whole.admin.get('/installation/letters'))).toEqual({ from: tomorrow });
    await done(whole.admin.put('/installation/letters', { from: null }));
  });
});
