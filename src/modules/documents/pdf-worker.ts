import { accept, type Outcome } from '../../kernel/pure/outcome';
import type { TaskRegistry } from '../../kernel/workers/protocol';
import { makePdf } from './pdf/make-pdf';
import type { DocumentSpec } from './pdf/spec';
import { documentRefusal } from './refusals';

export const tasks = {
  'documents.make-pdf': async (spec: DocumentSpec): Promise<Outcome<Uint8Array>> => {
    try {
      return accept(await makePdf(spec));
    } catch (error) {
      return documentRefusal(error);
    }
  },
} satisfies TaskRegistry;
