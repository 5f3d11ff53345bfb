import { unwrap } from '../../kernel/problem';
import type { Outcome } from '../../kernel/pure/outcome';
import { builtFile } from '../../kernel/workers/built-file';
import type { Pool } from '../../kernel/workers/pool';
import type { PrepareRequest } from './node/prepare-increment';
import type { AssembleWork, PreparedWork, SignedFile } from './signing-worker';

/** The compiled file of this module's worker tasks. */
export const signingTaskFile = (): string => builtFile(__dirname, 'signing-worker');

export interface SignatureWork {
  /** Throws Problem `signing.certificate-used`, `signing.field-signed`, `document.character-without-glyph`. */
  prepare(request: PrepareRequest): Promise<PreparedWork>;
  /** Puts the signature into the prepared file; checks nothing about the signer: see `checkSignature`. */
  assemble(work: AssembleWork): Promise<SignedFile>;
}

/** The heavy steps of signing, in worker threads. */
export const createSignatureWork = (workers: Pool): SignatureWork => ({
  prepare: async (request) => unwrap(await workers.run<Outcome<PreparedWork>>('signing.prepare', request)),
  assemble: (work) => workers.run('signing.assemble', work),
});
