import type { Page } from '../../../kernel/http/page';
import type { PageReply } from '../../../kernel/http/pages';
import { legalDateOf, type LegalDate } from '../../../kernel/pure/time';
import type { OpenHead } from '../../audit-log';
import type { PublicEntry } from '../../sanctions';
import { listStates, type ListState } from '../public-registry.contract';
import { html, type Html } from './html';
import { page, type Setting } from './layout';
import {
  barDays,
  barFacts,
  barSteps,
  barTag,
  dayForm,
  entryPath,
  facts,
  futureNote,
  institutionPath,
  pager,
  proofs,
  stepsTitle,
  stored,
  to,
} from './parts';

export interface ListAsked {
  state: ListState;
  asOf: LegalDate;
  q: string;
}

function filterForm(s: Setting, { state, asOf, q }: ListAsked): Html {
  const { bar, record } = s.t;
  const choices = listStates.map((c) =>
    c === state
      ? html`<option value="${c}" selected>${bar.choose[c]}</option>`
      : html`<option value="${c}">${bar.choose[c]}</option>`,
  );
  return html`<form class="ask bar-form" action="${to(s, '/blacklist')}" method="get" aria-label="${bar.filter}">
    <div class="grow">
      <label for="q">${bar.q}</label
      ><input id="q" name="q" type="search" value="${q}" maxlength="100" autocomplete="off" />
    </div>
    <div>
      <label for="state">${bar.state}</label
      ><select id="state" name="state">
        ${choices}
      </select>
    </div>
    <div>
      <label for="as-of">${record.asOf}</label
      ><input id="as-of" name="asOf" type="date" value="${asOf}" min="1900-01-01" max="2199-12-31" />
    </div>
    <button type="submit">${bar.button}</button>
  </form>`;
}

const item = (s: Setting, e: PublicEntry, query: { asOf: string | undefined }): Html =>
  html`<li class="entry">
    <header>
      <h3><a href="${to(s, entryPath(e.id), query)}">${stored(s, e.name)}</a></h3>
      ${barTag(s, e.state)}
    </header>
    ${facts([
      [s.t.bar.code[e.kind], html`<span class="code">${e.code}</span>`],
      [s.t.bar.ground, s.t.bar.grounds[e.groundKey]],
      [s.t.bar.decision, stored(s, `${e.authority} ${e.decisionNumber}`)],
      ...barDays(s, e),
    ])}
  </li>`;

const namesPerson = (entries: readonly PublicEntry[]): boolean => entries.some((e) => e.kind === 'person');

/** The blacklist of a day, in one state, narrowed by a name or code. */
export function blacklistPage(s: Setting, asked: ListAsked, found: Page<PublicEntry>): PageReply {
  const { bar, day, search } = s.t;
  const { state, asOf, q } = asked;
  const asOfIfOther = asOf === legalDateOf(s.now) ? undefined : asOf;
  const query = { q, state: state === 'current' ? undefined : state, asOf: asOfIfOther };
  const { items } = found;
  const none = q !== '' ? bar.noHit(q) : bar.none[state](day(asOf));
  const content = html`<h1>${bar.heading}</h1>
    <p class="lead">${bar.lead}</p>
    ${filterForm(s, asked)}
    <h2>${bar.choose[state]} · ${day(asOf)}</h2>
    ${futureNote(s, asOf)}
    ${
      items.length === 0
        ? html`<p>${found.next === null ? none : search.goesOn}</p>`
        : html`<p class="soft">${bar.count(found.count)}</p>
            <ul class="list">
              ${items.map((e) => item(s, e, { asOf: asOfIfOther }))}
            </ul>`
    }
    ${pager(s, found, '/blacklist', query)}`;
  const unlisted = q !== '' || namesPerson(items);
  return page(s, { title: bar.heading, path: '/blacklist', query, section: 'blacklist', asOf, content, unlisted });
}

/** One decision in full: the term sheet, with the steps of its count. */
export function entryPage(s: Setting, e: PublicEntry, asOf: LegalDate, logged: readonly OpenHead[]): PageReply {
  const { bar, day, record } = s.t;
  const path = entryPath(e.id);
  const query = { asOf: asOf === legalDateOf(s.now) ? undefined : asOf };
  const content = html`<h1>${stored(s, e.name)}</h1>
    <p class="lead">${bar.kinds[e.kind]} · ${bar.code[e.kind]} <span class="code">${e.code}</span></p>
    <div class="note ${e.state}">
      <strong>${bar.states[e.state]}</strong>
      <p>${record.shownAsOf(day(asOf))}</p>
    </div>
    ${futureNote(s, asOf)}
    <h2>${bar.entry}</h2>
    ${facts(barFacts(s, e))}
    <p class="help">${bar.nameThen}</p>
    <h2>${stepsTitle(s, e)}</h2>
    ${barSteps(s, e)}
    <p class="soft">${bar.remedy}</p>
    ${e.kind === 'institution' ? html`<p class="screen"><a href="${to(s, institutionPath(e.code), query)}">${bar.toRecord}</a></p>` : null}
    ${proofs(s, logged)} ${dayForm(s, path, asOf)}`;
  return page(s, {
    title: bar.shownFor(e.name),
    path,
    query,
    section: 'blacklist',
    asOf,
    content,
    unlisted: e.kind === 'person',
  });
}
