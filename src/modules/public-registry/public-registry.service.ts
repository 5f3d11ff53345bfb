import type * as z from 'zod';
import type { Clock } from '../../kernel/sources';
import { instantText, legalDateOf, type LegalDate } from '../../kernel/pure/time';
import type { PublicBar, SanctionViews } from '../sanctions';
import { blacklistColumns, type blacklistReply } from './public-registry.contract';
import { csvText } from './csv';

type Blacklist = z.infer<typeof blacklistReply>;
type ListState = 'current' | 'past' | 'all';

export interface PublicDeps {
  clock: Clock;
  views: Pick<SanctionViews, 'publicList'>;
}

const BATCH = 200;

/** What everyone may know: published bars only, each as it stands on the day asked about. */
export function createPublicRegistry({ clock, views }: PublicDeps) {
  const today = (): LegalDate => legalDateOf(clock.now());

  async function page(query: {
    state: ListState;
    asOf?: LegalDate;
    cursor?: string;
    limit: number;
  }): Promise<Blacklist> {
    const asOf = query.asOf ?? today();
    const { items, next } = await views.publicList({ ...query, asOf });
    return { asOf, generatedAt: instantText(clock.now()), items, next };
  }

  /** The whole list, gathered page by page so that no statement holds the database for long. */
  async function whole(query: { state: ListState; asOf?: LegalDate }): Promise<Blacklist> {
    const asOf = query.asOf ?? today();
    const items: PublicBar[] = [];
    let cursor: string | undefined;
    do {
      const part = await views.publicList({ state: query.state, asOf, cursor, limit: BATCH });
      items.push(...part.items);
      cursor = part.next ?? undefined;
    } while (cursor !== undefined);
    return { asOf, generatedAt: instantText(clock.now()), items, next: null };
  }

  const csv = async (query: { state: ListState; asOf?: LegalDate }): Promise<Buffer> =>
    Buffer.from(csvText(blacklistColumns, (await whole(query)).items), 'utf8');

  return { page, whole, csv };
}

export type PublicRegistry = ReturnType<typeof createPublicRegistry>;
