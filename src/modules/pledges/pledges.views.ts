import type { Call } from '../../kernel/call';
import type { Reads } from '../../kernel/db/database';
import { Download } from '../../kernel/http/endpoint';
import { mapPageAsync, pageBy, type Page, type PageRequest } from '../../kernel/http/page';
import { Problem } from '../../kernel/problem';
import { type Wording, say } from '../../kernel/pure/wording';
import { instantText } from '../../kernel/pure/time';
import type { PledgeDeps } from './acting';
import type { PledgeView } from './pledges.contract';
import { judgeOpen, mayReadPledge, signerPlaceOf } from './pledges.rules';
import {
  fileKey,
  loadPledge,
  loadRevision,
  type Pledge,
  PledgeRevision,
  pledgesOf,
  signedByOf,
  signersOf,
  waitingFor,
} from './pledges.store';

const PDF = 'application/pdf';

const notFound = (what: Wording, id: string): Problem => new Problem('request.not-found', { what, id });

export function createPledgeViews({ db, blobs, signing, facts, scope }: PledgeDeps) {
  async function present(on: Reads, call: Call, p: Pledge): Promise<PledgeView> {
    const signers = await signersOf(on, p.id);
    const signed = signers.flatMap((s) => (s.certificateId === null ? [] : [s.certificateId]));
    const isOpen = judgeOpen(p.state, say('签署', 'sign')).ok;
    const isOwn = call.actor.institutionId === p.institutionId;
    const due = signerPlaceOf(signers, call.actor);
    const dueNo = isOpen && due.ok ? due.value.no : undefined;
    const { id, evaluationId, institutionId, state, template, notice, baseSha256, revision, voidReason, version } = p;
    return {
      id,
      evaluationId,
      institutionId,
      state,
      template,
      notice,
      level: signed.length > 0 ? 'B-B' : null,
      licensed: await signing.areLicensed(on, signed),
      baseSha256,
      fileSha256: p.currentSha256,
      revision,
      voidReason,
      preparedAt: instantText(p.preparedAt),
      completedAt: p.completedAt === null ? null : instantText(p.completedAt),
      signers: signers.map(({ no, kind, partyId, name, role, signedAt, certificateId }) => ({
        no,
        kind,
        partyId,
        name,
        role,
        signedAt: signedAt === null ? null : instantText(signedAt),
        certificateId,
        may: no === dueNo ? ['sign' as const] : [],
      })),
      may: isOpen && isOwn ? ['void'] : [],
      version,
    };
  }

  /** Whoever may not read it is told that there is none. */
  async function mayRead(call: Call, p: Pledge): Promise<boolean> {
    const pledge = { institutionId: p.institutionId, state: p.state, signedBy: await signedByOf(db, p.id) };
    if (!mayReadPledge(call.actor, pledge, await signersOf(db, p.id))) return false;
    const authorityIds = await scope.authoritiesOf(call.actor);
    if (authorityIds === undefined) return true;
    const { lotId } = await facts.evaluation(db, p.evaluationId);
    return scope.includes(db, call.actor, await facts.lotAuthority(db, lotId));
  }

  async function readable(call: Call, id: string): Promise<Pledge> {
    const p = await loadPledge(db, id);
    if (!(await mayRead(call, p))) throw notFound(say('承诺书', 'pledge'), id);
    return p;
  }

  const showPledge = async (call: Call, id: string): Promise<PledgeView> => present(db, call, await readable(call, id));

  async function listPledges(call: Call, evaluationId: string): Promise<{ items: PledgeView[] }> {
    const { institutionId, lotId } = await facts.evaluation(db, evaluationId);
    const items: PledgeView[] = [];
    for (const p of await pledgesOf(db, evaluationId))
      if (await mayRead(call, p)) items.push(await present(db, call, p));
    const ownsEvaluation = mayReadPledge(call.actor, { institutionId, state: 'void', signedBy: [] }, []);
    const isSeen = ownsEvaluation && (await scope.includes(db, call.actor, await facts.lotAuthority(db, lotId)));
    if (items.length === 0 && !isSeen) throw notFound(say('评估', 'evaluation'), evaluationId);
    return { items };
  }

  /** What waits for the seal of the actor's institution. */
  async function listToSeal(call: Call, request: PageRequest): Promise<Page<PledgeView>> {
    const query = waitingFor(db, call.actor.institutionId ?? '');
    const page = await pageBy(query, { sort: 'p.id', id: 'p.id', keyOf: (p) => [p.id, p.id] }, request);
    return mapPageAsync(page, (p) => present(db, call, p));
  }

  /** Does a pledge of the evaluation wait for this institution's seal? */
  const isToBeSealed = (on: Reads, institutionId: string, evaluationId: string): Promise<boolean> =>
    waitingFor(on, institutionId).andWhere('p.evaluationId = :evaluationId', { evaluationId }).getExists();

  /** The file as it stands, or an earlier one of the same pledge by its hash. */
  async function file(call: Call, id: string, sha256?: string): Promise<Download> {
    const p = await readable(call, id);
    const wanted = sha256 ?? p.currentSha256;
    const isOwn =
      [p.baseSha256, p.currentSha256].includes(wanted) ||
      (await db.m.existsBy(PledgeRevision, { pledgeId: id, fileSha256: wanted }));
    if (!isOwn) throw notFound(say('文件', 'file'), wanted);
    return new Download(blobs.stream(fileKey(wanted)), PDF, `真实性承诺书-${id}.pdf`);
  }

  /** What the signer is asked to sign: base and increment, with nothing in the place of the signature. */
  async function preparedFile(call: Call, id: string, revisionId: string): Promise<Download> {
    await readable(call, id);
    const { baseSha256, incrementBlob } = await loadRevision(db, id, revisionId);
    const parts = [await blobs.get(fileKey(baseSha256)), await blobs.get(incrementBlob)];
    return new Download(Buffer.concat(parts), PDF, `待签-真实性承诺书-${id}.pdf`);
  }

  return { present, showPledge, listPledges, listToSeal, isToBeSealed, file, preparedFile };
}
