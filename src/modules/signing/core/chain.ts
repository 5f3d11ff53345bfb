import type { Instant } from '../../../kernel/pure/time';
import { accept, refuse, type Outcome } from '../../../kernel/pure/outcome';
import { equalBytes } from './bytes';
import { KeyUsage, mayUseKeyFor, type Certificate } from './certificate';
import type { CryptoPort } from './crypto-port';
import { algorithmFor } from './public-key';
import { SigningError } from './errors';

export interface ChainQuestion {
  leaf: Certificate;
  /** Certificates that may stand between leaf and anchor, in any order. Not trusted. */
  others: readonly Certificate[];
  anchors: readonly Certificate[];
  at: Instant;
}

// Demonstration and licensed authorities have two or three steps; the bound stops loops and floods.
const LONGEST = 6;

/**
 * Builds and checks a path from a signer's certificate to an anchor at an instant (RFC 5280 6.1, without policies and
 * name constraints, which count as unknown critical extensions; without revocation). Answers the path, leaf first,
 * anchor last.
 */
export async function checkChain(question: ChainQuestion, crypto: CryptoPort): Promise<Outcome<Certificate[]>> {
  const { leaf, at } = question;
  if (leaf.isAuthority) return refuse('signing.certificate-not-for-signing', { reason: 'authority' });
  const mayCommit = mayUseKeyFor(leaf, KeyUsage.nonRepudiation) || mayUseKeyFor(leaf, KeyUsage.digitalSignature);
  if (!mayCommit) return refuse('signing.certificate-not-for-signing', { reason: 'key-usage' });
  const path = [leaf];
  for (;;) {
    const current = path[path.length - 1]!;
    const fault = faultOf(current, at);
    if (fault) return refuse(fault, { serial: current.serial });
    const anchor = await issuerOf(current, question.anchors, path.length, crypto);
    if (anchor) return anchorAt(anchor, at, path);
    const next = await issuerOf(current, question.others, path.length, crypto);
    if (!next || path.length >= LONGEST || path.some(({ der }) => equalBytes(der, next.der))) {
      return refuse('signing.certificate-not-trusted', { serial: current.serial });
    }
    path.push(next);
  }
}

function anchorAt(anchor: Certificate, at: Instant, path: Certificate[]): Outcome<Certificate[]> {
  const fault = faultOf(anchor, at);
  return fault ? refuse(fault, { serial: anchor.serial }) : accept([...path, anchor]);
}

function faultOf(certificate: Certificate, at: Instant): string | undefined {
  if (at < certificate.notBefore) return 'signing.certificate-not-yet-valid';
  // The last second belongs to the validity as a whole.
  if (at >= certificate.notAfter + 1000) return 'signing.certificate-expired';
  if (certificate.unknownCritical.length > 0) return 'signing.certificate-unknown-extension';
  return undefined;
}

/** `below` counts the certificates under the issuer, the leaf included. */
async function issuerOf(
  certificate: Certificate,
  candidates: readonly Certificate[],
  below: number,
  crypto: CryptoPort,
): Promise<Certificate | undefined> {
  for (const candidate of candidates) {
    const mayIssue =
      candidate.isAuthority &&
      mayUseKeyFor(candidate, KeyUsage.keyCertSign) &&
      (candidate.pathLength === undefined || candidate.pathLength >= below - 1) &&
      equalBytes(candidate.subjectDer, certificate.issuerDer);
    if (mayIssue && (await isSignedBy(certificate, candidate, crypto))) return candidate;
  }
  return undefined;
}

/** True when the issuer's key made the certificate's signature. */
export async function isSignedBy(certificate: Certificate, issuer: Certificate, crypto: CryptoPort): Promise<boolean> {
  const algorithm = certificate.signatureAlgorithm;
  if (algorithm === undefined) return false;
  try {
    if (algorithmFor(issuer.publicKey) !== algorithm) return false;
  } catch (fault) {
    if (fault instanceof SigningError) return false;
    throw fault;
  }
  return crypto.verify(algorithm, issuer.publicKeyDer, certificate.tbsDer, certificate.signature);
}
