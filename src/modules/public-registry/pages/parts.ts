import type { Page } from '../../../kernel/http/page';
import type { OpenHead } from '../../audit-log';
import {
  daysOf,
  isMember,
  type ListedInstitution,
  type LoggedType,
  type Membership,
  type Standing,
} from '../look-up.service';
import { lastDay } from '../look-up.rules';
import { legalDate, legalDateOf, type LegalDate } from '../../../kernel/pure/time';
import { barStateOn, endOfBars, type PublicEntry } from '../../sanctions';
import { address, html, type Html, type Piece } from './html';
import { chinese, type Setting } from './layout';
import { momentText } from './moment';
import { pathIn } from './texts';

type Query = Readonly<Record<string, string | null | undefined>>;

/** An address of ours in the page's language. */
export const to = (s: Setting, path: string, query?: Query): string => address(pathIn(s.language, path), query);

export const institutionPath = (uscc: string): string => `/institutions/${encodeURIComponent(uscc)}`;
export const entryPath = (id: string): string => `/blacklist/${encodeURIComponent(id)}`;

/** What is stored in Chinese. */
export const stored = (s: Setting, text: string): Html => chinese(s.language, text);

/** Rows of a list of facts; one without a value is left out. */
export const facts = (rows: readonly (readonly [string, Piece])[]): Html =>
  html`<dl class="facts">
    ${rows
      .filter(([, value]) => value !== null && value !== undefined && value !== false)
      .map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd>${value}</dd>`,
      )}
  </dl>`;

export const searchForm = (s: Setting, q = ''): Html =>
  html`<form class="ask" action="${to(s, '/search')}" method="get" role="search">
    <label for="q">${s.t.search.label}</label>
    <div class="row">
      <input
        class="grow"
        id="q"
        name="q"
        type="search"
        value="${q}"
        maxlength="100"
        autocomplete="off"
        aria-describedby="q-help"
      />
      <button type="submit">${s.t.search.button}</button>
    </div>
    <p class="help" id="q-help">${s.t.search.example}</p>
  </form>`;

/** What is shown of a day to come is no fact yet. */
export const futureNote = (s: Setting, asOf: LegalDate): Html | null =>
  asOf > legalDateOf(s.now) ? html`<div class="note stayed"><p>${s.t.record.notYet(s.t.day(asOf))}</p></div>` : null;

/** The day asked about, as a form that needs no script; what else was asked goes along. */
export const dayForm = (s: Setting, path: string, asOf: LegalDate, more: Query = {}): Html =>
  html`<form class="day" action="${to(s, path)}" method="get">
    ${Object.entries(more).map(([name, value]) =>
      value ? html`<input type="hidden" name="${name}" value="${value}" />` : null,
    )}
    <label for="as-of">${s.t.record.asOf}</label>
    <input
      id="as-of"
      name="asOf"
      type="date"
      value="${asOf}"
      min="1900-01-01"
      max="2199-12-31"
      aria-describedby="as-of-help"
    />
    <button type="submit">${s.t.record.asOfButton}</button>
    <p class="help" id="as-of-help">${s.t.record.asOfHelp}</p>
  </form>`;

/** Ways to the neighbours of a page. */
export function pager(
  s: Setting,
  { next, previous }: Pick<Page<unknown>, 'next' | 'previous'>,
  path: string,
  query: Query,
): Html | null {
  if (next === null && previous === null) return null;
  const link = (cursor: string | null, words: string, rel: string): Html | null =>
    cursor === null ? null : html`<a rel="${rel}" href="${to(s, path, { ...query, cursor })}">${words}</a>`;
  return html`<nav class="pages" aria-label="${s.t.pager.label}">
    ${link(previous, s.t.pager.previous, 'prev')}${link(next, s.t.pager.next, 'next')}
  </nav>`;
}

export const barTag = (s: Setting, state: PublicEntry['state']): Html =>
  html`<span class="tag ${state}">${s.t.bar.states[state]}</span>`;

const membershipText = (s: Setting, m: Membership, asOf: LegalDate): Html => {
  const { list, day } = s.t;
  const text = isMember(m, asOf)
    ? list.since(m.authorityName, day(m.admittedOn))
    : list.left(m.authorityName, day(m.endedOn!));
  return html`${text}`;
};

/** Until when it is barred, in words; where a stay leaves that open, so. */
export function standingText(
  s: Setting,
  { state, lastBarredDay, freeFrom, stayedFrom }: Standing,
  barred: (last: string, free: string) => string,
  words: { barredOpen: (from: string) => string; stayed: string },
): string {
  if (state !== 'barred') return words.stayed;
  if (stayedFrom !== null) return words.barredOpen(s.t.day(stayedFrom));
  return barred(s.t.day(lastBarredDay!), s.t.day(freeFrom!));
}

/** An institution in a list: name, code, registers, and whether it is barred. */
export function institutionItem(s: Setting, i: ListedInstitution, asOf: LegalDate, query: Query = {}): Html {
  const among = i.memberships.filter((m) => isMember(m, asOf));
  // Who is in none now was perhaps in one before: the last one is told.
  const shown = among.length > 0 ? among : i.memberships.slice(0, 1);
  return html`<li>
    <h3><a href="${to(s, institutionPath(i.uscc), query)}">${stored(s, i.name)}</a></h3>
    <p><span class="code">${i.uscc}</span></p>
    ${
      i.standing.state === 'free'
        ? null
        : html`<p>${barTag(s, i.standing.state)} ${standingText(s, i.standing, s.t.list.barred, s.t.list)}</p>`
    }
    ${shown.map((m) => html`<p class="soft">${membershipText(s, m, asOf)}</p>`)}
    ${shown.length === 0 ? html`<p class="soft">${s.t.list.outside}</p>` : null}
  </li>`;
}

/** The days of a bar, always both; of one that holds no more, since when it does not and until when it was to. */
export const barDays = (s: Setting, e: PublicEntry): readonly (readonly [string, Piece])[] => [
  [s.t.bar.servedOn, s.t.day(e.servedOn)],
  ...(e.state === 'annulled' ? annulledDays(s, e) : termDays(s, e)),
];

const annulledDays = (s: Setting, e: PublicEntry): readonly (readonly [string, Piece])[] => [
  [s.t.bar.annulledFrom, html`<span class="days">${s.t.day(e.annulledFrom!)}</span>`],
  [s.t.bar.lastDayOnce, s.t.day(e.lastBarredDay)],
];

/** From which day a stay without end leaves open until when it holds; null where the days as decided are the last word. */
export function openFrom(e: PublicEntry): LegalDate | null {
  if (e.state === 'annulled' || e.state === 'ended') return null;
  return endOfBars([daysOf(e)], legalDate(e.servedOn)).stayedFrom;
}

/** The days as decided, unless a stay without end leaves open until when it holds. */
function termDays(s: Setting, e: PublicEntry): readonly (readonly [string, Piece])[] {
  const { bar, day } = s.t;
  const days = daysOf(e);
  const stayedFrom = openFrom(e);
  if (stayedFrom !== null) {
    return [[bar.lastDay, bar.lastDayOpen(day(stayedFrom), day(e.lastBarredDay))]];
  }
  const holds = barStateOn(days, days.lastBarredDay) === 'barred';
  const note = holds ? html` <span class="soft">${bar.lastDayNote}</span>` : null;
  return [
    [bar.lastDay, html`<span class="days">${day(e.lastBarredDay)}</span>${note}`],
    [bar.freeFrom, html`<span class="days">${day(e.freeFrom)}</span>`],
  ];
}

/** What stands above the steps: of a decision that was annulled or changed they are history. */
export const stepsTitle = (s: Setting, e: PublicEntry): string =>
  e.state === 'annulled' ? s.t.bar.stepsOnce : s.t.bar.steps;

/** How the term was counted, as it was recorded; English readers are told the rule beside it. */
export const barSteps = (s: Setting, e: PublicEntry): Html =>
  html`${s.t.bar.stepsInWords.map((text) => html`<p>${text}</p>`)}
    <ol class="steps">
      ${e.steps.map((step) => html`<li>${stored(s, step)}</li>`)}
    </ol>`;

export const barStays = (s: Setting, e: PublicEntry): Html | null =>
  e.stays.length === 0
    ? null
    : html`${e.stays.map((stay) => {
        const last = lastDay(stay.to);
        return html`<p>${s.t.bar.stay(s.t.day(stay.from), last && s.t.day(last))}</p>`;
      })}`;

/** Everything of a decision but who it is about. */
export const barFacts = (s: Setting, e: PublicEntry): (readonly [string, Piece])[] => [
  [s.t.bar.ground, s.t.bar.grounds[e.groundKey]],
  [s.t.bar.decision, stored(s, e.decisionNumber)],
  [s.t.bar.authority, stored(s, e.authority)],
  [s.t.bar.basis, stored(s, e.basis)],
  ...barDays(s, e),
  [s.t.bar.stays, barStays(s, e)],
  [s.t.bar.annulledFrom, e.state !== 'annulled' && e.annulledFrom && s.t.day(e.annulledFrom)],
];

/** Entries of the log about what a page shows, each with the proof to take along, and how to check it. */
export function proofs(s: Setting, logged: readonly OpenHead[]): Html | null {
  const { log } = s.t;
  if (logged.length === 0) return null;
  const items = logged.map(
    ({ id, at, type }) =>
      html`<li>
        ${log.types[type as LoggedType]} · ${s.t.moment(momentText(at))} ·
        <a href="/api/v1/public/log/proofs/${id}?with=leaf">${log.proof}</a>
      </li>`,
  );
  return html`<h2>${log.heading}</h2>
    <ul>
      ${items}
    </ul>
    <p class="help">${log.how} <a href="/api/v1/public/log/log.vkey">log.vkey</a></p>`;
}
