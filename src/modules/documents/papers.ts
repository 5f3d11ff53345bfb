import { unwrap } from '../../kernel/problem';
import type { Outcome } from '../../kernel/pure/outcome';
import { builtFile } from '../../kernel/workers/built-file';
import type { Pool } from '../../kernel/workers/pool';
import type { DocumentSpec } from './pdf/spec';

/** The compiled file of this module's worker tasks. */
export const documentTaskFile = (): string => builtFile(__dirname, 'pdf-worker');

export interface Papers {
  /** Makes the PDF in a worker thread; throws Problem `document.character-without-glyph` naming the character. */
  make(spec: DocumentSpec): Promise<Uint8Array>;
}

export const createPapers = (workers: Pool): Papers => ({
  make: async (spec) => unwrap(await workers.run<Outcome<Uint8Array>>('documents.make-pdf', spec)),
});
