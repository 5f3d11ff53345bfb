import { spawnSync } from 'node:child_process';
import { findChromium } from './chromium';

/** Foreign programs that judge our files, and the Debian package each comes from. */
const PACKAGES = {
  pdfsig: 'poppler-utils',
  pdftotext: 'poppler-utils',
  pdftoppm: 'poppler-utils',
  certutil: 'libnss3-tools',
  qpdf: 'qpdf',
  mutool: 'mupdf-tools',
  openssl: 'openssl',
  soffice: 'libreoffice-calc-nogui',
  chromium: 'chromium',
} as const;

export type Judge = keyof typeof PACKAGES;

const isPresent = (judge: Judge): boolean =>
  judge === 'chromium' ? findChromium() !== undefined : spawnSync('which', [judge]).status === 0;

/** LUJIAN_JUDGES=required turns a missing judge from a notice into a failure. */
const areRequired = process.env.LUJIAN_JUDGES === 'required';

/**
 * Runs a suite that needs foreign judges. Where one is missing the suite is left out with a line on the console, so that
 * a plain `npm test` passes on a laptop; where LUJIAN_JUDGES=required, a missing judge fails.
 */
export function describeWithJudges(name: string, judges: readonly Judge[], suite: () => void): void {
  const missing = judges.filter((judge) => !isPresent(judge));
  if (missing.length === 0) {
    describe(name, suite);
    return;
  }
  const packages = [...new Set(missing.map((judge) => PACKAGES[judge]))].join(' ');
  const notice = `${name}: left out for lack of ${missing.join(', ')} (Debian: apt-get install ${packages})`;
  if (areRequired) {
    test(name, () => expect(missing).toEqual([]));
    return;
  }
  process.stderr.write(`\n*** ${notice}; LUJIAN_JUDGES=required makes this a failure\n`);
  // Counted as skipped in jest's summary: a pass would claim that somebody judged.
  describe.skip(notice, suite);
}

export interface Verdict {
  status: number | null;
  /** Standard output and error together, as judges use both. */
  text: string;
}

/** Runs a judge in the C locale and UTC. */
export function ask(judge: Judge, args: readonly string[], cwd?: string): Verdict {
  const { status, stdout, stderr, error } = spawnSync(judge, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, LC_ALL: 'C.UTF-8', TZ: 'UTC' },
  });
  if (error) throw error;
  return { status, text: `${stdout}${stderr}` };
}
