import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ed25519Signer, ed25519Verify, rawPublicKey, sha256 } from '../../src/kernel/tlog-crypto';
import { ed25519Key } from '../support/log-keys';
import { sharedData } from '../support/shared-data';

interface Group {
  publicKey: { pk: string };
  tests: { tcId: number; comment: string; msg: string; sig: string; result: 'valid' | 'invalid' | 'acceptable' }[];
}

const { testGroups } = JSON.parse(readFileSync(sharedData('crypto', 'ed25519_test.json'), 'utf8')) as {
  testGroups: Group[];
};
const hex = (text: string): Buffer => Buffer.from(text, 'hex');

test('all vectors for Ed25519', () => {
  const all = testGroups.flatMap((group) => group.tests.map((t) => ({ pk: hex(group.publicKey.pk), ...t })));
  expect(all.length).toBeGreaterThan(100);
  const wrong = all.filter((t) => ed25519Verify(t.pk, hex(t.msg), hex(t.sig)) !== (t.result === 'valid'));
  expect(wrong.map((t) => `${t.tcId} ${t.comment}`)).toEqual([]);
});

test('what a key signs is verified by its raw public key alone, of lengths that are right', () => {
  const message = Buffer.from('示例');
  const signature = ed25519Signer(ed25519Key(3))(message);
  const raw = rawPublicKey(ed25519Key(3));
  expect(raw).toEqual(rawPublicKey(createPublicKey(ed25519Key(3))));
  expect(ed25519Verify(raw, message, signature)).toBe(true);
  expect(ed25519Verify(rawPublicKey(ed25519Key(4)), message, signature)).toBe(false);
  expect(ed25519Verify(raw.subarray(1), message, signature)).toBe(false);
  expect(ed25519Verify(raw, message, signature.subarray(1))).toBe(false);
  expect(ed25519Verify(raw, message, Buffer.concat([signature, Buffer.alloc(1)]))).toBe(false);
});

test('a key of another kind is refused', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  expect(() => ed25519Signer(privateKey)).toThrow('a log key is Ed25519, not ec');
  expect(() => rawPublicKey(publicKey)).toThrow('a log key is Ed25519, not ec');
});

test('SHA-256 of the empty string', () => {
  expect(Buffer.from(sha256(new Uint8Array(0))).toString('hex')).toMatch(/^e3b0c44298fc1c14/);
});
