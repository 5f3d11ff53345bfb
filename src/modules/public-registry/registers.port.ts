import type { Db, Reads } from '../../kernel/db/database';
import type { AuditNote, LatestAsked, openEntries } from '../audit-log';
import type { PublicPool } from '../commissions';
import type { KnownAuthority } from '../identity';
import type { PublicInstitutions } from '../institutions';
import type { Organisations } from '../organisations';
import type { PublicBars } from '../sanctions';
import type { Screening } from '../screening';

/** What the public pages ask of the registers: each of these shows only what everybody may know. */
export interface PublicSources {
  db: Db;
  bars: PublicBars;
  pool: PublicPool;
  institutions: PublicInstitutions;
  /** `read` answers more than is public: what of it is shown is picked in one place, `look-up.service.ts`. */
  organisations: Pick<Organisations, 'byCode' | 'byCodes' | 'read'>;
  screening: Pick<Screening, 'screenInstitution' | 'publicReadiness'>;
  /** The newest acts of one kind. */
  latest(on: Reads, asked: LatestAsked): Promise<AuditNote[]>;
  /** Entries that the log shows in the open. */
  logged: typeof openEntries;
  /** The authority that owns the installation, if it was named. */
  ownAuthority(on: Reads): Promise<KnownAuthority | undefined>;
  authorityOf(on: Reads, id: string | null): Promise<KnownAuthority>;
}
