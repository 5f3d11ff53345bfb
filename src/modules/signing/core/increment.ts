import { PDFArray, PDFDict, PDFHexString, PDFName, PDFRef, PDFString, type PDFObject, type PDFContext } from 'pdf-lib';
import { instantText, type Instant } from '../../../kernel/pure/time';
import { digestOfRange, isEmptyGap, type ByteRange } from './byte-range';
import { concatBytes, equalBytes, fromBinaryString, toHex } from './bytes';
import { parseCertificate, type Certificate } from './certificate';
import type { CryptoPort } from './crypto-port';
import { SigningError } from './errors';
import {
  openForIncrement,
  signatureFields,
  signersSoFar,
  sizeOf,
  type OpenPdf,
  type SignatureField,
} from './pdf-fields';
import { signedAttributesFor } from './signed-attributes';
import { crossReferences, type WrittenObject } from './xref';

/** A prepared field by its name, or a new field and its place: page from 0, corners in points. */
export type FieldPlace =
  { name: string } | { name: string; page: number; rectangle: readonly [number, number, number, number] };

export interface IncrementRequest {
  base: Uint8Array;
  field: FieldPlace;
  certificateDer: Uint8Array;
  chainDer: readonly Uint8Array[];
  /** Written as /M: what the signer's side claims, proven by nobody. */
  claimedTime: Instant;
  signerName: string;
  reason?: string;
  /** Content stream of the visible signature for a box of this size in points, origin lower left. */
  draw: (width: number, height: number) => string;
  /** zlib format (RFC 1950); handed in because the machine's own is several times faster than pdf-lib's. */
  deflate: (data: Uint8Array) => Uint8Array;
}

export interface PreparedIncrement {
  /** To be appended to the base file; Contents is all zeros. */
  increment: Uint8Array;
  byteRange: ByteRange;
  /** SHA-256 of the signed bytes, hex. */
  digestHex: string;
  /** What the signer signs. */
  signedAttributesDer: Uint8Array;
}

/** Bytes kept free for the CMS (architecture 5.3): chain, signature, 8 KiB for a token, 1 KiB; whole 4 KiB. */
export function contentsReserve(certificate: Certificate, chainDer: readonly Uint8Array[]): number {
  const chain = chainDer.reduce((sum, der) => sum + der.length, certificate.der.length);
  // A DER signature on P-256 has at most 72 bytes.
  const signature = certificate.publicKey.kind === 'rsa' ? Math.ceil(certificate.publicKey.bits / 8) : 72;
  return Math.ceil((chain + signature + 8192 + 1024) / 4096) * 4096;
}

/**
 * Writes one incremental update that puts a signature with empty Contents into a field; the base stays as it is.
 * Throws SigningError: `malformed-pdf`, `field-unknown`, `field-already-signed`, `certificate-already-signed`.
 */
export async function writeIncrement(request: IncrementRequest, crypto: CryptoPort): Promise<PreparedIncrement> {
  const { base, certificateDer } = request;
  const open = await openForIncrement(base);
  const fields = signatureFields(open);
  if (signersSoFar(fields).some((der) => equalBytes(der, certificateDer))) {
    throw new SigningError('certificate-already-signed', 'a certificate signs once per document');
  }
  const { context } = open.pdf;
  const touched = new Map<PDFRef, PDFObject>();
  const field = fieldFor(open, fields, request.field, touched);
  const { width, height } = sizeOf(field.dict);
  const drawing = request.deflate(fromBinaryString(request.draw(width, height)));
  const appearance = context.stream(drawing, {
    Type: 'XObject',
    Subtype: 'Form',
    BBox: [0, 0, width, height],
    Resources: {},
    Filter: 'FlateDecode',
  });
  const appearanceRef = context.nextRef();
  const signatureRef = context.nextRef();
  touched.set(appearanceRef, appearance);
  field.dict.set(PDFName.of('V'), signatureRef);
  field.dict.set(PDFName.of('AP'), context.obj({ N: appearanceRef }));
  touched.set(field.ref, field.dict);
  const reserve = contentsReserve(parseCertificate(certificateDer), request.chainDer);
  const second = PDFHexString.of(toHex((await crypto.sha256(base)).slice(0, 16)));
  const { increment, byteRange } = write(request, touched, signatureRef, reserve, trailer(open, second));
  const digest = await digestOfRange(concatBytes(base, increment), byteRange, crypto);
  const signedAttributesDer = await signedAttributesFor(digest, certificateDer, crypto);
  return { increment, byteRange, digestHex: toHex(digest), signedAttributesDer };
}

function fieldFor(
  open: OpenPdf,
  fields: readonly SignatureField[],
  place: FieldPlace,
  touched: Map<PDFRef, PDFObject>,
): { ref: PDFRef; dict: PDFDict } {
  const known = fields.find(({ name }) => name === place.name);
  if (known?.isSigned) throw new SigningError('field-already-signed', place.name);
  if (known) return known;
  if (!('page' in place)) throw new SigningError('field-unknown', place.name);
  const page = open.pdf.getPages()[place.page];
  if (!page) throw new SigningError('field-unknown', `no page ${place.page}`);
  const { context, catalog } = open.pdf;
  const ref = context.nextRef();
  const dict = context.obj({
    Type: 'Annot',
    Subtype: 'Widget',
    FT: 'Sig',
    T: PDFString.of(place.name),
    Rect: [...place.rectangle],
    F: 132,
    P: page.ref,
  });
  touched.set(ref, dict);
  append(context, page.ref, page.node, 'Annots', ref, touched);
  const formRef = catalog.get(PDFName.of('AcroForm'));
  if (formRef instanceof PDFRef) {
    append(context, formRef, context.lookup(formRef, PDFDict), 'Fields', ref, touched);
  } else {
    // The file had no form, or one inside the catalogue, which is then lifted out.
    const form = formRef instanceof PDFDict ? formRef : context.obj({ Fields: [], SigFlags: 3 });
    const newRef = context.nextRef();
    catalog.set(PDFName.of('AcroForm'), newRef);
    touched.set(open.pdf.context.trailerInfo.Root as PDFRef, catalog);
    append(context, newRef, form, 'Fields', ref, touched);
    touched.set(newRef, form);
  }
  return { ref, dict };
}

