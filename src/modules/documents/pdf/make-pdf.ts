import { createHash } from 'node:crypto';
import {
  beginText,
  endText,
  PDFArray,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFString,
  setFontAndSize,
  setTextMatrix,
  showText,
  type PDFFont,
  type PDFOperator,
  type PDFPage,
  moveTo,
  lineTo,
  setLineWidth,
  setStrokingGrayscaleColor,
  stroke,
} from 'pdf-lib';
import { instantText, type Instant } from '../../../kernel/pure/time';
import { DocumentError } from './errors';
import { chineseTypeface, codePointsOf, requireGlyphs, type Typeface } from './fonts';
import { layOut, type LaidOutDocument, type PlacedField } from './layout';
import { textsOf, type DocumentSpec } from './spec';

const FONT_KEY = PDFName.of('F1');

/** ISO 32000-1, 7.9.4, in UTC to the second: D:20261123070405+00'00'. */
export function pdfDate(at: Instant): string {
  return `D:${instantText(at).slice(0, 19).replace(/\D/g, '')}+00'00'`;
}

/**
 * Makes a PDF 1.7 file with an embedded subset of the Chinese font, a classic cross-reference table and one empty
 * signature field per signer. The same specification gives the same bytes.
 * Throws DocumentError: `character-without-glyph` names the character and where it stands, `field-name-not-usable`,
 * `notice-too-long`.
 */
export async function makePdf(spec: DocumentSpec): Promise<Uint8Array> {
  const typeface = chineseTypeface();
  for (const { pointer, text } of textsOf(spec)) requireGlyphs(text, pointer, typeface);
  requireFieldNames(spec);
  const laidOut = layOut(spec, typeface.widthOf);
  const pdf = await PDFDocument.create({ updateMetadata: false });
  const font = await embedTypeface(pdf, typeface, laidOut);
  const pages = laidOut.pages.map((content) => {
    const page = pdf.addPage([laidOut.width, laidOut.height]);
    page.node.setFontDictionary(FONT_KEY, font.ref);
    page.pushOperators(...operatorsFor(content, font));
    return page;
  });
  addSignatureFields(pdf, pages, laidOut.fields);
  describe(pdf, spec);
  // Unlimited objects per tick: the default pauses in timers and so depends on what else the thread does.
  return pdf.save({
    useObjectStreams: false,
    addDefaultPage: false,
    updateFieldAppearances: false,
    objectsPerTick: Infinity,
  });
}

function requireFieldNames(spec: DocumentSpec): void {
  const seen = new Set<string>();
  spec.signatures.forEach(({ field }, index) => {
    if (!/^[A-Za-z0-9_-]{1,64}$/.test(field) || seen.has(field)) {
      throw new DocumentError('field-name-not-usable', `签名域名称不可用或重复：${field}`, {
        pointer: `/signatures/${index}/field`,
      });
    }
    seen.add(field);
  });
}

/** ISO 32000-1, 9.6.4 wants six letters before the name of a subset; different subsets must not share them. */
function subsetName(typeface: Typeface, texts: readonly string[]): string {
  const characters = [...new Set(texts.flatMap(codePointsOf))].sort((a, b) => a - b);
  const digest = createHash('sha256').update(characters.join(',')).digest();
  const letters = Array.from(digest.subarray(0, 6), (byte) => String.fromCharCode(65 + (byte % 26)));
  return `${letters.join('')}+${typeface.name}`;
}

async function embedTypeface(pdf: PDFDocument, typeface: Typeface, laidOut: LaidOutDocument): Promise<PDFFont> {
  pdf.registerFontkit(typeface.forPdfLib);
  const texts = laidOut.pages.flatMap((page) => page.texts.map(({ text }) => text));
  return pdf.embedFont(typeface.bytes, { subset: true, customName: subsetName(typeface, texts) });
}

function operatorsFor(page: LaidOutDocument['pages'][number], font: PDFFont): PDFOperator[] {
  const rules = page.rules.flatMap(({ x1, y1, x2, y2 }) => [moveTo(x1, y1), lineTo(x2, y2)]);
  const texts = page.texts.flatMap(({ x, y, size, text }) => [
    setFontAndSize(FONT_KEY, size),
    setTextMatrix(1, 0, 0, 1, x, y),
    showText(font.encodeText(text)),
  ]);
  const frame = rules.length > 0 ? [setLineWidth(0.5), setStrokingGrayscaleColor(0.45), ...rules, stroke()] : [];
  return [...frame, beginText(), ...texts, endText()];
}

/** ISO 32000-1, 12.7.4.5: field and widget in one dictionary, without a value until somebody signs. */
function addSignatureFields(pdf: PDFDocument, pages: readonly PDFPage[], fields: readonly PlacedField[]): void {
  if (fields.length === 0) return;
  const { context } = pdf;
  const refs = fields.map(({ name, page, rectangle }) => {
    const widget = context.register(
      context.obj({
        Type: 'Annot',
        Subtype: 'Widget',
        FT: 'Sig',
        T: PDFString.of(name),
        Rect: [...rectangle],
        // Printed, locked in place (12.5.3).
        F: 132,
        P: pages[page]!.ref,
      }),
    );
    pages[page]!.node.addAnnot(widget);
    return widget;
  });
  const form = context.obj({ Fields: refs, SigFlags: 3 });
  pdf.catalog.set(PDFName.of('AcroForm'), context.register(form));
}

function describe(pdf: PDFDocument, spec: DocumentSpec): void {
  const { context } = pdf;
  const date = PDFString.of(pdfDate(spec.createdAt));
  const info = context.obj({
    Title: PDFHexString.fromText(spec.title),
    Producer: PDFHexString.fromText('绿鉴 Lujian'),
    CreationDate: date,
    ModDate: date,
  });
  context.trailerInfo.Info = context.register(info);
  pdf.catalog.set(PDFName.of('Lang'), PDFString.of('zh-CN'));
  pdf.catalog.set(PDFName.of('ViewerPreferences'), context.obj({ DisplayDocTitle: true }));
  const id = PDFHexString.of(createHash('sha256').update(JSON.stringify(spec)).digest('hex').slice(0, 32));
  const ids = PDFArray.withContext(context);
  ids.push(id);
  ids.push(id);
  context.trailerInfo.ID = ids;
}
