import type { Instant } from '../../../kernel/pure/time';

/** A paper as plain data: may be stored as JSON and handed to a worker thread. Lengths are points (1/72 inch). */
export interface DocumentSpec {
  title: string;
  subtitle?: string;
  blocks: readonly DocumentBlock[];
  /** One signature field is prepared for each, in this order, after the last block. */
  signatures: readonly SignaturePlace[];
  /** Stands at the foot of every page, for example 非许可机构证书. */
  notice?: string;
  /** Written as the file's creation date; nothing else in the file depends on time. */
  createdAt: Instant;
}

export type DocumentBlock =
  | { kind: 'heading'; text: string }
  /** The first line is indented by two characters unless `indented` is false. A line feed starts a new paragraph. */
  | { kind: 'paragraph'; text: string; indented?: boolean }
  | { kind: 'table'; rows: readonly TableRow[] };

export interface TableRow {
  key: string;
  value: string;
}

export interface SignaturePlace {
  /** Name of the form field: 1 to 64 of A-Z a-z 0-9 _ and -, unlike every other in the paper. */
  field: string;
  name: string;
  role: string;
}

/** Every text of the paper with a JSON pointer to it. */
export function textsOf(spec: DocumentSpec): { pointer: string; text: string }[] {
  const texts = [
    { pointer: '/title', text: spec.title },
    { pointer: '/subtitle', text: spec.subtitle ?? '' },
    { pointer: '/notice', text: spec.notice ?? '' },
  ];
  spec.blocks.forEach((block, index) => {
    if (block.kind !== 'table') {
      texts.push({ pointer: `/blocks/${index}/text`, text: block.text });
      return;
    }
    block.rows.forEach((row, rowIndex) => {
      texts.push({ pointer: `/blocks/${index}/rows/${rowIndex}/key`, text: row.key });
      texts.push({ pointer: `/blocks/${index}/rows/${rowIndex}/value`, text: row.value });
    });
  });
  spec.signatures.forEach((place, index) => {
    texts.push({ pointer: `/signatures/${index}/name`, text: place.name });
    texts.push({ pointer: `/signatures/${index}/role`, text: place.role });
  });
  return texts;
}
