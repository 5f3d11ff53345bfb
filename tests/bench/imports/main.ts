import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { pipeline } from 'node:stream/promises';
import { writeTable, type Cell, type TableFormat } from '../../../src/kernel/tables';
import { pause } from '../../../src/kernel/sources';
import { creditCodeOf } from '../../support/credit-codes';
import { freshDatabase } from '../../support/mariadb-database';
import { freePort } from '../../support/server-process';
import { setUp } from '../../kill/setting-up';
import { startShipped, type Shipped } from '../../kill/shipped';

// Rows a second and peak memory of imports, by size and format, against the shipped service: see `usage`.

const usage = `npm run bench-imports -- [--sizes 10000,100000] [--kinds organisations,mines] [--formats csv,xlsx] [--modes good-rows,all-or-nothing] [--check-only] [--database URL]
Prints one line a run: rows a second while checking and while registering, peak memory, how long /healthz took meanwhile.`;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

interface Kind {
  columns: string[];
  cells(n: number): Cell[];
}

const kinds: Record<string, Kind> = {
  organisations: {
    columns: ['序号', '名称', '统一社会信用代码', '法定代表人', '住所', '联系电话', '起始日期'],
    cells: (n) => [
      n,
      `示例测量地质勘查有限公司第${n}号`,
      creditCodeOf(n),
      '示例某',
      `示例市示例路${n % 999}号`,
      '0531-00000000',
      '2024年4月',
    ],
  },
  mines: {
    columns: ['序号', '矿山名称', '省份', '采矿许可证号', '生产规模', '矿种', '起始日期'],
    cells: (n) => [
      n,
      `示例测量矿山第${n}号`,
      '山东省',
      `C370000200906${String(n).padStart(10, '0')}`,
      '大型',
      '石灰岩',
      '2024-04-01',
    ],
  },
};

let next = 1;

async function writeFile(file: string, format: TableFormat, kind: Kind, rows: number): Promise<void> {
  async function* batches(): AsyncIterable<Cell[][]> {
    for (let at = 0; at < rows; at += 500) {
      yield Array.from({ length: Math.min(500, rows - at) }, () => kind.cells(next++));
    }
  }
  const layout = {
    sheet: '表',
    title: '示例名录',
    lines: ['单位：示例'],
    columns: kind.columns.map((title) => ({ title })),
  };
  await pipeline(writeTable(format, layout, batches()), fs.createWriteStream(file));
}

/** Peak resident memory of the process since it was last asked, MiB; Linux only. */
function peakOf(pid: number): number {
  const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
  const kib = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? NaN);
  fs.writeFileSync(`/proc/${pid}/clear_refs`, '5');
  return Math.round(kib / 1024);
}

