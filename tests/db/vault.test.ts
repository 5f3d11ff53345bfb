import fc from 'fast-check';
import { Installation, VaultKey } from '../../src/kernel/db/kernel.store';
import { checkMasterKey, createVault } from '../../src/kernel/vault/vault';
import { testDatabase, type TestDatabase } from '../support/database';

const MASTER = 'a master key of the tests, 32 characters and more';
const OTHER = 'b master key of the tests, 32 characters and more';

let t: TestDatabase;
beforeAll(async () => {
  t = await testDatabase();
});
afterAll(() => t.drop());
beforeEach(async () => {
  await t.db.m.deleteAll(VaultKey);
  await t.db.m.deleteAll(Installation);
});

test('the first start stores a check value, later ones compare, a wrong key stops', async () => {
  await checkMasterKey(t.db, MASTER);
  await checkMasterKey(t.db, MASTER);
  await expect(checkMasterKey(t.db, OTHER)).rejects.toThrow(/not the key this database was made with/);
  await checkMasterKey(t.db, MASTER);
  const rows = await t.db.m.find(Installation);
  expect(rows).toHaveLength(1);
  expect(rows[0]!.value).toMatch(/^[0-9a-f]{64}$/);
});

test('several first starts at once agree on one key; whoever brings another is refused', async () => {
  const same = await Promise.allSettled([1, 2, 3, 4].map(() => checkMasterKey(t.db, MASTER)));
  expect(same.map((end) => end.status)).toEqual(Array(4).fill('fulfilled'));
  await t.db.m.deleteAll(Installation);
  const mixed = await Promise.allSettled([MASTER, OTHER, MASTER, OTHER].map((key) => checkMasterKey(t.db, key)));
  expect(mixed.filter((end) => end.status === 'fulfilled')).toHaveLength(2);
  for (const end of mixed) if (end.status === 'rejected') expect(String(end.reason)).toMatch(/not the key/);
});

test('what was sealed opens again, byte for byte, and no two seals are alike', () => {
  const vault = createVault(t.db, MASTER);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), fc.string(), (bytes, purpose, label) => {
      const sealed = vault.seal(purpose, label, bytes);
      expect(Uint8Array.from(vault.open(purpose, label, sealed))).toEqual(bytes);
      expect(vault.seal(purpose, label, bytes)).not.toBe(sealed);
    }),
    { numRuns: 50 },
  );
});

test('another purpose, label or master key does not open it', () => {
  const vault = createVault(t.db, MASTER);
  const sealed = vault.seal('totp', 'account-1', Buffer.from('secret'));
  expect(vault.open('totp', 'account-1', sealed).toString()).toBe('secret');
  expect(() => vault.open('totp', 'account-2', sealed)).toThrow();
  expect(() => vault.open('totq', 'account-1', sealed)).toThrow();
  expect(() => createVault(t.db, OTHER).open('totp', 'account-1', sealed)).toThrow();
});

test('one changed byte anywhere, a cut or a stretch is refused', () => {
  const vault = createVault(t.db, MASTER);
  const sealed = vault.seal('totp', 'a', Buffer.from('secret'));
  const bytes = Buffer.from(sealed.slice(3), 'base64');
  for (let n = 0; n < bytes.length; n += 1) {
    const changed = Buffer.from(bytes);
    changed[n]! ^= 1;
    expect(() => vault.open('totp', 'a', `v1.${changed.toString('base64')}`)).toThrow();
  }
  for (let length = 0; length < bytes.length; length += 1) {
    expect(() => vault.open('totp', 'a', `v1.${bytes.subarray(0, length).toString('base64')}`)).toThrow();
  }
  expect(() => vault.open('totp', 'a', `v1.${Buffer.concat([bytes, Buffer.from([0])]).toString('base64')}`)).toThrow();
  expect(() => vault.open('totp', 'a', sealed.replace('v1.', 'v2.'))).toThrow(/unknown form/);
  expect(() => vault.open('totp', 'a', '')).toThrow(/unknown form/);
});

test('a key is made once, kept sealed, and found by name', async () => {
  const vault = createVault(t.db, MASTER);
  let made = 0;
  const make = (): Uint8Array => {
    made += 1;
    return Buffer.from(`key number ${made}`);
  };
  await expect(vault.load('log')).rejects.toThrow('the key vault has no key "log"');
  const first = await vault.ensure('log', make);
  expect(first.toString()).toBe('key number 1');
  expect((await vault.ensure('log', make)).toString()).toBe('key number 1');
  expect((await createVault(t.db, MASTER).load('log')).toString()).toBe('key number 1');
  await expect(createVault(t.db, OTHER).load('log')).rejects.toThrow();
  const [row] = await t.db.m.find(VaultKey);
  expect(row!.sealed).not.toContain(Buffer.from('key number 1').toString('base64').slice(0, 10));
});

test('a key’s row under another key’s name does not open', async () => {
  const vault = createVault(t.db, MASTER);
  await vault.ensure('log', () => Buffer.from('log key'));
  await vault.ensure('receipt', () => Buffer.from('receipt key'));
  const { sealed } = (await t.db.m.findOneBy(VaultKey, { name: 'log' }))!;
  await t.db.m.update(VaultKey, { name: 'receipt' }, { sealed });
  await expect(vault.load('receipt')).rejects.toThrow();
});
