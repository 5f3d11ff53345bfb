import path from 'node:path';

/** Absolute path of a file in the shared development data that stands beside the checkout. */
export const sharedData = (...parts: string[]): string => path.resolve(__dirname, '../../../shared/data', ...parts);
