import type { Endpoint } from '../kernel/http/endpoint';
import { createLogKeys, logKeyEndpoints } from '../modules/audit-log';
import type { Prepared } from './prepare';
import type { Registers } from './registers';

/** How the keys of the log are shown and replaced. */
export const logKeys = (
  { base }: Pick<Registers, 'base'>,
  { vault, logOrigin }: Pick<Prepared, 'vault' | 'logOrigin'>,
): Endpoint[] => logKeyEndpoints(createLogKeys({ ...base, vault, origin: logOrigin }));
