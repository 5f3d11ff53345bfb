import { todayOf } from '../../kernel/db/moment';
import { legalDate, legalDateOf, startOfDay, type Instant, type LegalDate } from '../../kernel/pure/time';
import type { AuditNote } from '../audit-log';
import type { PublicPoolEntry } from '../commissions';
import type { PublicEntry } from '../sanctions';
import { isBehind, placeOf, type ChangePlace } from './changes.rules';
import type { PublicSources } from './registers.port';

/** One change of what the public may read. */
export type PublicChange = {
  /** Stays the same as long as the change is told. */
  key: string;
  at: Instant;
} & (
  | { kind: 'imposed' | 'published' | 'annulled' | 'ended'; bar: PublicEntry }
  | { kind: 'stayed'; bar: PublicEntry; from: LegalDate; to: LegalDate | null }
  | { kind: 'admitted' | 'left'; entry: PublicPoolEntry; uscc: string; name: string; authorityName: string }
);

/** Changes in a row, the latest first, and behind which one the row goes on. */
export interface ChangePage {
  changes: PublicChange[];
  next: ChangePlace | null;
}

const MOST = 50;
const BATCH = 100;

const barEvents = {
  'bar.imposed': 'imposed',
  'bar.published': 'published',
  'bar.stayed': 'stayed',
  'bar.annulled': 'annulled',
} as const;
const poolEvents = {
  'pool-entry.admitted': 'admitted',
  'pool-entry.removed': 'left',
  'pool-entry.withdrawn': 'left',
} as const;
/** What may be entered twice alike: it changed once, at the first time, so the whole row is read to find that. */
const repeatable: readonly string[] = ['bar.published', 'bar.stayed'];

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const byTime = (a: PublicChange, b: PublicChange): number => b.at - a.at || (a.key < b.key ? -1 : 1);

/** Of what was told twice under one key, the first time. */
const once = (changes: readonly PublicChange[]): PublicChange[] => [
  ...new Map([...changes].sort((a, b) => b.at - a.at).map((change) => [change.key, change])).values(),
];

function barChange(note: AuditNote, bar: PublicEntry): PublicChange | undefined {
  const kind = barEvents[note.type as keyof typeof barEvents];
  const { at } = note;
  // An institution is public from the service on; to say so once more would be no news.
  if (kind === 'published' && bar.kind === 'institution') return undefined;
  if (kind !== 'stayed') return { kind, bar, at, key: `bar/${bar.id}/${kind}` };
  const [from, to] = [textOf(note.fact('/from')), textOf(note.fact('/to'))];
  if (from === '') return undefined;
  const key = `bar/${bar.id}/stayed/${from}/${to || 'open'}`;
  return { kind, bar, at, key, from: legalDate(from), to: to === '' ? null : legalDate(to) };
}

type Read<R> = (last: R | undefined, skip: number) => Promise<R[]>;

/** Changes as the audit log has them, and ends of terms as the days bring them; never of an unpublished person. */
export function createChanges(sources: PublicSources) {
  const { db, bars, pool, institutions } = sources;
  const { clock } = db.sources;

  async function ofBars(notes: readonly AuditNote[]): Promise<PublicChange[]> {
    const ids = [...new Set(notes.map((n) => textOf(n.fact('/bar'))))];
    const known = await bars.byIds(ids, legalDateOf(clock.now()));
    return notes.flatMap((note) => {
      const bar = known.get(textOf(note.fact('/bar')));
      const change = bar && barChange(note, bar);
      return change ? [change] : [];
    });
  }

  async function ofPool(notes: readonly AuditNote[]): Promise<PublicChange[]> {
    const idOf = (note: AuditNote): string => textOf(note.fact('/entry') ?? note.fact('/poolEntry'));
    const entries = await pool.byIds([...new Set(notes.map(idOf))]);
    const ids = [...new Set([...entries.values()].map((e) => e.institutionId))];
    const named = await institutions.at(ids, todayOf(clock));
    const changes: PublicChange[] = [];
    for (const note of notes) {
      // Who took back an application was never in the register.
      const entry = entries.get(idOf(note));
      const institution = entry && named.get(entry.institutionId);
      if (!entry || !institution) continue;
      const kind = poolEvents[note.type as keyof typeof poolEvents];
      const authorityName = (await sources.authorityOf(db, entry.authorityId)).name;
      const { uscc, name } = institution;
      changes.push({ kind, entry, uscc, name, authorityName, at: note.at, key: `pool/${entry.id}/${kind}` });
    }
    return changes;
  }

  const ofEnds = async (ended: readonly PublicEntry[]): Promise<PublicChange[]> =>
    ended.map((bar) => {
      const at = startOfDay(legalDate(bar.freeFrom));
      return { kind: 'ended', bar, at, key: `bar/${bar.id}/ended` };
    });

  /** Reads on, batch by batch, until there are enough behind the place: what is not public takes nobody's room. */
  async function gather<R>(
    behind: ChangePlace | undefined,
    isWhole: boolean,
    read: Read<R>,
    tell: (rows: R[]) => Promise<PublicChange[]>,
  ): Promise<PublicChange[]> {
    const found: PublicChange[] = [];
    let last: R | undefined;
    for (let skip = 0; ; skip += BATCH) {
      const rows = await read(last, skip);
      const told = await tell(rows);
      found.push(...(isWhole ? told : told.filter((c) => isBehind(c, behind))));
      if (rows.length < BATCH || (!isWhole && found.length > MOST)) break;
      last = rows.at(-1);
    }
    return once(found).filter((c) => isBehind(c, behind));
  }

  const ofType = (
    type: string,
    behind: ChangePlace | undefined,
    tell: (notes: AuditNote[]) => Promise<PublicChange[]>,
  ): Promise<PublicChange[]> => {
    const until = behind?.at;
    const read: Read<AuditNote> = (last) => sources.latest(db, { type, most: BATCH, until, below: last?.id });
    return gather(behind, repeatable.includes(type), read, tell);
  };

  /** The newest changes behind the place, the latest first. */
  return async (behind?: ChangePlace): Promise<ChangePage> => {
    const today = legalDateOf(clock.now());
    const by = behind && legalDateOf(behind.at) < today ? legalDateOf(behind.at) : today;
    const ends: Read<PublicEntry> = (_last, skip) => bars.ended({ by, asOf: today, most: BATCH, skip });
    const told = [
      ...(await Promise.all(Object.keys(barEvents).map((type) => ofType(type, behind, ofBars)))),
      ...(await Promise.all(Object.keys(poolEvents).map((type) => ofType(type, behind, ofPool)))),
      await gather(behind, false, ends, ofEnds),
    ].flat();
    const inOrder = told.sort(byTime);
    const changes = inOrder.slice(0, MOST);
    return { changes, next: inOrder.length > MOST ? placeOf(changes.at(-1)!) : null };
  };
}

export type Changes = ReturnType<typeof createChanges>;
