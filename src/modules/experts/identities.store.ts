import { In, IsNull } from 'typeorm';
import type { Reads } from '../../kernel/db/database';
import type { Sources } from '../../kernel/sources';
import { platformNumberOf } from './core/platform-number';
import { Expert, ExpertIdentity, ExpertVersion } from './experts.store';

const PLACES = 100_000_000;
/** The largest multiple of PLACES below 2^32; what lies above would make low numbers likelier. */
const FAIR = Math.floor(2 ** 32 / PLACES) * PLACES;
const PART = 400;

function drawNumber({ randomness }: Sources): string {
  for (;;) {
    const drawn = randomness.bytes(4).readUInt32BE();
    if (drawn < FAIR) return platformNumberOf(String(drawn % PLACES).padStart(8, '0'));
  }
}

/** So many public numbers that nobody has. */
export async function freePlatformNumbers(on: Reads, sources: Sources, count: number): Promise<string[]> {
  const numbers = new Set<string>();
  while (numbers.size < count) {
    const drawn = new Set<string>();
    while (numbers.size + drawn.size < count && drawn.size < PART) drawn.add(drawNumber(sources));
    const taken = await on.m.findBy(Expert, { platformNumber: In([...drawn]) });
    for (const { platformNumber } of taken) drawn.delete(platformNumber);
    for (const number of drawn) numbers.add(number);
  }
  return [...numbers];
}

/** Who holds documents of these hashes: person's id by hash. */
export async function holdersOf(on: Reads, hashes: readonly string[]): Promise<Map<string, string>> {
  const holders = new Map<string, string>();
  for (let at = 0; at < hashes.length; at += PART) {
    const rows = await on.m.findBy(ExpertIdentity, { hash: In(hashes.slice(at, at + PART)) });
    for (const { hash, expertId } of rows) holders.set(hash, expertId);
  }
  return holders;
}

/** Documents of the person, withdrawn ones too, in the order of their entry. */
export const documentsOf = (on: Reads, expertIds: readonly string[]): Promise<ExpertIdentity[]> =>
  on.m.find(ExpertIdentity, { where: { expertId: In([...expertIds]) }, order: { id: 'ASC' } });

/** Keys of all names that the person bears or bore. */
export async function namesBorne(on: Reads, expertIds: readonly string[]): Promise<string[]> {
  const where = { expertId: In([...expertIds]), supersededAt: IsNull() };
  const rows = await on.m.find(ExpertVersion, { where, select: { id: true, nameKey: true } });
  return [...new Set(rows.map((r) => r.nameKey))];
}