/** Processor seconds that the process has used, all threads; Linux only. */
function cpuOf(pid: number): number {
  const fields = fs
    .readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Asks /healthz again and again; the slowest answers tell whether others had to wait. */
function watchHealth(baseUrl: string): { stop(): Promise<number[]> } {
  const times: number[] = [];
  let stopped = false;
  const watching = (async () => {
    while (!stopped) {
      const began = performance.now();
      await (await fetch(`${baseUrl}/healthz`)).text();
      times.push(performance.now() - began);
      await pause(200);
    }
  })();
  return {
    async stop() {
      stopped = true;
      await watching;
      return times.sort((a, b) => a - b);
    },
  };
}

interface Report {
  id: string;
  state: string;
  counts: { read: number; good: number; applied: number };
  progress: { settled: boolean };
}

function caller(service: Shipped, apiKey: string) {
  return async (
    method: string,
    address: string,
    body?: Uint8Array | string,
    type = 'application/json',
  ): Promise<Report> => {
    const headers = { authorization: `Bearer ${apiKey}`, 'content-type': type, 'x-file-name': 'bench' };
    const sent = body instanceof Uint8Array ? new Blob([new Uint8Array(body)]) : body;
    const reply = await fetch(`${service.baseUrl}/api/v1${address}`, { method, headers, body: sent });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${method} ${address} answered ${reply.status}: ${text}`);
    return JSON.parse(text) as Report;
  };
}

type Call = ReturnType<typeof caller>;

async function settle(call: Call, id: string): Promise<Report> {
  for (;;) {
    const report = await call('GET', `/imports/${id}?wait=30`);
    if (report.progress.settled) return report;
  }
}

async function measure(
  service: Shipped,
  call: Call,
  run: { name: string; format: TableFormat; mode: string; rows: number; file: string; checkOnly: boolean },
) {
  const { name, format, rows, file } = run;
  await writeFile(file, format, kinds[name]!, rows);
  const size = fs.statSync(file).size;
  peakOf(service.pid);
  const health = watchHealth(service.baseUrl);
  const cpu = cpuOf(service.pid);
  const began = performance.now();
  const { id } = await call('POST', `/imports/${name}`, fs.readFileSync(file), 'application/octet-stream');
  const checked = await settle(call, id);
  const mid = performance.now();
  let end = checked;
  if (!run.checkOnly) {
    await call('POST', `/imports/${id}/apply`, JSON.stringify({ mode: run.mode }));
    end = await settle(call, id);
  }
  const over = performance.now();
  const spent = cpuOf(service.pid) - cpu;
  const times = await health.stop();
  const peak = peakOf(service.pid);
  if (end.counts.read !== rows || (!run.checkOnly && end.counts.applied !== rows)) throw new Error(JSON.stringify(end));
  const rate = (ms: number): number => Math.round((rows / ms) * 1000);
  print(
    `${name} ${format} ${run.checkOnly ? '' : `${run.mode} `}${rows} rows (${(size / 1e6).toFixed(1)} MB): check ${rate(mid - began)}/s, ` +
      `register ${run.checkOnly ? '-' : rate(over - mid)}/s, together ${rate(over - began)}/s (${Math.round(rows / spent)} a processor second), peak ${peak} MiB, ` +
      `healthz p50 ${times[Math.floor(times.length / 2)]?.toFixed(1)} p99 ${times[Math.floor(times.length * 0.99)]?.toFixed(1)} max ${times.at(-1)?.toFixed(1)} ms`,
  );
  return { rate: rate(over - began), peak };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      sizes: { type: 'string', default: '10000,100000' },
      kinds: { type: 'string', default: 'organisations' },
      formats: { type: 'string', default: 'csv,xlsx' },
      modes: { type: 'string', default: 'good-rows' },
      'check-only': { type: 'boolean', default: false },
      database: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return print(usage);
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'lujian-bench-'));
  const fresh = values.database ? await freshDatabase(values.database) : undefined;
  const env: Record<string, string> = { LUJIAN_MAX_UPLOAD: '1GiB' };
  if (fresh)
    Object.assign(env, {
      LUJIAN_DATABASE_URL: fresh.url,
      LUJIAN_MASTER_KEY: 'a master key for the bench, long enough',
    });
  const service = await startShipped({ directory, port: await freePort(), env });
  try {
    const call = caller(service, await setUp(service));
    const series = values.kinds
      .split(',')
      .flatMap((name) => values.formats.split(',').map((format) => ({ name, format: format as TableFormat })))
      .flatMap((one) => values.modes.split(',').map((mode) => ({ ...one, mode })));
    for (const { name, format, mode } of series) {
      const results = [];
      for (const rows of values.sizes.split(',').map(Number)) {
        const file = path.join(directory, `bench.${format}`);
        results.push(await measure(service, call, { name, format, mode, rows, file, checkOnly: values['check-only'] }));
      }
      const [first, last] = [results[0]!, results.at(-1)!];
      print(
        `  largest to smallest: speed ×${(last.rate / first.rate).toFixed(2)}, memory ×${(last.peak / first.peak).toFixed(2)}`,
      );
    }
  } finally {
    await service.stop();
    await fresh?.drop();
    fs.rmSync(directory, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
