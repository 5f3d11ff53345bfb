import path from 'node:path';
import { broken, TableFault } from './cells';
import { formatKind, type FormatKind } from '../pure/written-days';
import { readXml } from './xml';
import { openZip, type Zip } from './zip';

export interface SheetRef {
  name: string;
  part: string;
  hidden: boolean;
}

/** What a workbook says of itself before any row is read. */
export interface Workbook {
  zip: Zip;
  sheets: SheetRef[];
  date1904: boolean;
  texts: string | undefined;
  styles: string | undefined;
}

type Attributes = Readonly<Record<string, string>>;

/** `r:id`, whatever the prefix. */
const relationId = (attributes: Attributes): string | undefined =>
  Object.entries(attributes).find(([name]) => /^[^:]+:id$/.test(name))?.[1];

const isTrue = (text: string | undefined): boolean => text === '1' || text === 'true';

interface Relation {
  type: string;
  target: string;
}

async function relationsOf(zip: Zip, part: string): Promise<Map<string, Relation>> {
  const file = path.posix.join(path.posix.dirname(part), '_rels', `${path.posix.basename(part)}.rels`);
  const found = new Map<string, Relation>();
  if (!zip.entries.has(file)) return found;
  await readXml(await zip.open(file), {
    open(name, { Id, Type, Target, TargetMode }) {
      if (name !== 'Relationship' || !Id || !Target || TargetMode === 'External') return;
      const base = Target.startsWith('/') ? '' : path.posix.dirname(part);
      const target = path.posix.join(base, Target).replace(/^\//, '');
      found.set(Id, { type: (Type ?? '').split('/').at(-1)!, target });
    },
  });
  return found;
}

async function mainPart(zip: Zip): Promise<string> {
  const found = [...(await relationsOf(zip, '')).values()].find((r) => r.type === 'officeDocument');
  return found?.target ?? 'xl/workbook.xml';
}

/** Opens an .xlsx file as far as its list of sheets; throws TableFault. The caller closes `zip`. */
export async function openWorkbook(file: string): Promise<Workbook> {
  const zip = await openZip(file);
  try {
    if (zip.entries.has('xl/vbaProject.bin')) {
      throw new TableFault('macros', '工作簿含有宏；请另存为不含宏的 .xlsx。');
    }
    const main = await mainPart(zip);
    if (!zip.entries.has(main) || !main.startsWith('xl/')) {
      throw new TableFault('not-a-table', '文件不是 .xlsx 工作簿；请在表格软件中另存为 .xlsx 或 CSV。');
    }
    const relations = await relationsOf(zip, main);
    const sheets: SheetRef[] = [];
    let date1904 = false;
    await readXml(await zip.open(main), {
      open(name, attributes) {
        if (name === 'workbookPr') date1904 = isTrue(attributes.date1904);
        if (name !== 'sheet') return;
        const relation = relations.get(relationId(attributes) ?? '');
        // Chart sheets and dialogs have no rows.
        if (relation?.type !== 'worksheet') return;
        const hidden = attributes.state === 'hidden' || attributes.state === 'veryHidden';
        sheets.push({ name: attributes.name ?? '', part: relation.target, hidden });
      },
    });
    if (sheets.length === 0) throw broken('工作簿中没有工作表。');
    const partOf = (type: string): string | undefined => {
      const target = [...relations.values()].find((r) => r.type === type)?.target;
      return target !== undefined && zip.entries.has(target) ? target : undefined;
    };
    return { zip, sheets, date1904, texts: partOf('sharedStrings'), styles: partOf('styles') };
  } catch (error) {
    zip.close();
    throw error;
  }
}

/** What each cell style makes of a number. */
export async function formatsOf(book: Workbook): Promise<FormatKind[]> {
  if (book.styles === undefined) return [];
  const codes = new Map<number, string>();
  const ids: number[] = [];
  let inside = false;
  await readXml(await book.zip.open(book.styles), {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
      if (name === 'cellXfs') inside = true;
      if (name === 'xf' && inside) ids.push(Number(attributes.numFmtId ?? '0'));
    },
    close(name) {
      if (name === 'cellXfs') inside = false;
    },
  });
  return ids.map((id) => formatKind(id, codes.get(id)));
}
