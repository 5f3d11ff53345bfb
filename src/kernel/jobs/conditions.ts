/**
 * `never`: not run yet. `running`. `well`: the last run ended. `failed`: the last run failed; it runs again when due.
 * `broken-off`: the last run did not end, its process is gone. `overdue`: no process has taken it up for long.
 * Safe in a browser.
 */
export const jobConditions = ['never', 'running', 'well', 'failed', 'broken-off', 'overdue'] as const;
export type JobCondition = (typeof jobConditions)[number];
