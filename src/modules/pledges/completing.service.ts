import { In, MoreThan } from 'typeorm';
import type { Call } from '../../kernel/call';
import { inTransaction, type Tx } from '../../kernel/db/transaction';
import { changeRecord } from '../../kernel/db/records';
import { Problem, unwrap } from '../../kernel/problem';
import { instant } from '../../kernel/pure/time';
import { checkSignature, fromBase64, fromHex, nodeCrypto, type SigningCertificate } from '../signing';
import { institutionOf, openSubjects, passDoor, requireOwnPledge, subjectsOf, type PledgeDeps } from './acting';
import type { CompletedReply } from './pledges.contract';
import { judgeBase, judgeRevision, stateAfterSigning } from './pledges.rules';
import { fileKey, loadPledge, loadRevision, Pledge, PledgeRevision, PledgeSigner } from './pledges.store';
import { openPledgeStates, type PledgeState } from './pledges.states';
import { requireMaySign, signedAttributesOf } from './signatures.service';

const LEASE_MS = 60_000;

interface Completion {
  pledge: Pledge;
  revision: PledgeRevision;
  certificate: SigningCertificate;
  signature: Uint8Array;
}

/**
 * The second half of a signature: verify, claim, assemble and keep the file, then name it, once. Killed at any moment the
 * pledge is signed and whole or not signed; a claim that nobody finished can be taken again after its lease, and the same
 * answer of the signer gives the same bytes again.
 */
export function createCompleting(deps: PledgeDeps) {
  const { db, command, audit, sanctions, blobs, signatures, signing } = deps;
  const { clock } = db.sources;

  async function verify(call: Call, id: string, body: { revisionId: string; signature: string }): Promise<Completion> {
    const pledge = await loadPledge(db, id);
    requireOwnPledge(call, pledge);
    await passDoor(deps, call, institutionOf(pledge));
    const revision = await loadRevision(db, id, body.revisionId);
    unwrap(judgeRevision(pledge, revision, clock.now()));
    await requireMaySign(deps, db, call, pledge, revision.certificateId);
    const certificate = await signing.forSigning(db, revision.certificateId, pledge.institutionId);
    const signature = fromBase64(body.signature);
    const question = {
      documentDigest: fromHex(revision.digest),
      signedAttributesDer: signedAttributesOf(revision),
      signature,
      certificateDer: certificate.der,
    };
    unwrap(await checkSignature(question, nodeCrypto));
    return { pledge, revision, certificate, signature };
  }

  /** Compare-and-set on the base file: of several signers at once, one gets the lease. */
  const claim = ({ pledge, revision }: Completion): Promise<void> =>
    inTransaction(db, async (tx) => {
      const now = clock.now();
      const open = { id: pledge.id, currentSha256: revision.baseSha256, state: In([...openPledgeStates]) };
      // The pledge's row is changed, not only read, so that two claims on two nodes meet.
      const { affected } = await tx.m.increment(Pledge, open, 'version', 1);
      if (affected !== 1) throw new Problem('pledge.base-changed');
      const others = { pledgeId: pledge.id, state: 'prepared' as const, leaseUntil: MoreThan(now) };
      const held = await tx.m.findOneBy(PledgeRevision, others);
      if (held) {
        const retryAfter = Math.ceil((held.leaseUntil! - now) / 1000);
        throw new Problem('pledge.signing-in-progress', { retryAfter });
      }
      await tx.m.update(
        PledgeRevision,
        { id: revision.id, state: 'prepared' },
        { leaseUntil: instant(now + LEASE_MS) },
      );
    });

  const release = ({ revision }: Completion): Promise<void> =>
    inTransaction(db, async (tx) => {
      await tx.m.update(PledgeRevision, { id: revision.id, state: 'prepared' }, { leaseUntil: null });
    });

  /** Builds the signed file and keeps it, synced, before any row names it. */
  async function keepSigned({ revision, certificate, signature }: Completion): Promise<string> {
    const { pdf, sha256 } = await signatures.assemble({
      base: new Uint8Array(await blobs.get(fileKey(revision.baseSha256))),
      increment: new Uint8Array(await blobs.get(revision.incrementBlob)),
      byteRange: revision.byteRange,
      digestHex: revision.digest,
      signedAttributesDer: signedAttributesOf(revision),
      signature,
      certificateDer: certificate.der,
      chainDer: certificate.chainDer,
    });
    await blobs.putIfAbsent(fileKey(sha256), pdf);
    return sha256;
  }

  async function storeSigned(
    tx: Tx,
    p: Pledge,
    revision: PledgeRevision,
    fileSha256: string,
    state: PledgeState,
  ): Promise<void> {
    const now = clock.now();
    const stored = { state: 'stored', leaseUntil: null, fileSha256 } as const;
    const { affected } = await tx.m.update(PledgeRevision, { id: revision.id, state: 'prepared' }, stored);
    if (affected !== 1) throw new Problem('pledge.base-changed');
    const place = { pledgeId: p.id, no: revision.signerNo };
    await tx.m.update(PledgeSigner, place, { signedAt: now, certificateId: revision.certificateId });
    const completedAt = state === 'complete' ? now : null;
    await changeRecord(tx, Pledge, p, { state, currentSha256: fileSha256, revision: p.revision + 1, completedAt });
  }

  async function record(tx: Tx, call: Call, p: Pledge, revision: PledgeRevision): Promise<void> {
    const subjects = openSubjects(p);
    const facts = { pledge: p.id, evaluation: p.evaluationId, file: p.currentSha256 };
    const { certificateId: certificate, signerNo: signer, digest } = revision;
    const payload = { ...facts, base: revision.baseSha256, signer, certificate, digest, level: 'B-B' };
    await audit.append(tx, call, { type: 'pledge.signed', subjects, payload });
    if (p.state === 'complete') await audit.append(tx, call, { type: 'pledge.completed', subjects, payload: facts });
  }

  const finish = (call: Call, { pledge, revision }: Completion, fileSha256: string): Promise<CompletedReply> =>
    command(call, { subjects: () => subjectsOf(pledge) }, async (tx) => {
      const p = await loadPledge(tx, pledge.id);
      const shut = await sanctions.checkDoor(tx, call, 'pledge', [institutionOf(p)]);
      if (shut) return shut;
      const fresh = await loadRevision(tx, p.id, revision.id);
      // Not the expiry: the signer answered in time, storing may end later.
      unwrap(judgeBase(p, fresh));
      const { signers } = await requireMaySign(deps, tx, call, p, fresh.certificateId);
      const state = unwrap(stateAfterSigning(p.state, signers, fresh.signerNo));
      await storeSigned(tx, p, fresh, fileSha256, state);
      await record(tx, call, p, fresh);
      const pdfUrl = `/api/v1/pledges/${p.id}/file?sha256=${fileSha256}`;
      return { state: state === 'complete' ? 'complete' : 'part-signed', fileSha256, pdfUrl };
    });

  async function completeSignature(
    call: Call,
    id: string,
    body: { revisionId: string; signature: string },
  ): Promise<CompletedReply> {
    const completion = await verify(call, id, body);
    await claim(completion);
    try {
      return await finish(call, completion, await keepSigned(completion));
    } catch (error) {
      // If even this fails, the lease ends by itself; the first fault is the one to tell.
      await release(completion).catch(() => undefined);
      throw error;
    }
  }

  return { completeSignature };
}
