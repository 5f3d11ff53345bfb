/** 专业：地质、采矿、选矿、生态、环境 (circular article 8). */
export const specialties = ['geology', 'mining', 'mineral-processing', 'ecology', 'environment'] as const;

const specialtyNames: Record<string, string> = {
  geology: '地质',
  mining: '采矿',
  'mineral-processing': '选矿',
  ecology: '生态',
  environment: '环境',
};

/** The Chinese names of specialties, in the given order. */
export const nameSpecialties = (codes: readonly string[]): string =>
  codes.map((c) => specialtyNames[c] ?? c).join('、');
