import { attempt, shown } from '../../kernel/pure/tlog/fault';
import { sayFault } from '../../kernel/pure/tlog/fault-words';
import { cosignNote, noteText, signatureLine, type NoteSignature, type NoteSigner } from '../../kernel/pure/tlog/note';
import type { VerifierKey } from '../../kernel/pure/tlog/vkey';
import {
  judgeAddCheckpoint,
  parseAddCheckpoint,
  SIZE_TYPE,
  sizeText,
  WITNESS_STATUS,
  type AddCheckpoint,
} from '../../kernel/pure/tlog/witness-wire';
import type { Clock } from '../../kernel/sources';
import { ed25519Verify, sha256 } from '../../kernel/tlog-crypto';
import { moveHead, readHead } from './heads';
import { bothOf } from './identity';

// The witness itself: reads the head, judges, stores, signs, in one step that nothing interrupts.

/** Tries of one request while another process moves the same head; none is expected to. */
const TRIES = 5;

export interface Witness {
  signer: NoteSigner;
  logs: readonly VerifierKey[];
  /** Judges the body of a request. Stores the head before it answers. */
  answer(body: Uint8Array): WitnessAnswer;
}

export type WitnessAnswer =
  | { status: 200; body: string; request: AddCheckpoint; cosignature: NoteSignature }
  | {
      status: number;
      body: string;
      /** Of the body, when it is a size. */
      type?: string;
      /** What was refused, and why, for whoever runs the witness. */
      refused: string;
      latestSize: number | null;
    };

export interface WitnessParts {
  folder: string;
  signer: NoteSigner;
  logs: readonly VerifierKey[];
  clock: Clock;
}

export function createWitness({ folder, signer, logs, clock }: WitnessParts): Witness {
  function decide(request: AddCheckpoint): WitnessAnswer | undefined {
    const { origin } = request.checkpoint;
    const isKnown = logs.some((key) => key.name === origin);
    const head = isKnown ? readHead(folder, origin) : { step: 0, checkpoint: null };
    const decision = judgeAddCheckpoint(
      request,
      { logKeys: logs, latest: head.checkpoint },
      { sha256, verify: ed25519Verify },
    );
    if (decision.kind === 'refuse') {
      const { status, fault, latestSize } = decision;
      const words = bothOf(sayFault(fault));
      const sizes = `${request.oldSize} → ${request.checkpoint.size}`;
      const refused = `${status} ${shown(origin)} ${sizes}：${words}`;
      if (latestSize === null) return { status, body: `${words}\n`, refused, latestSize };
      return { status, body: sizeText(latestSize), type: SIZE_TYPE, refused, latestSize };
    }
    const { checkpoint } = decision;
    const isNew = checkpoint.size > (head.checkpoint?.size ?? 0);
    if (isNew && !moveHead(folder, head, origin, noteText(checkpoint.note))) return undefined;
    const cosignature = cosignNote(checkpoint.note.text, signer, Math.floor(clock.now() / 1000));
    return { status: WITNESS_STATUS.cosigned, body: signatureLine(cosignature), request, cosignature };
  }
  return {
    signer,
    logs,
    answer(body) {
      const request = attempt(() => parseAddCheckpoint(body));
      if (!request.ok) {
        const words = bothOf(sayFault(request.fault));
        const status = WITNESS_STATUS.malformed;
        return { status, body: `${words}\n`, refused: `${status}：${words}`, latestSize: null };
      }
      for (let i = 0; i < TRIES; i += 1) {
        const answer = decide(request.value);
        if (answer) return answer;
      }
      throw new Error('another process keeps moving the head of this log');
    },
  };
}
