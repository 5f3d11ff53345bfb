import type { PageReply } from '../../../kernel/http/pages';
import { blacklistColumns, institutionColumns } from '../public-registry.contract';
import { html, type Html } from './html';
import { page, type Setting } from './layout';

const formats = ['json', 'csv', 'xlsx'] as const;

const files = (list: 'blacklist' | 'institutions'): Html =>
  html`${formats.map((f) => html`<a href="/api/v1/public/${list}.${f}">${f.toUpperCase()}</a> `)}`;

const fields = <C extends string>(
  s: Setting,
  title: string,
  columns: readonly C[],
  meaning: Readonly<Record<C, string>>,
): Html =>
  html`<table class="stack">
    <caption>
      ${title}
    </caption>
    <thead>
      <tr>
        <th scope="col">${s.t.data.field}</th>
        <th scope="col">${s.t.data.meaning}</th>
      </tr>
    </thead>
    <tbody>
      ${columns.map(
        (c) =>
          html`<tr>
            <th scope="row"><span class="code">${c}</span></th>
            <td>${meaning[c]}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;

/** What can be downloaded, what its columns mean, and on what terms. */
export function dataPage(s: Setting): PageReply {
  const { data, foot } = s.t;
  const rows: readonly [string, Html][] = [
    [data.blacklist, files('blacklist')],
    [data.institutions, files('institutions')],
    [data.feed, html`<a href="/feed.atom">Atom</a>`],
  ];
  const content = html`<h1>${data.heading}</h1>
    <p class="lead">${data.lead}</p>
    <table class="stack">
      <thead>
        <tr>
          <th scope="col">${data.file}</th>
          <th scope="col">${data.formats}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([name, links]) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td class="links">${links}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    <p class="help">${data.feedNote}</p>
    <h2>${data.params}</h2>
    <ul>
      ${Object.entries(data.paramsOf).map(([name, text]) => html`<li><span class="code">${name}</span> ${text}</li>`)}
    </ul>
    <h2>${data.columns}</h2>
    ${fields(s, data.blacklist, blacklistColumns, data.barFields)}
    ${fields(s, data.institutions, institutionColumns, data.institutionFields)}
    <h2>${data.licence}</h2>
    <p>${data.licenceText}</p>
    <h2>${data.api}</h2>
    <p>
      ${data.apiText} <span class="code">GET /api/v1/public/screening/{uscc}?asOf=</span> ·
      <a href="/docs/">${foot.docs}</a>
    </p>`;
  return page(s, { title: data.heading, path: '/open-data', section: 'data', content });
}

/** What the list is, and what it is not. */
export function aboutPage(s: Setting): PageReply {
  const { about } = s.t;
  const content = html`<h1>${about.heading}</h1>
    ${about.parts.map(
      ([title, text]) =>
        html`<section>
          <h2>${title}</h2>
          <p>${text}</p>
        </section>`,
    )}`;
  return page(s, { title: about.heading, path: '/about', section: 'about', content });
}
