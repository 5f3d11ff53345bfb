import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

/** How a page can be seen. */
export interface Look {
  language: 'zh-CN' | 'en';
  dark: boolean;
  size: keyof typeof sizes;
}

/** An office machine of the usual kind, and a telephone. */
export const sizes = {
  desk: { width: 1366, height: 768 },
  phone: { width: 390, height: 844 },
} as const;

/** Both languages, light and dark, at both sizes, in as few looks as show each pair of them. */
export const looks: readonly Look[] = [
  { language: 'zh-CN', dark: false, size: 'desk' },
  { language: 'zh-CN', dark: true, size: 'phone' },
  { language: 'en', dark: false, size: 'phone' },
  { language: 'en', dark: true, size: 'desk' },
];

const axe = (createRequire(__filename)('axe-core') as { source: string }).source;

interface Finding {
  id: string;
  impact: string;
  help: string;
  nodes: { target: string[]; failureSummary?: string }[];
}

/** What axe finds serious or critical, one line each with its places. */
export async function accessFindings(page: Page): Promise<string[]> {
  // Colours are judged when they have stopped changing; what turns for ever cannot be ended.
  await page.evaluate(
    `document.getAnimations().forEach((a) => { if (a.effect.getComputedTiming().endTime !== Infinity) a.finish(); })`,
  );
  await page.evaluate(`if (!window.axe) { ${axe}; }`);
  const found = await page.evaluate<Finding[]>(
    `axe.run(document, { resultTypes: ['violations'] }).then((r) => r.violations.map((v) => ({ id: v.id, impact: v.impact,
      help: v.help, nodes: v.nodes.map((n) => ({ target: n.target, failureSummary: n.failureSummary })) })))`,
  );
  return found
    .filter((f) => f.impact === 'serious' || f.impact === 'critical')
    .map((f) => {
      const places = f.nodes.slice(0, 5).map((n) => `  ${n.target.join(' ')}: ${n.failureSummary ?? ''}`);
      return `${f.impact} ${f.id}: ${f.help}\n${places.join('\n')}`;
    });
}

/** What nobody should see on a page: texts that nobody wrote, and a page wider than its window. */
export async function sightFindings(page: Page): Promise<string[]> {
  const text = await page.locator('body').innerText();
  const keys = [...new Set(text.match(/⟦[^⟧]*⟧?/g) ?? [])].map((key) => `the page shows ${key}`);
  const [wide, window] = await page.evaluate<[number, number]>(
    '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
  );
  return wide > window + 1 ? [...keys, `the page is ${wide} wide in a window of ${window}`] : keys;
}
