import type { Call } from '../../kernel/call';
import type { Reads } from '../../kernel/db/database';
import { Problem, unwrap } from '../../kernel/problem';
import { chineseDate, instant, instantText, legalDateOf, type Instant } from '../../kernel/pure/time';
import { say } from '../../kernel/pure/wording';
import { fromBase64, toBase64, type SigningCertificate } from '../signing';
import { institutionOf, passDoor, requireOwnPledge, subjectsOf, type PledgeDeps } from './acting';
import type { PreparedReply } from './pledges.contract';
import { judgeEvaluation, judgeOpen, signerPlaceOf } from './pledges.rules';
import {
  fileKey,
  incrementKey,
  loadPledge,
  PledgeRevision,
  signersOf,
  type Pledge,
  type PledgeSigner,
} from './pledges.store';

const VALID_MS = 30 * 60_000;
const ACT = say('签署', 'sign');

/** 2026年11月23日15:04, Beijing time. */
function beijingMinute(at: Instant): string {
  const shifted = instantText(instant(at + 8 * 3600_000));
  return `${chineseDate(legalDateOf(at))}${shifted.slice(11, 16)}`;
}

/** What both halves of a signature ask before they go on; outside the transaction first, inside it again. */
export async function requireMaySign(
  { facts, signing }: PledgeDeps,
  on: Reads,
  call: Call,
  p: Pledge,
  certificateId: string,
): Promise<{ signer: PledgeSigner; signers: PledgeSigner[] }> {
  unwrap(judgeOpen(p.state, ACT));
  const signers = await signersOf(on, p.id);
  const signer = unwrap(signerPlaceOf(signers, call.actor));
  const e = await facts.evaluation(on, p.evaluationId);
  unwrap(judgeEvaluation(e, (await facts.team(on, e.id)).length, ACT));
  // A certificate signs once per document.
  if (signers.some((s) => s.certificateId === certificateId)) throw new Problem('signing.certificate-used');
  await signing.requireStanding(on, certificateId, p.institutionId);
  return { signer, signers };
}

export function createSignatures(deps: PledgeDeps) {
  const { db, command, audit, sanctions, blobs, signatures, signing } = deps;
  const { clock, ids } = db.sources;

  /** Makes the increment outside any transaction and keeps it. */
  async function draft(
    call: Call,
    p: Pledge,
    signer: PledgeSigner,
    certificate: SigningCertificate,
  ): Promise<PledgeRevision> {
    const now = clock.now();
    const prepared = await signatures.prepare({
      base: new Uint8Array(await blobs.get(fileKey(p.currentSha256))),
      signer: {
        name: signer.name,
        role: signer.role,
        lines: [`声明时间 ${beijingMinute(now)}`, ...(certificate.licensed ? [] : ['非许可机构证书'])],
      },
      certificateDer: certificate.der,
      chainDer: certificate.chainDer,
      claimedTime: now,
      field: { name: signer.field },
      reason: '签署真实性承诺',
    });
    const incrementBlob = incrementKey(prepared.sha256);
    await blobs.putIfAbsent(incrementBlob, prepared.increment);
    return {
      id: ids.timed(),
      pledgeId: p.id,
      signerNo: signer.no,
      baseSha256: p.currentSha256,
      incrementBlob,
      byteRange: prepared.byteRange,
      signedAttributes: toBase64(prepared.signedAttributesDer),
      digest: prepared.digestHex,
      certificateId: certificate.id,
      accountId: call.actor.accountId,
      expiresAt: instant(now + VALID_MS),
      leaseUntil: null,
      state: 'prepared',
      fileSha256: null,
    };
  }

  const present = (r: PledgeRevision): PreparedReply => ({
    revisionId: r.id,
    pdfUrl: `/api/v1/pledges/${r.pledgeId}/revisions/${r.id}/file`,
    byteRange: [...r.byteRange],
    signedAttributes: r.signedAttributes,
    digest: r.digest,
    expiresAt: instantText(r.expiresAt),
  });

  async function prepareSignature(call: Call, id: string, body: { certificateId: string }): Promise<PreparedReply> {
    const known = await loadPledge(db, id);
    requireOwnPledge(call, known);
    await passDoor(deps, call, institutionOf(known));
    const { signer } = await requireMaySign(deps, db, call, known, body.certificateId);
    const certificate = await signing.forSigning(db, body.certificateId, known.institutionId);
    const revision = await draft(call, known, signer, certificate);
    return command(call, { subjects: () => subjectsOf(known) }, async (tx) => {
      const p = await loadPledge(tx, id);
      const shut = await sanctions.checkDoor(tx, call, 'pledge', [institutionOf(p)]);
      if (shut) return shut;
      await requireMaySign(deps, tx, call, p, body.certificateId);
      if (p.currentSha256 !== revision.baseSha256) throw new Problem('pledge.base-changed');
      await tx.m.insert(PledgeRevision, revision);
      const payload = {
        pledge: id,
        revision: revision.id,
        signer: revision.signerNo,
        base: revision.baseSha256,
        digest: revision.digest,
        certificate: revision.certificateId,
      };
      await audit.append(tx, call, { type: 'pledge.signature-prepared', payload });
      return present(revision);
    });
  }

  return { prepareSignature };
}

/** The attributes as they were handed out. */
export const signedAttributesOf = (r: PledgeRevision): Uint8Array => fromBase64(r.signedAttributes);
