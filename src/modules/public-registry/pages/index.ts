import type { PageAsked, PageFault, PageMove, PageReply, PageSpec } from '../../../kernel/http/pages';
import { type Problem } from '../../../kernel/problem';
import { legalDateOf, type LegalDate } from '../../../kernel/pure/time';
import { dayField } from '../../../kernel/http/fields';
import { judgeCreditCode } from '../../organisations';
import { readPlace } from '../changes.rules';
import type { Changes } from '../changes.service';
import type { LookUp } from '../look-up.service';
import { listStates, type ListState } from '../public-registry.contract';
import type { PublicSources } from '../registers.port';
import { blacklistPage, entryPage } from './blacklist.page';
import { aboutPage, dataPage } from './data.page';
import { faultPage, type Told } from './fault.page';
import { feed } from './feed';
import { address } from './html';
import { directoryPage, institutionPage } from './institution.page';
import type { Setting } from './layout';
import { institutionPath, to } from './parts';
import { homePage, searchPage, soughtText } from './search.page';
import { assets } from './style';
import { languageOf, languages, pathIn, textsOf } from './texts';

export interface PagesSetting {
  /** Origin of absolute addresses. */
  origin: string;
  /** Whether staff may sign in at this process. */
  hasConsole: boolean;
}

const PAGE = 20;

type Answer = PageReply | PageMove;
type Handler = (s: Setting, asked: PageAsked, path: string) => Promise<Answer>;

/** The request is at fault, and the reader is told how. */
class Refused extends Error {
  constructor(readonly told: Told) {
    super(told.title);
  }
}

/** The day asked about; today if none is said. */
function dayOf(s: Setting, { query }: PageAsked): LegalDate {
  const given = query.asOf?.trim();
  if (!given) return legalDateOf(s.now);
  const { success, data } = dayField.safeParse(given);
  if (success) return data;
  throw new Refused({ status: 400, title: s.t.fault.badDay, cures: [s.t.fault.badDayCure(given.slice(0, 40))] });
}

function stateOf(s: Setting, { query }: PageAsked): ListState {
  const given = query.state ?? '';
  if (given === '') return 'current';
  const state = listStates.find((one) => one === given);
  if (state) return state;
  throw new Refused({ status: 400, title: s.t.fault.badState, cures: [s.t.fault.badStateCure(given.slice(0, 40))] });
}

const turnOf = ({ query }: PageAsked): { cursor?: string; limit: number } => ({
  limit: PAGE,
  ...(query.cursor ? { cursor: query.cursor.slice(0, 500) } : {}),
});

function lookUps(lookUp: LookUp): Readonly<Record<string, Handler>> {
  const institution: Handler = async (s, asked) => {
    const { fault } = s.t;
    const judged = judgeCreditCode(asked.params.uscc!);
    if (!judged.valid) {
      const faults = judged.faults.map((f) => (s.language === 'zh' ? f.detail : f.detailEn));
      const q = soughtText(asked.params.uscc!).q;
      throw new Refused({ status: 422, title: fault.badCode, faults, cures: [fault.badCodeCure], q });
    }
    const asOf = dayOf(s, asked);
    const { authority } = asked.query;
    const record = await lookUp.institution(judged.code, { asOf, authority });
    if (!record) {
      throw new Refused({ status: 404, title: fault.unknownCode(judged.code), cures: [fault.unknownCodeCure] });
    }
    // A former code, or one typed in small letters, leads to the present one.
    if (record.uscc !== asked.params.uscc) {
      return { moveTo: to(s, institutionPath(record.uscc), { asOf: asked.query.asOf, authority }) };
    }
    return institutionPage(s, record);
  };
  return {
    '/': async (s) => homePage(s),
    '/search': async (s, asked) => {
      const sought = soughtText(asked.query.q ?? '');
      const found = sought.q === '' ? undefined : await lookUp.search({ q: sought.q, ...turnOf(asked) });
      return searchPage(s, sought, found);
    },
    '/institutions': async (s, asked) => {
      const asOf = dayOf(s, asked);
      return directoryPage(s, asOf, await lookUp.members(asOf, turnOf(asked)));
    },
    '/institutions/:uscc': institution,
    '/blacklist': async (s, asked) => {
      const { q } = soughtText(asked.query.q ?? '');
      const wanted = { state: stateOf(s, asked), asOf: dayOf(s, asked), q };
      const request = { ...wanted, ...turnOf(asked), q: q === '' ? undefined : q };
      return blacklistPage(s, wanted, await lookUp.blacklist(request));
    },
    '/blacklist/:id': async (s, asked) => {
      const { fault, bar, day } = s.t;
      const asOf = dayOf(s, asked);
      const id = asked.params.id!;
      const entry = await lookUp.entry(id, asOf);
      if (entry) return entryPage(s, entry, asOf, await lookUp.loggedOfBar(entry.id, asOf));
      const isLater = (await lookUp.entry(id, legalDateOf(s.now))) !== undefined;
      const cure = isLater ? bar.notStarted(day(asOf)) : fault.unknownEntryCure;
      throw new Refused({ status: 404, title: fault.unknownEntry, cures: [cure] });
    },
    '/open-data': async (s) => dataPage(s),
    '/about': async (s) => aboutPage(s),
  };
}

