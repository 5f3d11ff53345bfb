import type { Browser } from 'playwright-core';
import { describeWithJudges } from '../../support/judges';
import { buildConsoleOnce } from './built-console';
import { launchBrowser } from './launch';
import { openVisitor, type Visitor, type VisitorOptions } from './visitor';

export interface Browsing {
  /** A new person at a browser of their own; when the test ends, any fault they met fails it. */
  open(base: string, options?: VisitorOptions): Promise<Visitor>;
}

/**
 * A suite with a real browser and the console built. Where there is no browser the suite is left out with a word on the
 * console; with LUJIAN_JUDGES=required it fails.
 */
export function describeInBrowser(
  name: string,
  suite: (browsing: Browsing) => void,
  more: readonly string[] = [],
): void {
  describeWithJudges(name, ['chromium'], () => {
    let browser: Browser;
    let open: Visitor[] = [];
    beforeAll(async () => {
      await buildConsoleOnce();
      browser = await launchBrowser(more);
    });
    afterEach(async () => {
      const visitors = open;
      open = [];
      const faults = visitors.flatMap((v) => v.faults());
      await Promise.all(visitors.map((v) => v.close()));
      expect(faults).toEqual([]);
    });
    afterAll(() => browser.close());
    suite({
      open: async (base, options) => {
        const visitor = await openVisitor(browser, base, options);
        open.push(visitor);
        return visitor;
      },
    });
  });
}
