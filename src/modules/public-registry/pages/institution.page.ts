import type { Page } from '../../../kernel/http/page';
import type { PageReply } from '../../../kernel/http/pages';
import { legalDateOf, type LegalDate } from '../../../kernel/pure/time';
import type { InstitutionRecord, ListedInstitution } from '../look-up.service';
import { html, type Html, type Piece } from './html';
import { page, type Setting } from './layout';
import {
  barFacts,
  barSteps,
  barTag,
  dayForm,
  entryPath,
  facts,
  futureNote,
  institutionItem,
  institutionPath,
  pager,
  proofs,
  searchForm,
  standingText,
  stepsTitle,
  stored,
  to,
} from './parts';

/** Who stands in a register on a day. */
export function directoryPage(s: Setting, asOf: LegalDate, found: Page<{ institution: ListedInstitution }>): PageReply {
  const { list, day } = s.t;
  const query = { asOf: asOf === legalDateOf(s.now) ? undefined : asOf };
  const items = found.items.map(({ institution }) => institutionItem(s, institution, asOf, query));
  const content = html`<h1>${list.heading}</h1>
    <p class="lead">${list.lead}</p>
    ${searchForm(s)} ${dayForm(s, '/institutions', asOf)}
    <h2>${list.asOf(day(asOf))}</h2>
    ${futureNote(s, asOf)}
    ${
      items.length === 0
        ? html`<p>${list.none(day(asOf))}</p>`
        : html`<p class="soft">${s.t.search.found(found.count)}</p>
            <ul class="list">
              ${items}
            </ul>`
    }
    ${pager(s, found, '/institutions', query)}`;
  return page(s, { title: list.heading, path: '/institutions', query, section: 'institutions', asOf, content });
}

function standing(s: Setting, r: InstitutionRecord): Html {
  const { record } = s.t;
  const { state } = r.standing;
  const text =
    state !== 'barred' && r.verdict === 'needs-person'
      ? record.needsPerson
      : state === 'free'
        ? record.free
        : standingText(s, r.standing, record.barredUntil, record);
  const look = r.verdict === 'needs-person' ? 'stayed' : state;
  return html`<div class="note ${look}">
    <strong>${record.verdict[r.verdict]}</strong>
    <p>${text}</p>
    <p class="soft">${record.verdictNote}</p>
  </div>`;
}

function basics(s: Setting, r: InstitutionRecord): Html {
  const { record } = s.t;
  const form = r.legalForm && record.legalForms[r.legalForm];
  const cls = r.publicInstitutionClass && record.classes[r.publicInstitutionClass];
  return facts([
    [record.name, r.onRecord ? stored(s, r.name) : record.notTold],
    [record.code, html`<span class="code">${r.uscc}</span>`],
    [
      record.legalForm,
      form ? `${form}${cls ? (s.language === 'zh' ? `（${cls}）` : ` (${cls})`) : ''}` : record.notTold,
    ],
    [record.address, r.address === null ? record.notTold : stored(s, r.address)],
    [record.representative, html`<span class="soft">${record.representativeNote}</span>`],
  ]);
}

