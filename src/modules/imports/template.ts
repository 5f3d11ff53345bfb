import type { SheetColumn, SheetLayout } from '../../kernel/tables';
import type { ImportColumn } from './columns';
import type { AnyTarget } from './target';

const PREPARED_ROWS = 2000;

const kindWords: Record<ImportColumn['kind'], string> = {
  text: '文字',
  lines: '文字',
  code: '号码，须为文本格式',
  day: '日期，如 2024-04-01、2024年4月1日',
  choice: '从列表中选择',
  choices: '可填多项，以“、”分隔',
  'yes-no': '是、否',
};

/** The frame of a column that is filled in. */
function sheetColumn(column: ImportColumn): SheetColumn {
  const { title, kind, words, hint, width } = column;
  const choices = kind === 'yes-no' ? ['是', '否'] : kind === 'choice' ? words!.map(([, word]) => word) : undefined;
  return { title, width: width ?? (kind === 'code' ? 26 : 18), choices, hint: hint ?? kindWords[kind] };
}

function noteOf(column: ImportColumn): string {
  const { title, required, kind, words, month, hint, example } = column;
  const parts = [`${title}：${required ? '必填' : '选填'}；${kindWords[kind]}`];
  if (words) parts.push(`可填：${words.map(([, word]) => word).join('、')}`);
  if (month) parts.push(`只写到月的，按该月${month === 'first' ? '第一日' : '最后一日'}登记`);
  if (hint) parts.push(hint);
  return `${parts.join('；')}。${example === undefined ? '' : `示例：${example}`}`;
}

const RULES = [
  '一、表头不要改动；列的次序可以变，选填的列可以删去，可以另加“序号”列。标题行可以保留，也可以删去。',
  '二、代码、证件号码、许可证号等列已设为“文本”格式；从别处粘贴时请选“只粘贴文本”，否则 15 位以后的数字会丢失，导入时会被拒绝。',
  '三、上传后逐行检查，尚不登记；可取回加有“校验结果”列的原表，改正后重新上传。同一内容重复上传不会重复登记。',
  '四、以下示例均为虚构。',
];

/** The sheet that people fill in, with its explanations on a second one. */
export function templateOf(target: AnyTarget): SheetLayout {
  return {
    sheet: target.title,
    title: `${target.title}登记表`,
    lines: ['填报单位：　　　　　　　　填表人：　　　　　　　　日期：'],
    columns: target.columns.map(sheetColumn),
    notes: [`${target.title}登记表填表说明`, ...RULES, ...target.notes, ...target.columns.map(noteOf)],
    prepared: PREPARED_ROWS,
  };
}
