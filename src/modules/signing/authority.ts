import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { addYears, instant, legalDateOf, startOfDay, type Instant } from '../../kernel/pure/time';
import type { Clock, Randomness, Sources } from '../../kernel/sources';
import type { Vault } from '../../kernel/vault/vault';
import { toPem } from './core/bytes';
import { parseCertificate, type Certificate } from './core/certificate';
import { DEMONSTRATION_AUTHORITY, issueLeaf, makeRoot } from './core/issue-certificate';
import type { NameAttribute } from './core/names';
import { nodeCrypto, nodeSigner, publicKeyDerOf } from './node/node-crypto';

const KEY_NAME = 'certificate-authority';
const CERTIFICATE_NAME = 'certificate-authority-certificate';
const ROOT_YEARS = 20;
const LEAF_YEARS = 1;
// A certificate must hold at once, also for a reader whose clock is a little behind.
const EARLY_MS = 5 * 60_000;

/** The built-in certificate authority, for demonstration and tests: it never passes for a licensed one. */
export interface CertificateAuthority {
  certificate: Certificate;
  certificatePem: string;
  /** False: 非许可机构. */
  licensed: false;
  /** A signer's certificate for one year from now, ended earlier by the authority's own end. */
  issue(subject: readonly NameAttribute[], publicKeyDer: Uint8Array): Promise<Uint8Array>;
}

/** Positive, 16 octets, 126 random bits (RFC 5280 4.1.2.2); lower-case hex. */
function newSerial(randomness: Randomness): string {
  const bytes = randomness.bytes(16);
  // The two top bits: never negative, never with a leading zero octet.
  bytes[0] = (bytes[0]! & 0x7f) | 0x40;
  return bytes.toString('hex');
}

const yearsLater = (from: Instant, years: number): Instant =>
  instant(startOfDay(addYears(legalDateOf(from), years)) + (from - startOfDay(legalDateOf(from))) - 1000);

function validityFrom({ clock }: { clock: Clock }, years: number): { notBefore: Instant; notAfter: Instant } {
  const now = clock.now();
  const notBefore = instant(Math.floor((now - EARLY_MS) / 1000) * 1000);
  return { notBefore, notAfter: yearsLater(notBefore, years) };
}

async function rootFor(key: KeyObject, { clock, randomness }: Sources): Promise<Uint8Array> {
  const publicKeyDer = publicKeyDerOf(key);
  const serial = newSerial(randomness);
  const facts = { subject: DEMONSTRATION_AUTHORITY, publicKeyDer, serial, ...validityFrom({ clock }, ROOT_YEARS) };
  return makeRoot(facts, nodeSigner(key), nodeCrypto);
}

/**
 * The authority's key (P-256) and self-signed certificate from the key vault; made there when they are missing. Call
 * inside the migration lease.
 */
export async function ensureAuthority(vault: Vault, sources: Sources): Promise<CertificateAuthority> {
  const keyDer = await vault.ensure(KEY_NAME, () =>
    generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'der', type: 'pkcs8' }),
  );
  const key = createPrivateKey({ key: keyDer, format: 'der', type: 'pkcs8' });
  // Kept only the first time: what signers and readers trust must not change from start to start.
  const root = await rootFor(key, sources);
  const certificate = parseCertificate(new Uint8Array(await vault.ensure(CERTIFICATE_NAME, () => root)));
  const signer = nodeSigner(key);
  return {
    certificate,
    certificatePem: toPem('CERTIFICATE', certificate.der),
    licensed: false,
    issue: (subject, publicKeyDer) => {
      const { notBefore, notAfter } = validityFrom(sources, LEAF_YEARS);
      const end = instant(Math.min(notAfter, certificate.notAfter));
      const request = { subject, publicKeyDer, serial: newSerial(sources.randomness), notBefore, notAfter: end };
      return issueLeaf(request, certificate, signer, nodeCrypto);
    },
  };
}
