import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFRef,
  PDFString,
  type PDFObject,
} from 'pdf-lib';
import { firstDerValue } from './asn1';
import { toBinaryString } from './bytes';
import { parseSignedData } from './cades';
import { SigningError } from './errors';

/** A file of ours, opened for one more increment. */
export interface OpenPdf {
  pdf: PDFDocument;
  /** Offset of the newest cross-reference table. */
  previousXref: number;
}

const malformed = (what: string): SigningError => new SigningError('malformed-pdf', what);

/**
 * Opens a file that ends as this program ends its files: classic cross-reference table, no encryption. Everything else is
 * refused, because an increment on top of it could not be answered for. Throws SigningError `malformed-pdf`.
 */
export async function openForIncrement(base: Uint8Array): Promise<OpenPdf> {
  const tail = toBinaryString(base.subarray(Math.max(0, base.length - 64)));
  const startxref = /startxref\n(\d{1,10})\n%%EOF\n?$/.exec(tail);
  const previousXref = startxref ? Number(startxref[1]) : -1;
  if (previousXref < 0 || toBinaryString(base.subarray(previousXref, previousXref + 5)) !== 'xref\n') {
    throw malformed('does not end in a classic cross-reference table');
  }
  let pdf: PDFDocument;
  try {
    pdf = await PDFDocument.load(base, { updateMetadata: false, throwOnInvalidObject: true, parseSpeed: Infinity });
  } catch {
    throw malformed('cannot be read');
  }
  return { pdf, previousXref };
}

export interface SignatureField {
  ref: PDFRef;
  dict: PDFDict;
  name: string;
  isSigned: boolean;
}

/** The signature fields at the top of the form, in order. */
export function signatureFields({ pdf }: OpenPdf): SignatureField[] {
  const form = pdf.catalog.lookupMaybe(PDFName.of('AcroForm'), PDFDict);
  const fields = form?.lookupMaybe(PDFName.of('Fields'), PDFArray)?.asArray() ?? [];
  return fields.flatMap((ref) => {
    const dict = ref instanceof PDFRef ? pdf.context.lookup(ref) : undefined;
    if (!(ref instanceof PDFRef) || !(dict instanceof PDFDict))
      throw malformed('a form field that is no indirect object');
    if (dict.lookup(PDFName.of('FT')) !== PDFName.of('Sig')) return [];
    const isSigned = dict.has(PDFName.of('V'));
    return [{ ref, dict, name: textOf(dict.lookup(PDFName.of('T'))), isSigned }];
  });
}

function textOf(value: PDFObject | undefined): string {
  return value instanceof PDFString || value instanceof PDFHexString ? value.decodeText() : '';
}

/** DER of the certificates that have signed this file already; document time stamps are not counted. */
export function signersSoFar(fields: readonly SignatureField[]): Uint8Array[] {
  return fields.flatMap(({ dict, isSigned }) => {
    if (!isSigned) return [];
    const value = dict.lookup(PDFName.of('V'), PDFDict);
    if (value.lookup(PDFName.of('SubFilter')) !== PDFName.of('ETSI.CAdES.detached')) return [];
    const contents = value.lookup(PDFName.of('Contents'), PDFHexString).asBytes();
    return [parseSignedData(firstDerValue(contents)).signer.der];
  });
}

/** Width and height of a widget in points. Throws SigningError `malformed-pdf` for a place without area. */
export function sizeOf(dict: PDFDict): { width: number; height: number } {
  const corners = dict.lookup(PDFName.of('Rect'), PDFArray).asArray();
  const [left, bottom, right, top] = corners.map((value) => (value instanceof PDFNumber ? value.asNumber() : NaN));
  const width = right! - left!;
  const height = top! - bottom!;
  if (!(width > 0 && height > 0)) throw malformed('a signature field without area');
  return { width, height };
}
