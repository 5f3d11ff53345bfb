import * as z from 'zod';
import { judgeCreditCode } from './core/credit-code';

/** 统一社会信用代码: normalised, then judged by GB 32100; a wrong one is 422 with every fault and the likely reading. */
export const creditCode = z
  .string()
  .min(1)
  .max(64)
  .transform((text, context) => {
    const judged = judgeCreditCode(text);
    if (judged.valid) return judged.code;
    const likely = judged.likely ? `可能应为 ${judged.likely}。` : '';
    const message = judged.faults.map((fault) => fault.detail).join('') + likely;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  })
  .describe('统一社会信用代码，18 位')
  .meta({ examples: ['91370000MA3X000106'] });
