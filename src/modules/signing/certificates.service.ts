import { In } from 'typeorm';
import type { Actor, Call } from '../../kernel/call';
import type { Command } from '../../kernel/db/command';
import type { Db, Reads } from '../../kernel/db/database';
import { Download } from '../../kernel/http/endpoint';
import { mapPage, pageBy, type Page, type PageRequest } from '../../kernel/http/page';
import { Problem, unwrap } from '../../kernel/problem';
import { instantText, type Instant } from '../../kernel/pure/time';
import type { Audit } from '../audit-log';
import type { CertificateAuthority } from './authority';
import type { CertificateView, IssuedReply } from './certificates.contract';
import { CertificateRow } from './certificates.store';
import { fromPem, toPem } from './core/bytes';
import { parseCertificate } from './core/certificate';
import { acceptRequest } from './core/certificate-request';
import { checkChain } from './core/chain';
import { SigningError } from './core/errors';
import type { NameAttribute } from './core/names';
import { nodeCrypto } from './node/node-crypto';

/** A body of the register to which certificates are issued. */
export interface CertifiedParty {
  institutionId: string;
  name: string;
  uscc: string;
}

export interface SigningDeps {
  db: Db;
  command: Command;
  audit: Audit;
  authority: CertificateAuthority;
  parties: {
    /** Whom the actor's post works for, as the register names it today; undefined for a post without a party. */
    subjectOf(on: Reads, actor: Actor): Promise<CertifiedParty | undefined>;
  };
}

/** A certificate ready to sign with. */
export interface SigningCertificate {
  id: string;
  der: Uint8Array;
  chainDer: Uint8Array[];
  licensed: boolean;
}

const LONGEST_NAME = 64;

/** By the register, never by the request. NTRCN: EN 319 412-1 5.1.4, a number of the national trade register. */
function subjectFor({ name, uscc }: CertifiedParty): NameAttribute[] {
  const short = Array.from(name).slice(0, LONGEST_NAME).join('');
  return [
    { type: 'countryName', value: 'CN' },
    { type: 'organizationName', value: short },
    { type: 'organizationIdentifier', value: `NTRCN-${uscc}` },
    { type: 'commonName', value: short },
  ];
}

async function publicKeyFrom(csr: string): Promise<Uint8Array> {
  try {
    const [der, ...more] = fromPem('CERTIFICATE REQUEST', csr);
    if (!der || more.length > 0) throw new SigningError('malformed-request', 'not one request');
    return (await acceptRequest(der, nodeCrypto)).publicKeyDer;
  } catch (error) {
    if (error instanceof RangeError) throw new Problem('certificate.request-malformed');
    if (!(error instanceof SigningError)) throw error;
    if (error.code === 'unsupported-algorithm') throw new Problem('certificate.key-not-supported');
    if (error.code === 'proof-of-possession-failed') throw new Problem('certificate.possession-not-proven');
    throw new Problem('certificate.request-malformed');
  }
}

function stateOf({ revokedAt, notBefore, notAfter }: CertificateRow, now: Instant): CertificateView['state'] {
  if (revokedAt !== null) return 'revoked';
  if (now < notBefore) return 'not-yet-valid';
  return now >= notAfter + 1000 ? 'expired' : 'valid';
}

