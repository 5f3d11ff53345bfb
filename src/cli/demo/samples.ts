import { deflateSync } from 'node:zlib';
import { crc32 } from './crc32';
import { makePdf } from '../../modules/documents';
import { instant } from '../../kernel/pure/time';
import { identityCheck } from '../../modules/experts/core/identity-number';
import { specialties, type Specialty } from '../../modules/experts';

// Everything here is invented and looks invented: 示例…. Codes are well-formed and made up.

export interface SampleBody {
  key: string;
  uscc: string;
  name: string;
  legalForm: 'enterprise' | 'public-institution' | 'industry-association' | 'other';
  publicInstitutionClass?: 'one' | 'two';
}

export const assessors: readonly SampleBody[] = [
  { key: 'A', uscc: '91370000MA3X000106', name: '示例绿评咨询有限公司', legalForm: 'enterprise' },
  {
    key: 'B',
    uscc: '12370000MB2X00012D',
    name: '示例地质环境评估中心',
    legalForm: 'public-institution',
    publicInstitutionClass: 'two',
  },
  { key: 'C', uscc: '51410000MJG0000174', name: '示例矿业协会', legalForm: 'industry-association' },
  { key: 'D', uscc: '91150000MA0P000262', name: '示例北方矿山技术有限公司', legalForm: 'enterprise' },
  {
    key: 'E',
    uscc: '12610000MB2P00023D',
    name: '示例矿产评审中心',
    legalForm: 'public-institution',
    publicInstitutionClass: 'one',
  },
];

export const payer: SampleBody = { key: 'payer', uscc: '11370000MB2X00055X', name: '示例省财政厅', legalForm: 'other' };

/** An invented holder of mining licences. */
export const operator: SampleBody = {
  key: 'operator',
  uscc: '91370100MA3X000966',
  name: '示例矿业有限公司',
  legalForm: 'enterprise',
};

/** Published codes of real bodies, kept as neutral rows of the register: they assess nothing and are accused of nothing. */
export const neutral: readonly SampleBody[] = [
  { key: 'n1', uscc: '12100000400000624D', name: '清华大学', legalForm: 'public-institution' },
  { key: 'n2', uscc: '12100000400000456B', name: '哈尔滨工业大学', legalForm: 'public-institution' },
  { key: 'n3', uscc: '51100000500009247D', name: '中国复合材料工业协会', legalForm: 'industry-association' },
  { key: 'n4', uscc: '51100000500002862F', name: '中国自动化学会', legalForm: 'other' },
];

export interface SamplePerson {
  key: string;
  name: string;
  identity: string;
  titleName: string;
  specialties: Specialty[];
  employer: string;
  kind: 'full-time' | 'retired-reengaged' | 'part-time';
}

const numerals = [
  '一',
  '二',
  '三',
  '四',
  '五',
  '六',
  '七',
  '八',
  '九',
  '十',
  '十一',
  '十二',
  '十三',
  '十四',
  '十五',
  '十六',
  '十七',
  '十八',
];

/** Invented resident numbers: a real county code, an invented day and serial, the right check character. */
const identityOf = (n: number): string => {
  const year = 1965 + (n % 25);
  const first17 = `370102${year}${String(1 + (n % 12)).padStart(2, '0')}${String(1 + (n % 28)).padStart(2, '0')}${String(100 + n).padStart(3, '0')}`;
  return first17 + identityCheck(first17);
};

function staffOf(employer: string, count: number, offset: number, senior: number): SamplePerson[] {
  return Array.from({ length: count }, (_, i): SamplePerson => {
    return {
      key: `${employer}${i + 1}`,
      name: `示例${employer}${numerals[i]!}`,
      identity: identityOf(offset + i),
      // An older name among them: its level is known all the same.
      titleName:
        i >= senior ? '工程师' : i % 4 === 0 ? '教授级高级工程师' : i % 2 === 0 ? '正高级工程师' : '高级工程师',
      specialties: [specialties[i % 5]!],
      employer,
      kind: i % 7 === 6 ? 'retired-reengaged' : 'full-time',
    };
  });
}

/** Forty persons and more: A and B meet the floor of fifteen, C and D do not. */
export const people: readonly SamplePerson[] = [
  ...staffOf('A', 16, 0, 6),
  ...staffOf('B', 16, 20, 6),
  ...staffOf('C', 6, 40, 2),
  ...staffOf('D', 4, 50, 1),
];

/** A well-formed 23-character licence number that nobody was given. */
export const licence = (n: number): string => `C370000202001${String(7_000_000_000 + n)}`;

export const paperPdf = (title: string, text: string, at: number): Promise<Uint8Array> =>
  makePdf({
    title,
    blocks: [{ kind: 'paragraph', text: `${text}（演示用文书，机构、人员和内容均为虚构。）` }],
    signatures: [],
    createdAt: instant(at),
  });

/** A small picture, made here: a valid PNG of one colour. */
export function picture(): Uint8Array {
  const [width, height] = [32, 24];
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, 0x5a)]);
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const size = Buffer.alloc(4);
    size.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([size, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}
