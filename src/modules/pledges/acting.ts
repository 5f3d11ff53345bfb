import type { BlobStore } from '../../kernel/blobs/blob-store';
import type { Call } from '../../kernel/call';
import type { Command } from '../../kernel/db/command';
import type { Db } from '../../kernel/db/database';
import type { Subject } from '../../kernel/db/guards';
import { Problem } from '../../kernel/problem';
import { say } from '../../kernel/pure/wording';
import type { Audit } from '../audit-log';
import type { Scope } from '../identity';
import type { Papers } from '../documents';
import type { Sanctions } from '../sanctions';
import type { CertificateAuthority, SignatureWork, Signing } from '../signing';
import type { PledgeFacts } from './facts';
import type { Pledge } from './pledges.store';

// What every act on a pledge needs, whichever file it lives in.

export interface PledgeDeps {
  db: Db;
  command: Command;
  audit: Audit;
  sanctions: Pick<Sanctions, 'checkDoor'>;
  blobs: BlobStore;
  papers: Papers;
  signatures: SignatureWork;
  signing: Pick<Signing, 'requireStanding' | 'forSigning' | 'areLicensed'>;
  /** Whoever issues the certificates; one that is not licensed puts its notice on every page. */
  authority: Pick<CertificateAuthority, 'licensed'>;
  facts: PledgeFacts;
  scope: Scope;
}

export const institutionOf = (p: { institutionId: string }): Subject => ({ kind: 'institution', id: p.institutionId });
const record = (id: string): Subject => ({ kind: 'record', id });

/** Whom an act on a pledge concerns: the institution, the evaluation, the pledge itself. */
export const subjectsOf = (p: Pledge): Subject[] => [institutionOf(p), record(p.evaluationId), record(p.id)];

/** Both are random ids, so they may stand in the open. */
export const openSubjects = (p: Pledge): string[] => [`pledge:${p.id}`, `evaluation:${p.evaluationId}`];

/** To others than its institution a pledge does not exist where something is to be done with it. */
export function requireOwnPledge(call: Call, p: Pledge): void {
  if (call.actor.institutionId === p.institutionId) return;
  throw new Problem('request.not-found', { what: say('承诺书', 'pledge'), id: p.id });
}

class DoorStandsOpen extends Error {}

/**
 * Refuses a barred institution, with its trace, before a byte is made for it. An open door leaves nothing behind, so
 * that transaction is rolled back; the act's own command looks at the door again.
 */
export async function passDoor({ command, sanctions }: PledgeDeps, call: Call, subject: Subject): Promise<void> {
  try {
    await command(call, { subjects: () => [subject] }, async (tx) => {
      const shut = await sanctions.checkDoor(tx, call, 'pledge', [subject]);
      if (shut) return shut;
      throw new DoorStandsOpen();
    });
  } catch (error) {
    if (!(error instanceof DoorStandsOpen)) throw error;
  }
}