/** Certificates of the built-in authority, from request to use. */
export function createSigning({ db, command, audit, authority, parties }: SigningDeps) {
  const { clock, ids } = db.sources;

  async function request(call: Call, body: { csr: string }): Promise<IssuedReply> {
    const { accountId, expertId } = call.actor;
    const publicKeyDer = await publicKeyFrom(body.csr);
    const party = await parties.subjectOf(db, call.actor);
    if (!party || accountId === null) throw new Problem('certificate.no-subject');
    const subject = subjectFor(party);
    const leaf = parseCertificate(await authority.issue(subject, publicKeyDer));
    const { serial, notBefore, notAfter } = leaf;
    const pem = toPem('CERTIFICATE', leaf.der);
    return command(call, {}, async (tx) => {
      const row: CertificateRow = {
        id: ids.timed(),
        accountId,
        institutionId: party.institutionId,
        expertId,
        serial,
        subjectCn: subject.at(-1)!.value,
        pem,
        notBefore,
        notAfter,
        licensed: authority.licensed,
        revokedAt: null,
        revokeReason: null,
        issuedAt: clock.now(),
      };
      await tx.m.insert(CertificateRow, row);
      const days = { notBefore: instantText(notBefore), notAfter: instantText(notAfter) };
      const payload = { certificate: row.id, serial, institution: party.uscc, licensed: row.licensed, ...days };
      await audit.append(tx, call, { type: 'certificate.issued', payload });
      const chain = [authority.certificatePem];
      return { id: row.id, certificate: pem, chain, serial, ...days, licensed: row.licensed };
    });
  }

  const present = (row: CertificateRow): CertificateView => ({
    id: row.id,
    subject: row.subjectCn,
    serial: row.serial,
    notBefore: instantText(row.notBefore),
    notAfter: instantText(row.notAfter),
    licensed: row.licensed,
    state: stateOf(row, clock.now()),
    issuedAt: instantText(row.issuedAt),
  });

  async function list(call: Call, page: PageRequest): Promise<Page<CertificateView>> {
    const { accountId, institutionId } = call.actor;
    const query = db.m.createQueryBuilder(CertificateRow, 'c');
    if (institutionId !== null) query.where('c.institutionId = :institutionId', { institutionId });
    else query.where('c.accountId = :accountId', { accountId });
    const rows = await pageBy(query, { sort: 'c.id', id: 'c.id', descending: true, keyOf: (c) => [c.id, c.id] }, page);
    return mapPage(rows, present);
  }

  const anchors = async (): Promise<Download> =>
    new Download(Buffer.from(authority.certificatePem), 'application/x-pem-file', 'trust-anchors.pem');

  /**
   * The institution's certificate by its row alone, for use inside a transaction. Throws Problem `certificate.not-own`,
   * `certificate.revoked`, `signing.certificate-expired`, `signing.certificate-not-yet-valid`.
   */
  async function requireStanding(on: Reads, id: string, institutionId: string): Promise<CertificateRow> {
    const row = await on.m.findOneBy(CertificateRow, { id });
    if (!row || row.institutionId !== institutionId) throw new Problem('certificate.not-own', { id });
    const { serial } = row;
    const state = stateOf(row, clock.now());
    if (state === 'revoked') throw new Problem('certificate.revoked', { serial });
    if (state === 'expired') throw new Problem('signing.certificate-expired', { serial });
    if (state === 'not-yet-valid') throw new Problem('signing.certificate-not-yet-valid', { serial });
    return row;
  }

  /** The same, with the chain checked: not inside a transaction. Throws also the answers of `checkChain`. */
  async function forSigning(on: Reads, id: string, institutionId: string): Promise<SigningCertificate> {
    const row = await requireStanding(on, id, institutionId);
    const leaf = parseCertificate(fromPem('CERTIFICATE', row.pem)[0]!);
    const question = { leaf, others: [], anchors: [authority.certificate], at: clock.now() };
    const [, ...chain] = unwrap(await checkChain(question, nodeCrypto));
    return { id, der: leaf.der, chainDer: chain.map((one) => one.der), licensed: row.licensed };
  }

  /** True when there is at least one and each is a licensed body's. */
  async function areLicensed(on: Reads, certificateIds: readonly string[]): Promise<boolean> {
    if (certificateIds.length === 0) return false;
    const licensed = await on.m.countBy(CertificateRow, { id: In([...certificateIds]), licensed: true });
    return licensed === new Set(certificateIds).size;
  }

  return { request, list, anchors, requireStanding, forSigning, areLicensed };
}

export type Signing = ReturnType<typeof createSigning>;
