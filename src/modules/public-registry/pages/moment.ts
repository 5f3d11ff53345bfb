import { instant, instantText, legalDateOf, type Instant } from '../../../kernel/pure/time';

const SHANGHAI_MS = 8 * 3_600_000;

/** `2026-03-02 09:00` in Asia/Shanghai: to the minute, so that a page does not change with every look. */
export const momentText = (at: Instant): string =>
  `${legalDateOf(at)} ${instantText(instant(at + SHANGHAI_MS)).slice(11, 16)}`;
