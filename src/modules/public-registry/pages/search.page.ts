import type { PageReply } from '../../../kernel/http/pages';
import { legalDateOf } from '../../../kernel/pure/time';
import { tidyLine } from '../../../kernel/pure/text';
import type { Found } from '../look-up.service';
import { html, type Html } from './html';
import { page, type Setting } from './layout';
import {
  barDays,
  barTag,
  entryPath,
  facts,
  institutionItem,
  institutionPath,
  pager,
  searchForm,
  stored,
  to,
} from './parts';

/** The public home: one box for everything. */
export function homePage(s: Setting): PageReply {
  const { t } = s;
  const ways = (['institutions', 'blacklist', 'data', 'about'] as const).map((key) => {
    const path = key === 'data' ? '/open-data' : `/${key}`;
    return html`<li>
      <a href="${to(s, path)}">${t.nav[key]}</a>
      <p>${t.home[key]}</p>
    </li>`;
  });
  const content = html`<h1>${t.search.heading}</h1>
    <p class="lead">${t.search.lead}</p>
    ${searchForm(s)}
    <h2>${t.home.ways}</h2>
    <ul class="cards">
      ${ways}
    </ul>`;
  return page(s, { title: t.title, path: '/', section: 'home', content });
}

const LONGEST = 100;

/** What was typed, as one line of bearable length. */
export function soughtText(given: string): { q: string; isCut: boolean } {
  const signs = [...tidyLine(given)];
  return { q: signs.slice(0, LONGEST).join('').trim(), isCut: signs.length > LONGEST };
}

function codeNote(s: Setting, code: NonNullable<Found['code']>): Html {
  const { search } = s.t;
  const faults = code.faults.map((f) => html`<li>${s.language === 'zh' ? f.detail : f.detailEn}</li>`);
  const unknown = code.candidates.length === 1 ? code.candidates[0] : undefined;
  const advice =
    code.likely.length > 0
      ? html`<p>${search.likely}</p>
          <ul>
            ${code.likely.map(
              (i) =>
                html`<li>
                  <a href="${to(s, institutionPath(i.uscc))}"
                    ><span class="code">${i.uscc}</span> ${stored(s, i.name)}</a
                  >
                </li>`,
            )}
          </ul>`
      : unknown !== undefined
        ? html`<p>${search.likelyUnknown(unknown)}</p>`
        : html`<p>${code.checkSign === undefined ? search.noLikely : search.checkSign(code.checkSign)}</p>`;
  return html`<div class="note fault">
    <strong>${search.codeFault}</strong>
    <ul>
      ${faults}
    </ul>
    ${advice}
  </div>`;
}

const barItem = (s: Setting, e: Found['bars']['items'][number]): Html =>
  html`<li>
    <h3><a href="${to(s, entryPath(e.id))}">${stored(s, e.name)}</a> ${barTag(s, e.state)}</h3>
    <p><span class="soft">${s.t.bar.code[e.kind]}</span> <span class="code">${e.code}</span></p>
    ${facts(barDays(s, e))}
  </li>`;

function barsFound(s: Setting, q: string, { bars }: Found): Html {
  const { search } = s.t;
  if (bars.items.length === 0) return html`<p>${search.noBar}</p>`;
  return html`<p class="soft">${search.foundBars(bars.count)}</p>
    <ul class="list">
      ${bars.items.map((e) => barItem(s, e))}
    </ul>
    ${bars.next === null ? null : html`<p><a href="${to(s, '/blacklist', { q, state: 'all' })}">${search.allBars}</a></p>`}`;
}

function institutionsFound(s: Setting, q: string, { institutions }: Found): Html {
  const { search } = s.t;
  const { items, next, count } = institutions;
  const none = next === null ? search.noInstitution(q) : search.goesOn;
  return html`${items.length === 0 ? html`<p>${none}</p>` : html`<p class="soft">${search.found(count)}</p>`}
  ${
    items.length === 0
      ? null
      : html`<ul class="list">
          ${items.map((i) => institutionItem(s, i, legalDateOf(s.now)))}
        </ul>`
  }
  ${pager(s, institutions, '/search', { q })}`;
}

/** Results: institutions and entries of the blacklist together. */
export function searchPage(
  s: Setting,
  { q, isCut }: { q: string; isCut: boolean },
  found: Found | undefined,
): PageReply {
  const { t } = s;
  const heading = q === '' ? t.search.heading : t.search.results(q);
  const content = html`<h1>${heading}</h1>
    ${searchForm(s, q)} ${isCut ? html`<div class="note fault"><p>${t.search.tooLong(LONGEST)}</p></div>` : null}
    ${found?.code ? codeNote(s, found.code) : null}
    ${
      found
        ? html`<h2>${t.search.institutions}</h2>
            ${institutionsFound(s, q, found)}
            <h2>${t.search.bars}</h2>
            ${barsFound(s, q, found)}`
        : html`<div class="note"><p>${t.search.empty}</p></div>`
    }`;
  return page(s, { title: heading, path: '/search', query: { q }, section: 'home', content, unlisted: true });
}
