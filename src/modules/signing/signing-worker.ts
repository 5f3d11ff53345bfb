import { createHash } from 'node:crypto';
import { accept, refuse, type Outcome } from '../../kernel/pure/outcome';
import type { TaskRegistry } from '../../kernel/workers/protocol';
import { documentRefusal } from '../documents/index';
import { digestOfRange, type ByteRange } from './core/byte-range';
import { toHex } from './core/bytes';
import { buildSignedData, type SignedDataParts } from './core/cades';
import { SigningError } from './core/errors';
import { assemble, type PreparedIncrement } from './core/increment';
import { nodeCrypto } from './node/node-crypto';
import { prepareIncrement, type PrepareRequest } from './node/prepare-increment';

/** A prepared increment, with the hash by which it is kept. */
export type PreparedWork = PreparedIncrement & { sha256: string };

export interface AssembleWork extends SignedDataParts {
  base: Uint8Array;
  increment: Uint8Array;
  byteRange: ByteRange;
  /** SHA-256 of the signed bytes as it was prepared, hex. */
  digestHex: string;
}

export interface SignedFile {
  pdf: Uint8Array;
  /** Hex. */
  sha256: string;
}

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function signingRefusal(error: unknown): Outcome<never> {
  if (!(error instanceof SigningError)) return documentRefusal(error);
  if (error.code === 'certificate-already-signed') return refuse('signing.certificate-used');
  if (error.code === 'field-already-signed') return refuse('signing.field-signed');
  // The file and the field are our own: anything else is a fault of the program.
  throw error;
}

async function prepare(request: PrepareRequest): Promise<Outcome<PreparedWork>> {
  try {
    const prepared = await prepareIncrement(request);
    return accept({ ...prepared, sha256: sha256Of(prepared.increment) });
  } catch (error) {
    return signingRefusal(error);
  }
}

/** Throws when the stored bytes are not those that were prepared: a fault of the store, never of the signer. */
async function assembleSigned(work: AssembleWork): Promise<SignedFile> {
  const pdf = assemble({ ...work, cmsDer: buildSignedData(work) });
  const digest = await digestOfRange(pdf, work.byteRange, nodeCrypto);
  if (toHex(digest) !== work.digestHex) throw new Error('the stored file is not the one that was prepared');
  return { pdf, sha256: sha256Of(pdf) };
}

export const tasks = {
  'signing.prepare': prepare,
  'signing.assemble': assembleSigned,
} satisfies TaskRegistry;
