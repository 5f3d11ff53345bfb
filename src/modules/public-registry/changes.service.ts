import { todayOf } from '../../kernel/db/moment';
import { legalDate, legalDateOf, startOfDay, type Instant, type LegalDate } from '../../kernel/pure/time';
import type { AuditNote } from '../audit-log';
import type { PublicPoolEntry } from '../commissions';
import type { PublicEntry } from '../sanctions';
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

const MOST = 50;

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

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Changes as the audit log has them, and ends of terms as the days bring them; never of an unpublished person. */
export function createChanges(sources: PublicSources) {
  const { db, bars, pool, institutions } = sources;
  const { clock } = db.sources;

  const notesOf = async (types: readonly string[]): Promise<AuditNote[]> =>
    (await Promise.all(types.map((type) => sources.latest(db, type, MOST)))).flat();

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

  async function ofBars(today: LegalDate): Promise<PublicChange[]> {
    const notes = await notesOf(Object.keys(barEvents));
    const known = await bars.byIds([...new Set(notes.map((n) => textOf(n.fact('/bar'))))], today);
    const acts = notes.map((note) => {
      const bar = known.get(textOf(note.fact('/bar')));
      return bar && barChange(note, bar);
    });
    const ends = (await bars.ended(today, MOST)).map((bar): PublicChange => {
      const at = startOfDay(legalDate(bar.freeFrom));
      return { kind: 'ended', bar, at, key: `bar/${bar.id}/ended` };
    });
    return [...acts.filter((c) => c !== undefined), ...ends];
  }

  async function ofPool(): Promise<PublicChange[]> {
    const notes = await notesOf(Object.keys(poolEvents));
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

  /** The newest changes, the latest first. What was entered twice alike changed once, with the first time. */
  return async (): Promise<PublicChange[]> => {
    const told = [...(await ofBars(legalDateOf(clock.now()))), ...(await ofPool())].sort((a, b) => b.at - a.at);
    const all = [...new Map(told.map((change) => [change.key, change])).values()];
    return all.sort((a, b) => b.at - a.at || (a.key < b.key ? -1 : 1)).slice(0, MOST);
  };
}

export type Changes = ReturnType<typeof createChanges>;
