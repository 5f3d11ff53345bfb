import { writeTable, type Cell } from '../../src/kernel/tables';
import { foreignRead } from '../support/sheets';

// A list for paper, in what is not left to the program that opens it.

async function* once(rows: Cell[][]): AsyncIterable<Cell[][]> {
  yield await Promise.resolve(rows);
}

test('rows are as high as their longest text needs, and no frame stands beside the title', async () => {
  const columns = [
    { title: '代码', width: 20 },
    { title: '一个很长很长的列名', width: 8 },
  ];
  const texts = ['短', '示例'.repeat(10), '一\n二\n三\n四', '长'.repeat(4000)];
  const rows = texts.map((text): Cell[] => ['012345678901234567', text]);
  const layout = { sheet: '示例', title: '示例名录', lines: ['单位：示例厅'], columns, wrapped: true };
  const chunks: Buffer[] = [];
  for await (const chunk of writeTable('xlsx', layout, once(rows))) chunks.push(chunk as Buffer);
  const sheet = foreignRead(Buffer.concat(chunks)).book.Sheets['示例']!;
  expect(sheet['!rows']!.map((r) => r?.hpt).slice(2)).toEqual([45, 15, 105, 60, 405]);
  expect(sheet.B1).toMatchObject({ t: 'z' });
  expect(sheet.A4).toMatchObject({ t: 's', z: '@' });
});
