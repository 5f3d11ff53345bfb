import { parseCheckpoint } from '../../src/kernel/pure/tlog/checkpoint';
import { done } from '../support/client';
import { wholeService, type Whole } from '../support/whole-service';

// A key of the log takes over from another: whoever knows the old one can follow.

interface Key {
  id: string;
  verifier: string;
  signing: boolean;
}

let whole: Whole;
beforeAll(async () => {
  whole = await wholeService();
}, 60_000);
afterAll(() => whole.close());

const keys = async (): Promise<Key[]> => (await done(whole.anyone.get('/public/log/keys'))).items as Key[];

/** Who signed the checkpoint that the log serves. */
async function signers(): Promise<string[]> {
  await whole.service.log.integrate();
  const reply = await fetch(`${whole.url}/api/v1/public/log/checkpoint`);
  const { note } = parseCheckpoint(await reply.text());
  return note.signatures.map(({ keyId }) => keyId.toString(16).padStart(8, '0'));
}

const idOf = ({ verifier }: Key): string => verifier.split('+')[1]!;

test('both keys sign for thirty days, then the old one stops', async () => {
  const [old] = await keys();
  expect(await signers()).toEqual([idOf(old!)]);
  whole.clock.advance(1000);
  const young = (await done(whole.admin.post('/log/keys', { reason: '到期更换' }), 201)) as unknown as Key;
  expect(await signers()).toEqual([idOf(old!), idOf(young)]);
  expect((await whole.admin.post('/log/keys', { reason: '再换' })).body).toMatchObject({
    status: 409,
    type: '/problems/log/keys-overlap',
  });
  const early = await whole.admin.post(`/log/keys/${old!.id}/retirement`, { reason: '到期更换' });
  expect(early.body).toMatchObject({ status: 409, type: '/problems/log/overlap-runs' });
  expect(early.body.detail).toContain('2026-04-01');
  await whole.moveTo('2026-04-01T01:00:00.000Z');
  await done(whole.admin.post(`/log/keys/${old!.id}/retirement`, { reason: '到期更换' }));
  expect(await signers()).toEqual([idOf(young)]);
  const vkeys = await fetch(`${whole.url}/api/v1/public/log/log.vkey`);
  expect(await vkeys.text()).toBe(`${young.verifier}\n`);
  expect((await keys()).map(({ signing }) => signing)).toEqual([false, true]);
  const types = (await whole.audit()).map(({ type }) => type);
  expect(types).toEqual(expect.arrayContaining(['log.key-added', 'log.key-retired']));
});

test('the only key stays, and only the security administrator may replace it', async () => {
  const [, only] = await keys();
  const refused = await whole.admin.post(`/log/keys/${only!.id}/retirement`, { reason: '示例', compromised: true });
  expect(refused.body).toMatchObject({ status: 409, type: '/problems/log/only-key' });
  expect((await whole.bureau.post('/log/keys', { reason: '示例' })).status).toBe(403);
});
