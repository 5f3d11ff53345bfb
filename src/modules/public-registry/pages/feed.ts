import type { PageReply } from '../../../kernel/http/pages';
import { instant, instantText, type Instant } from '../../../kernel/pure/time';
import { lastDay } from '../look-up.rules';
import { placeText } from '../changes.rules';
import type { ChangePage, PublicChange } from '../changes.service';
import { address, html, type Html } from './html';
import type { Setting } from './layout';
import { entryPath, institutionPath, openFrom } from './parts';

interface Told {
  title: string;
  text: string;
  path: string;
}

/** 通知 of 15 April 2024; names the tags, with the host (RFC 4151), for good. */
const TAG_DAY = '2024-04-15';

const barWords = {
  imposed: ['列入黑名单', 'Listed'],
  published: ['公开不再采信决定', 'Published'],
  annulled: ['不再采信决定撤销或变更', 'Annulled or changed'],
  ended: ['不再采信期间届满', 'Term ended'],
  stayed: ['不再采信决定停止执行', 'Execution stayed'],
} as const;

function toldOf({ t }: Setting, change: PublicChange): Told {
  if ('entry' in change) {
    const { name, uscc, authorityName, entry } = change;
    const title = change.kind === 'admitted' ? '纳入名录 Entered the register' : '退出名录 Left the register';
    const day = change.kind === 'admitted' ? entry.admittedOn : (entry.endedOn ?? entry.admittedOn);
    const text = `${authorityName}评估机构名录；统一社会信用代码${uscc}；自${t.day(day)}起。`;
    return { title: `${title}：${name}`, text, path: institutionPath(uscc) };
  }
  const { bar } = change;
  const [chinese, english] = barWords[change.kind];
  const stayedFrom = openFrom(bar);
  const days =
    bar.state === 'annulled'
      ? `原届满日${t.day(bar.lastBarredDay)}`
      : stayedFrom === null
        ? `届满日${t.day(bar.lastBarredDay)}，可再次采信之日${t.day(bar.freeFrom)}`
        : `届满日${t.bar.lastDayOpen(t.day(stayedFrom), t.day(bar.lastBarredDay))}`;
  const last = change.kind === 'stayed' ? lastDay(change.to) : null;
  const stay = change.kind === 'stayed' ? `停止执行${t.bar.stay(t.day(change.from), last && t.day(last))}；` : '';
  const annulled = change.kind === 'annulled' && bar.annulledFrom ? `自${t.day(bar.annulledFrom)}起撤销或变更；` : '';
  const text = `${stay}${annulled}${bar.decisionNumber}，${bar.authority}；${t.bar.code[bar.kind]}${bar.code}；${bar.ground}；送达日${t.day(bar.servedOn)}，${days}。依据：${bar.basis}。`;
  return { title: `${chinese} ${english}：${bar.name}`, text, path: entryPath(bar.id) };
}

/** What an entry says of a bar changes with the bar: a listing tells of its annulment too. */
const updatedAt = (change: PublicChange): Instant =>
  'bar' in change ? instant(Math.max(change.at, change.bar.changedAt)) : change.at;

/** Addresses of this page of the feed and of its neighbours. */
function feedLinks(s: Setting, before: string | undefined, next: ChangePage['next']): Html {
  const at = (place: string | undefined): string => s.origin + address('/feed.atom', { before: place });
  const link = (rel: string, href: string): Html =>
    html`<link rel="${rel}" type="application/atom+xml" href="${href}" />`;
  return html`${link('self', at(before))} ${link('first', at(undefined))}
  ${next === null ? null : link('next', at(placeText(next)))}`;
}

/** Changes as Atom (RFC 4287), the latest first, by pages (RFC 5005, section 3). `before` is this page's place. */
export function feed(s: Setting, { changes, next }: ChangePage, before?: string): PageReply {
  const host = new URL(s.origin).hostname;
  const tag = (key: string): string => `tag:${host},${TAG_DAY}:lujian/${key}`;
  const entry = (change: PublicChange): Html => {
    const { title, text, path } = toldOf(s, change);
    return html`<entry>
      <id>${tag(change.key)}</id>
      <title>${title}</title>
      <published>${instantText(change.at)}</published>
      <updated>${instantText(updatedAt(change))}</updated>
      <link rel="alternate" type="text/html" href="${s.origin + path}" />
      <category term="${change.kind}" />
      <summary>${text}</summary>
    </entry>`;
  };
  // Before the first change the feed is as old as the circular.
  const newest = Math.max(...changes.map(updatedAt));
  const updated = changes.length > 0 ? instantText(instant(newest)) : `${TAG_DAY}T00:00:00.000Z`;
  const text = html`<?xml version="1.0" encoding="utf-8"?>
    <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">
      <id>${tag('changes')}</id>
      <title>绿色矿山第三方评估机构：黑名单和名录的变更</title>
      <subtitle>依据自然资规〔2024〕1号第（十七）条公开</subtitle>
      <updated>${updated}</updated>
      <author><name>${s.authority ?? s.t.service}</name></author>
      ${feedLinks(s, before, next)}
      <link rel="alternate" type="text/html" href="${s.origin}/" />
      ${changes.map(entry)}
    </feed> `;
  return { type: 'application/atom+xml; charset=utf-8', body: String(text), unlisted: true };
}
