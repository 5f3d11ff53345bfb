import type { PageReply } from '../../../kernel/http/pages';
import { html } from './html';
import { page, type Setting } from './layout';
import { searchForm, to } from './parts';

/** What went wrong, and what the reader can do about it. */
export interface Told {
  status: number;
  title: string;
  /** What is wrong with what was given, where the title does not tell it all. */
  faults?: readonly string[];
  cures: readonly string[];
  /** Stands in the search box, to be mended there. */
  q?: string;
  requestId?: string;
}

/** A fault in the look of the other pages, with the search at hand. */
export function faultPage(s: Setting, path: string, told: Told): PageReply {
  const { fault } = s.t;
  const content = html`<h1>${told.title}</h1>
    ${told.faults?.map((wrong) => html`<p>${wrong}</p>`)}
    <div class="note fault">
      <strong>${fault.what}</strong>
      <ul>
        ${told.cures.map((cure) => html`<li>${cure}</li>`)}
      </ul>
    </div>
    ${told.requestId === undefined ? null : html`<p class="soft">${fault.requestId} <span class="code">${told.requestId}</span></p>`}
    ${searchForm(s, told.q)}
    <p><a href="${to(s, '/')}">${fault.back}</a></p>`;
  return page(s, { title: told.title, path, content, status: told.status, unlisted: true });
}
