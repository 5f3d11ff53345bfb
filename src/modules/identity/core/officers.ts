/** Roles of the bureau's own officers: who handles, who decides, who inspects. */
export const officers = ['bureau', 'bureau-lead', 'inspector'] as const;

export const isOfficer = (role: string): boolean => (officers as readonly string[]).includes(role);
