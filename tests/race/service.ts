import { readConfig } from '../../src/config';
import { createLog } from '../../src/kernel/log';
import { systemSources } from '../../src/kernel/sources';
import { lujianVersion } from '../../src/version';
import { createService, type Service } from '../../src/wire';

export interface Place {
  /** mysql://…; absent means SQLite in the directory. */
  url?: string;
  directory: string;
  masterKey: string;
  withoutGuards: boolean;
}

/** The service as main builds it, but for its guards when the test asks for that. */
export function openService({ url, directory, masterKey, withoutGuards }: Place): Promise<Service> {
  const config = readConfig({
    LUJIAN_DATA: directory,
    LUJIAN_MASTER_KEY: masterKey,
    LUJIAN_PORT: '0',
    ...(url ? { LUJIAN_DATABASE_URL: url } : {}),
  });
  return createService(config, {
    sources: systemSources(),
    log: createLog('error'),
    version: lujianVersion(),
    ...(withoutGuards ? { switches: { unsafeWithoutGuards: true } } : {}),
  });
}
