import { say, sayList, type Wording } from '../../../kernel/pure/wording';

/** 专业：地质、采矿、选矿、生态、环境 (circular article 8). */
export const specialties = ['geology', 'mining', 'mineral-processing', 'ecology', 'environment'] as const;

const specialtyNames: Readonly<Record<string, Wording>> = {
  geology: say('地质', 'geology'),
  mining: say('采矿', 'mining'),
  'mineral-processing': say('选矿', 'mineral processing'),
  ecology: say('生态', 'ecology'),
  environment: say('环境', 'environment'),
};

/** The names of specialties, in the given order. */
export const saySpecialties = (codes: readonly string[]): Wording =>
  sayList(codes.map((c) => specialtyNames[c] ?? say(c)));

/** The Chinese names of specialties, in the given order. */
export const nameSpecialties = (codes: readonly string[]): string => saySpecialties(codes).zh;
