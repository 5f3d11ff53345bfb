import { accept, refuse, type Outcome } from '../../kernel/pure/outcome';
import { say, sayNames } from '../../kernel/pure/wording';
import { isOfficer } from '../identity/core/officers';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** What may be uploaded, by media type, with the name people know it by. */
export const fileTypes: Readonly<Record<string, string>> = {
  'application/pdf': 'PDF',
  'image/png': 'PNG 图片',
  'image/jpeg': 'JPEG 图片',
  'video/mp4': 'MP4 视频',
  'application/zip': 'ZIP 压缩包',
  [XLSX]: 'XLSX 表格',
  'text/csv': 'CSV 表格',
  'text/plain': '纯文本',
};

// Windows calls ZIP by this name.
const aliases: Readonly<Record<string, string>> = { 'application/x-zip-compressed': 'application/zip' };

type Kind = 'pdf' | 'png' | 'jpeg' | 'mp4' | 'xlsx' | 'zip' | 'text' | 'unknown';

const kindsEn: Record<Kind, string> = {
  pdf: 'PDF',
  png: 'a PNG picture',
  jpeg: 'a JPEG picture',
  mp4: 'an MP4 video',
  xlsx: 'an XLSX table',
  zip: 'a ZIP archive',
  text: 'text',
  unknown: 'content of an unknown kind',
};
const kindNames: Record<Kind, string> = {
  pdf: 'PDF',
  png: 'PNG 图片',
  jpeg: 'JPEG 图片',
  mp4: 'MP4 视频',
  xlsx: 'XLSX 表格',
  zip: 'ZIP 压缩包',
  text: '文本',
  unknown: '无法识别的内容',
};

const expected: Readonly<Record<string, readonly Kind[]>> = {
  'application/pdf': ['pdf'],
  'image/png': ['png'],
  'image/jpeg': ['jpeg'],
  'video/mp4': ['mp4'],
  // An XLSX file is a ZIP file.
  'application/zip': ['zip', 'xlsx'],
  [XLSX]: ['xlsx'],
  'text/csv': ['text'],
  'text/plain': ['text'],
};

const startsWith = (head: Uint8Array, bytes: readonly number[], at = 0): boolean =>
  bytes.every((byte, index) => head[at + index] === byte);

const latin1 = (head: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...head.subarray(from, Math.min(to, head.length)));

// Other members of the family (HEIC, AVIF, QuickTime) share the box and not the brand.
const MP4_BRAND = /^(iso[m2-9]|mp4[12]|avc1|M4V |M4VH|M4VP|dash|MSNV|mmp4|XAVC)$/;

// The first entry of every workbook that Excel, WPS and LibreOffice write.
const WORKBOOK_ENTRY = /^(\[Content_Types\]\.xml|_rels\/|docProps\/|xl\/)/;

/** Bytes that read as text: no control characters but tabs and line ends, in UTF-8 or GB 18030. */
function isText(head: Uint8Array): boolean {
  if (head.some((byte) => byte === 0x7f || (byte < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d].includes(byte)))) return false;
  return ['utf-8', 'gb18030'].some((encoding) => {
    try {
      // stream: the head may end in the middle of a character.
      new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true });
      return true;
    } catch {
      return false;
    }
  });
}

/** What the first bytes of a file say it is. */
export function kindOf(head: Uint8Array): Kind {
  if (startsWith(head, [0x25, 0x50, 0x44, 0x46, 0x2d])) return 'pdf';
  if (startsWith(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png';
  if (startsWith(head, [0xff, 0xd8, 0xff])) return 'jpeg';
  if (latin1(head, 4, 8) === 'ftyp') return MP4_BRAND.test(latin1(head, 8, 12)) ? 'mp4' : 'unknown';
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04])) {
    const length = (head[26] ?? 0) + 256 * (head[27] ?? 0);
    return WORKBOOK_ENTRY.test(latin1(head, 30, 30 + length)) ? 'xlsx' : 'zip';
  }
  if (startsWith(head, [0x50, 0x4b, 0x05, 0x06])) return 'zip';
  return isText(head) ? 'text' : 'unknown';
}

/**
 * Is the file what its sender says, and of a type that is taken? `head` are its first bytes (4 KiB are enough). Answers
 * the media type under which it is kept.
 */
export function judgeFile(declared: string, size: number, head: Uint8Array): Outcome<string> {
  const mediaType = aliases[declared] ?? declared;
  const kinds = expected[mediaType];
  if (!kinds) {
    return refuse('file.type-not-accepted', { declared, accepted: sayNames(Object.keys(fileTypes)) });
  }
  if (size === 0) return refuse('file.empty');
  const kind = kindOf(head);
  if (!kinds.includes(kind)) {
    return refuse('file.type-mismatch', {
      declared: say(`${declared}（${fileTypes[mediaType]}）`, declared),
      found: say(kindNames[kind], kindsEn[kind]),
    });
  }
  return accept(mediaType);
}

export interface FileReader {
  readonly role: string;
  readonly accountId: string | null;
  readonly institutionId: string | null;
  readonly authorityId?: string | null;
}

export interface HandedIn {
  readonly accountId: string | null;
  readonly institutionId: string | null;
  /** Set where somebody of an authority stored it. */
  readonly authority: string | null;
  /** The office whose officers share it. */
  readonly authorityId: string | null;
}

const parties: readonly string[] = ['institution', 'expert', 'mine'];

/** What officers upload lies with their office: who scans a paper is often not the one who enters it. */
export const officeOf = ({ role, authorityId }: Pick<FileReader, 'role' | 'authorityId'>): string | null =>
  isOfficer(role) ? (authorityId ?? null) : null;

/**
 * May the reader read the file as the one who stored it? A party goes on reading what it handed in: its papers are its
 * own, an institution's those of all its clerks. An authority's people read an upload until it hangs on a record, whose
 * readers are the file's from then on. A seal keeper reads nothing of his own right.
 */
export function mayReadOwn(reader: FileReader, file: HandedIn, isAttached: boolean): boolean {
  if (reader.role === 'seal-keeper') return false;
  const isSameAccount = reader.accountId !== null && reader.accountId === file.accountId;
  if (file.institutionId !== null) return reader.role === 'institution' && reader.institutionId === file.institutionId;
  if (parties.includes(reader.role)) return isSameAccount && file.authority === null;
  const isSameOffice = file.authorityId !== null && officeOf(reader) === file.authorityId;
  return (isSameAccount || isSameOffice) && !isAttached;
}
