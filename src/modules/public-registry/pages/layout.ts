import type { PageReply } from '../../../kernel/http/pages';
import type { Instant, LegalDate } from '../../../kernel/pure/time';
import { momentText } from './moment';
import { assets } from './style';
import { address, html, type Html, type Piece } from './html';
import { languages, pathIn, textsOf, type Language, type Texts } from './texts';

/** What every page of one answer knows. */
export interface Setting {
  language: Language;
  t: Texts;
  now: Instant;
  /** Name of the authority that owns the installation; undefined before it is named. */
  authority: string | undefined;
  /** Origin of absolute addresses. */
  origin: string;
  /** Whether staff may sign in at this process. */
  hasConsole: boolean;
}

export interface Body {
  title: string;
  /** Path shared by both languages. */
  path: string;
  query?: Readonly<Record<string, string | null | undefined>>;
  section?: keyof Texts['nav'];
  /** The day it shows, which stands in the address that is printed on paper. */
  asOf?: LegalDate;
  content: Piece;
  status?: number;
  /** Names a person, or shows what was searched for: kept out of search engines. */
  unlisted?: boolean;
}

const sections: readonly [keyof Texts['nav'], string][] = [
  ['home', '/'],
  ['institutions', '/institutions'],
  ['blacklist', '/blacklist'],
  ['data', '/open-data'],
  ['about', '/about'],
];

/** Chinese words in an English page say what language they are. */
export const chinese = (language: Language, text: string): Html =>
  language === 'zh' ? html`${text}` : html`<span lang="zh-CN">${text}</span>`;

const head = (s: Setting, { title, path, query, unlisted }: Body): Html => {
  const hrefOf = (language: Language): string => s.origin + address(pathIn(language, path), query);
  const alternates = languages.map(
    (l) => html`<link rel="alternate" hreflang="${textsOf[l].lang}" href="${hrefOf(l)}" />`,
  );
  const name = s.authority === undefined ? s.t.service : `${s.t.service} · ${s.authority}`;
  return html`<head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title} | ${name}</title>
    ${unlisted ? html`<meta name="robots" content="noindex" />` : null}
    <meta name="color-scheme" content="light dark" />
    <link rel="stylesheet" href="${assets.style.path}" />
    <link rel="icon" type="image/svg+xml" href="${assets.icon.path}" />
    ${alternates}
    <link rel="alternate" type="application/atom+xml" title="${s.t.foot.feed}" href="/feed.atom" />
  </head>`;
};

const menu = (s: Setting, section: Body['section']): Html =>
  html`<nav aria-label="${s.t.menu}">
    <ul>
      ${sections.map(([key, path]) => {
        const to = pathIn(s.language, path);
        return key === section
          ? html`<li><a href="${to}" aria-current="page">${s.t.nav[key]}</a></li>`
          : html`<li><a href="${to}">${s.t.nav[key]}</a></li>`;
      })}
    </ul>
  </nav>`;

function top(s: Setting, { path, query, section }: Body): Html {
  const other = languages.find((l) => l !== s.language)!;
  const words = textsOf[other];
  const to = address(pathIn(other, path), query);
  return html`<header class="top">
    <div class="wide">
      <a class="brand" href="${pathIn(s.language, '/')}"
        ><b>${s.authority === undefined ? s.t.title : chinese(s.language, s.authority)}</b>
        <span>${s.authority === undefined ? s.t.service : s.t.title}</span></a
      >
      <a class="other" href="${to}" lang="${words.lang}" hreflang="${words.lang}">${s.t.otherLanguage}</a>
      ${menu(s, section)}
    </div>
  </header>`;
}

const foot = (s: Setting, { path, query, asOf }: Body): Html =>
  html`<footer class="foot">
    <div class="wide">
      <p>${s.t.foot.basis}</p>
      <p>${s.t.foot.dataMoment(s.t.moment(momentText(s.now)))}</p>
      <p class="paper">
        ${s.t.foot.address(s.origin + address(pathIn(s.language, path), { ...query, ...(asOf ? { asOf } : {}) }))}
      </p>
      <nav aria-label="${s.t.foot.links}">
        <ul>
          <li><a href="/feed.atom">${s.t.foot.feed}</a></li>
          <li><a href="/docs/">${s.t.foot.docs}</a></li>
          ${s.hasConsole ? html`<li><a href="/console/">${s.t.foot.console}</a></li>` : null}
        </ul>
      </nav>
    </div>
  </footer>`;

/** The whole page. */
export function page(s: Setting, body: Body): PageReply {
  const text = html`<!doctype html>
    <html lang="${s.t.lang}">
      ${head(s, body)}
      <body>
        <a class="skip" href="#content">${s.t.skip}</a>
        ${top(s, body)}
        <main id="content" class="wide" tabindex="-1">${body.content}</main>
        ${foot(s, body)}
      </body>
    </html> `;
  return {
    status: body.status ?? 200,
    type: 'text/html; charset=utf-8',
    body: String(text),
    unlisted: body.unlisted ?? false,
  };
}
