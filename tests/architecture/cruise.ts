import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as z from 'zod';
import { importWalls, runtimeWalls, type Wall } from './walls';

export const repository = path.resolve(__dirname, '../..');

const step = z.object({ name: z.string() });
const report = z.object({
  modules: z.array(z.object({ source: z.string() })),
  summary: z.object({
    violations: z.array(
      z.object({
        from: z.string(),
        to: z.string(),
        rule: z.object({ name: z.string() }),
        cycle: z.array(step).optional(),
        via: z.array(step).optional(),
      }),
    ),
  }),
});

export interface Breach {
  wall: string;
  from: string;
  to: string;
  /** The files between, where the way is not direct. */
  by: readonly string[];
}

export interface Tour {
  files: readonly string[];
  breaches: readonly Breach[];
}

const settings = (walls: readonly Wall[], withTypes: boolean): string =>
  JSON.stringify({
    forbidden: walls,
    options: {
      doNotFollow: { path: 'node_modules' },
      tsPreCompilationDeps: withTypes,
      tsConfig: { fileName: path.join(repository, 'tsconfig.json') },
      enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
    },
  });

/** The program's own page is the one way in: the package is ESM only, which jest cannot load. */
const depcruise = (args: readonly string[], cwd: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const program = path.join(repository, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
    const child = spawn(process.execPath, [program, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', reject);
    child.once('close', () => {
      if (stderr) reject(new Error(stderr));
      else resolve(stdout);
    });
  });

async function tour(
  root: string,
  folders: readonly string[],
  walls: readonly Wall[],
  withTypes: boolean,
): Promise<Tour> {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'lujian-walls-'));
  try {
    const config = path.join(scratch, 'walls.json');
    fs.writeFileSync(config, settings(walls, withTypes));
    const { modules, summary } = report.parse(
      JSON.parse(await depcruise(['--config', config, '--output-type', 'json', ...folders], root)),
    );
    return {
      files: modules.map((m) => m.source),
      breaches: summary.violations.map((v) => ({
        wall: v.rule.name,
        from: v.from,
        to: v.to,
        by: (v.cycle ?? v.via ?? []).map((s) => s.name),
      })),
    };
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

/** All breaches of the import walls by the folders (or files) of `root`, and the files that were seen. */
export async function breachesIn(root: string, folders: readonly string[]): Promise<Tour> {
  const [asWritten, asRun] = await Promise.all([
    tour(root, folders, importWalls, true),
    tour(root, folders, runtimeWalls, false),
  ]);
  return { files: asWritten.files, breaches: [...asWritten.breaches, ...asRun.breaches] };
}

/** One line a breach, for a failing test to show. */
export const breachText = (b: Breach): string =>
  `${b.wall}: ${b.from} -> ${b.to}${b.by.length > 0 ? ` (by ${b.by.join(' -> ')})` : ''}`;