function memberships(s: Setting, r: InstitutionRecord): Html {
  const { record, day } = s.t;
  if (r.memberships.length === 0) return html`<p>${record.noPool(day(r.asOf))}</p>`;
  const rows = r.memberships.map((m) => {
    const isOver = m.endedOn !== null && m.endedOn <= r.asOf;
    return html`<tr>
      <th scope="row">${stored(s, m.authorityName)}</th>
      <td><span class="name">${record.admittedOn}</span><span>${day(m.admittedOn)}</span></td>
      <td>
        <span class="name">${record.leftOn}</span
        ><span>${isOver ? day(m.endedOn!) : html`<span class="tag">${record.stillIn}</span>`}</span>
      </td>
    </tr>`;
  });
  return html`<table class="stack">
    <thead>
      <tr>
        <th scope="col">${record.poolAuthority}</th>
        <th scope="col">${record.admittedOn}</th>
        <th scope="col">${record.leftOn}</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

function bars(s: Setting, r: InstitutionRecord): Html {
  const { t } = s;
  if (r.bars.length === 0) return html`<p>${t.record.noBars(t.day(r.asOf))}</p>`;
  return html`${r.bars.map(
    (e) =>
      html`<article class="entry">
        <header>
          <h3><a href="${to(s, entryPath(e.id))}">${stored(s, e.decisionNumber)}</a></h3>
          ${barTag(s, e.state)}
        </header>
        ${facts(barFacts(s, e))}
        <h3>${stepsTitle(s, e)}</h3>
        ${barSteps(s, e)}
      </article>`,
  )}`;
}

function rulesTable(s: Setting, rules: NonNullable<InstitutionRecord['readiness']>['rules'], caption: string): Html {
  const { record } = s.t;
  const cell = (name: string, value: Piece): Html =>
    html`<td><span class="name">${name}</span><span>${value}</span></td>`;
  const rows = rules.map((r) => {
    const said = s.language === 'en' && r.en ? r.en : r;
    const look = r.met ? 'yes' : r.effect === 'inform' ? 'hint' : 'no';
    const words = r.met ? record.yes : record.no;
    const hint = r.effect === 'inform' && !r.met ? html` <span class="soft">${record.hint}</span>` : null;
    return html`<tr>
      <th scope="row">${said.title}</th>
      ${cell(record.required, said.required)}${cell(record.measured, said.measured)}
      ${cell(record.met, html`<span class="tag ${look}">${words}</span>${hint}`)}
      <td class="cite"><span class="name">${record.citation}</span><span>${stored(s, said.citation)}</span></td>
    </tr>`;
  });
  const heads = [record.rule, record.required, record.measured, record.met, record.citation];
  return html`<table class="stack">
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        ${heads.map((h) => html`<th scope="col">${h}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

function conditions(s: Setting, r: InstitutionRecord): Html {
  const { record, day } = s.t;
  const { readiness } = r;
  if (!readiness) return html`<p>${record.conditionsOutside}</p>`;
  const { ready, rules, version, lapsed } = readiness;
  const others = r.authorities.filter((a) => a.code !== r.authority);
  return html`<p><span class="tag ${ready ? 'yes' : 'no'}">${ready ? record.ready : record.notReady}</span></p>
    ${rulesTable(s, rules, record.conditionsLead(day(r.asOf), s.language === 'zh' ? version.title : version.titleEn))}
    ${lapsed.map((l) => {
      const title = s.language === 'zh' ? l.title : l.titleEn;
      return html`<p class="soft">${record.lapsed(title, l.number, day(l.through))}</p>`;
    })}
    ${
      others.length === 0
        ? null
        : html`<p class="screen">
            ${record.otherAuthority}
            ${others.map(
              (a) =>
                html`<a href="${to(s, institutionPath(r.uscc), { asOf: r.asOf, authority: a.code })}"
                  >${stored(s, a.name)}</a
                > `,
            )}
          </p>`
    }`;
}

function history(s: Setting, r: InstitutionRecord): Html {
  const { record, day } = s.t;
  const { names } = r;
  const rows = names.map(
    (n) =>
      html`<tr>
        <th scope="row">${stored(s, n.name)}</th>
        <td><span class="name">${record.from}</span><span>${day(n.from)}</span></td>
        <td>
          <span class="name">${record.until}</span><span>${n.lastDay === null ? record.now : day(n.lastDay)}</span>
        </td>
      </tr>`,
  );
  const links = [
    ...r.predecessors.map((p) => ({ ...p, say: record.predecessors })),
    ...r.successors.map((p) => ({ ...p, say: record.successors })),
  ].map((l) => html`<li>${l.say(`${l.name}（${l.uscc}）`, day(l.from))}</li>`);
  return html`${
    names.length === 0
      ? html`<p>${record.noRecord(day(r.asOf))}</p>`
      : html`<table class="stack">
          <thead>
            <tr>
              <th scope="col">${record.name}</th>
              <th scope="col">${record.from}</th>
              <th scope="col">${record.until}</th>
            </tr>
          </thead>
          <tbody>
            ${rows}
          </tbody>
        </table>`
  }
  ${
    links.length === 0
      ? null
      : html`<h3>${record.succession}</h3>
          <ul>
            ${links}
          </ul>`
  }`;
}

/** Everything that is public of one assessor, as on a day. */
export function institutionPage(s: Setting, r: InstitutionRecord): PageReply {
  const { record, day } = s.t;
  const isToday = r.asOf === legalDateOf(s.now);
  const path = institutionPath(r.uscc);
  // The first is whose rules are asked if nobody says.
  const authority = r.authority === r.authorities[0]?.code ? undefined : r.authority;
  const query = { asOf: isToday ? undefined : r.asOf, authority };
  const part = (title: string, body: Html): Html =>
    html`<section>
      <h2>${title}</h2>
      ${body}
    </section>`;
  const content = html`<h1>${r.onRecord ? stored(s, r.name) : r.uscc}</h1>
    <p class="lead"><span class="code">${r.uscc}</span></p>
    <p>
      ${record.shownAsOf(day(r.asOf))}${isToday ? null : html` <a class="screen" href="${to(s, path, { authority })}">${record.today}</a>`}
    </p>
    ${futureNote(s, r.asOf)}
    ${r.onRecord ? null : html`<div class="note fault"><p>${record.noRecord(day(r.asOf))}</p></div>`} ${standing(s, r)}
    ${dayForm(s, path, r.asOf, { authority })} ${part(record.basics, basics(s, r))}
    ${part(record.pool, memberships(s, r))} ${part(record.bars, bars(s, r))}
    ${part(record.conditions, conditions(s, r))} ${part(record.history, history(s, r))} ${proofs(s, r.logged)}
    <p class="help screen">${record.print}</p>`;
  const { asOf } = r;
  return page(s, { title: r.onRecord ? r.name : r.uscc, path, query, section: 'institutions', asOf, content });
}
