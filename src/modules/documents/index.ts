export { DocumentError, type DocumentErrorCode, type DocumentErrorDetail } from './pdf/errors';
export { missingCharacters, requireGlyphs } from './pdf/fonts';
export { makePdf, pdfDate } from './pdf/make-pdf';
export { drawNameBlock, type NameBlock } from './pdf/name-block';
export type { DocumentBlock, DocumentSpec, SignaturePlace, TableRow } from './pdf/spec';
