import { compileOnce } from './compiled';

/** Jest's globalSetup: one build for all test files. */
export default async function globalSetup(): Promise<void> {
  compileOnce();
}
