import { deflateSync } from 'node:zlib';
import type { Instant } from '../../../kernel/pure/time';
import { drawNameBlock } from '../../documents/index';
import { writeIncrement, type FieldPlace, type PreparedIncrement } from '../core/increment';
import { nodeCrypto } from './node-crypto';

export interface PrepareRequest {
  /** The file as it stands, signed by others or not. */
  base: Uint8Array;
  signer: {
    name: string;
    role: string;
    /** Small lines of the visible signature, for example 非许可机构证书. */
    lines?: readonly string[];
  };
  certificateDer: Uint8Array;
  chainDer: readonly Uint8Array[];
  claimedTime: Instant;
  field: FieldPlace;
  reason?: string;
}

/**
 * Prepares one signature with a visible name block. Plain data in and out, so that it may run in a worker thread.
 * Throws SigningError (see `writeIncrement`) and DocumentError `character-without-glyph`.
 */
export async function prepareIncrement(request: PrepareRequest): Promise<PreparedIncrement> {
  const { name, role, lines = [] } = request.signer;
  return writeIncrement(
    {
      base: request.base,
      field: request.field,
      certificateDer: request.certificateDer,
      chainDer: request.chainDer,
      claimedTime: request.claimedTime,
      signerName: name,
      reason: request.reason,
      draw: (width, height) => drawNameBlock({ name, role, lines }, width, height),
      deflate: (data) => new Uint8Array(deflateSync(data)),
    },
    nodeCrypto,
  );
}