/** Adds to an array that may be missing, inside its owner, or an object of its own, and marks what changed. */
function append(
  context: PDFContext,
  ownerRef: PDFRef,
  owner: PDFDict,
  key: string,
  value: PDFRef,
  touched: Map<PDFRef, PDFObject>,
): void {
  const current = owner.get(PDFName.of(key));
  if (current instanceof PDFRef) {
    const array = context.lookup(current, PDFArray);
    array.push(value);
    touched.set(current, array);
    return;
  }
  if (current instanceof PDFArray) current.push(value);
  else owner.set(PDFName.of(key), context.obj([value]));
  touched.set(ownerRef, owner);
}

function trailer({ pdf, previousXref }: OpenPdf, secondId: PDFHexString): string {
  const { Root, Info, ID } = pdf.context.trailerInfo;
  const dict = pdf.context.obj({ Size: pdf.context.largestObjectNumber + 1, Prev: previousXref });
  dict.set(PDFName.of('Root'), Root!);
  if (Info) dict.set(PDFName.of('Info'), Info);
  const first = ID instanceof PDFArray ? ID.get(0) : secondId;
  dict.set(PDFName.of('ID'), pdf.context.obj([first, secondId]));
  return dict.toString();
}

// Room for files up to 10 GB; the range is written before its numbers are known to fit.
const RANGE_DIGITS = 10;

/** ISO 32000-1, 12.8.1. Split where the Contents string stands. */
function signatureParts(request: IncrementRequest): { head: string; middle: string; tail: string } {
  const date = instantText(request.claimedTime).slice(0, 19).replace(/\D/g, '');
  const head = [
    '<<',
    '/Type /Sig',
    '/Filter /Adobe.PPKLite',
    '/SubFilter /ETSI.CAdES.detached',
    `/M (D:${date}+00'00')`,
    `/Name ${PDFHexString.fromText(request.signerName).toString()}`,
    ...(request.reason ? [`/Reason ${PDFHexString.fromText(request.reason).toString()}`] : []),
    '/ByteRange ',
  ].join('\n');
  return { head, middle: '\n/Contents ', tail: '\n>>' };
}

function write(
  request: IncrementRequest,
  touched: ReadonlyMap<PDFRef, PDFObject>,
  signatureRef: PDFRef,
  reserve: number,
  trailerText: string,
): { increment: Uint8Array; byteRange: ByteRange } {
  const { base } = request;
  const pieces: Uint8Array[] = [];
  const written: WrittenObject[] = [];
  let at = base.length;
  const put = (piece: Uint8Array | string): void => {
    const bytes = typeof piece === 'string' ? fromBinaryString(piece) : piece;
    pieces.push(bytes);
    at += bytes.length;
  };
  const begin = ({ objectNumber, generationNumber }: PDFRef): void => {
    written.push({ number: objectNumber, generation: generationNumber, offset: at });
    put(`${objectNumber} ${generationNumber} obj\n`);
  };
  put('\n');
  for (const [ref, object] of touched) {
    begin(ref);
    const bytes = new Uint8Array(object.sizeInBytes());
    object.copyBytesInto(bytes, 0);
    put(bytes);
    put('\nendobj\n');
  }
  begin(signatureRef);
  const { head, middle, tail } = signatureParts(request);
  put(head);
  const rangeIndex = pieces.length;
  const rangeLength = 5 + 3 * (RANGE_DIGITS + 1);
  put(' '.repeat(rangeLength));
  put(middle);
  const gapStart = at;
  put(`<${'0'.repeat(reserve * 2)}>`);
  const gapEnd = at;
  put(`${tail}\nendobj\n`);
  const xrefAt = at;
  put(`${crossReferences(written)}trailer\n${trailerText}\nstartxref\n${xrefAt}\n%%EOF\n`);
  const byteRange = [0, gapStart, gapEnd, at - gapEnd] as const;
  const rangeText = `[0 ${byteRange.slice(1).join(' ')}]`.padEnd(rangeLength);
  pieces[rangeIndex] = fromBinaryString(rangeText);
  return { increment: concatBytes(...pieces), byteRange };
}

export interface AssemblyRequest {
  base: Uint8Array;
  increment: Uint8Array;
  byteRange: ByteRange;
  cmsDer: Uint8Array;
}

/**
 * Puts the CMS into the prepared gap and answers the whole signed file; nothing but the gap changes.
 * Throws SigningError `reserve-too-small`, and `malformed-pdf` when the gap is not the empty one that was prepared.
 */
export function assemble({ base, increment, byteRange, cmsDer }: AssemblyRequest): Uint8Array {
  const pdf = concatBytes(base, increment);
  const [, gapStart, gapEnd, rest] = byteRange;
  if (gapStart < base.length || gapEnd + rest !== pdf.length || !isEmptyGap(pdf, byteRange)) {
    throw new SigningError('malformed-pdf', 'the increment has no empty Contents at this byte range');
  }
  const hex = toHex(cmsDer);
  if (hex.length > gapEnd - gapStart - 2) throw new SigningError('reserve-too-small', `${cmsDer.length} bytes of CMS`);
  pdf.set(fromBinaryString(hex), gapStart + 1);
  return pdf;
}