async function feedOf(s: Setting, { query }: PageAsked, changes: Changes): Promise<PageReply> {
  if (!query.before) return feed(s, await changes());
  const place = readPlace(query.before);
  if (place) return feed(s, await changes(place), query.before);
  throw new Refused({ status: 400, title: s.t.fault.badCursor, cures: [s.t.fault.badFeedCure] });
}

const isCursor = (problem: Problem | undefined): boolean =>
  problem?.errors?.some((e) => e.pointer === '/cursor') ?? false;

/** What a reader is told of a fault that is not one of the page itself. */
function told({ t }: Setting, { status, problem, requestId }: PageFault): Told {
  const { fault } = t;
  if (isCursor(problem)) return { status, title: fault.badCursor, cures: [fault.badCursorCure] };
  if (status === 404) return { status, title: fault.notFound, cures: [fault.notFoundCure] };
  if (status === 405) return { status, title: fault.method, cures: [fault.methodCure] };
  if (status === 503) return { status, title: fault.busy, cures: [fault.busyCure], requestId };
  return { status, title: fault.failed, cures: [fault.failedCure], requestId };
}

/** The public pages in both languages, the assets, the feed, and the page that tells of a fault. */
export function createPublicPages(
  sources: Pick<PublicSources, 'db' | 'ownAuthority'>,
  { lookUp, changes }: { lookUp: LookUp; changes: Changes },
  { origin, hasConsole }: PagesSetting,
): { pages: readonly PageSpec[]; faultPage(fault: PageFault): Promise<PageReply> } {
  const { db } = sources;

  const settingFor = async (path: string): Promise<{ s: Setting; shared: string }> => {
    const { language, shared } = languageOf(path);
    const authority = (await sources.ownAuthority(db))?.name;
    return {
      s: { language, t: textsOf[language], now: db.sources.clock.now(), authority, origin, hasConsole },
      shared,
    };
  };

  const answering =
    (handler: Handler): PageSpec['answer'] =>
    async (asked) => {
      const { s, shared } = await settingFor(asked.path);
      try {
        return await handler(s, asked, shared);
      } catch (error) {
        if (error instanceof Refused) return faultPage(s, shared, error.told);
        throw error;
      }
    };

  const shown = Object.entries(lookUps(lookUp)).flatMap(([path, handler]) =>
    languages.map((l): PageSpec => ({ path: pathIn(l, path), answer: answering(handler) })),
  );
  const kept = Object.values(assets).map(({ path, type, body }): PageSpec => ({
    path,
    answer: async () => ({ type, body, keep: 'year' }),
  }));
  return {
    pages: [
      ...shown,
      ...kept,
      { path: '/favicon.ico', answer: async () => ({ ...assets.icon, keep: 'minute' }) },
      { path: '/feed.atom', answer: answering(async (s, asked) => feedOf(s, asked, changes)) },
    ],
    async faultPage(fault) {
      // With the database gone even the authority's name is not to be had.
      const { language, shared } = languageOf(fault.path);
      const plain = {
        language,
        t: textsOf[language],
        now: db.sources.clock.now(),
        authority: undefined,
        origin,
        hasConsole,
      };
      const s = fault.status === 503 || fault.status >= 500 ? plain : (await settingFor(fault.path)).s;
      return faultPage(s, address(shared), told(s, fault));
    },
  };
}
