import type { PageReply } from '../../../kernel/http/pages';
import { instantText } from '../../../kernel/pure/time';
import { lastDay } from '../look-up.rules';
import type { PublicChange } from '../changes.service';
import { html, type Html } from './html';
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

/** Changes as Atom (RFC 4287), the latest first. */
export function feed(s: Setting, changes: readonly PublicChange[]): PageReply {
  const host = new URL(s.origin).hostname;
  const tag = (key: string): string => `tag:${host},${TAG_DAY}:lujian/${key}`;
  const entry = (change: PublicChange): Html => {
    const { title, text, path } = toldOf(s, change);
    return html`<entry>
      <id>${tag(change.key)}</id>
      <title>${title}</title>
      <updated>${instantText(change.at)}</updated>
      <link rel="alternate" type="text/html" href="${s.origin + path}" />
      <category term="${change.kind}" />
      <summary>${text}</summary>
    </entry>`;
  };
  // Before the first change the feed is as old as the circular.
  const updated = changes[0] ? instantText(changes[0].at) : `${TAG_DAY}T00:00:00.000Z`;
  const text = html`<?xml version="1.0" encoding="utf-8"?>
    <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">
      <id>${tag('changes')}</id>
      <title>绿色矿山第三方评估机构：黑名单和名录的变更</title>
      <subtitle>依据自然资规〔2024〕1号第（十七）条公开</subtitle>
      <updated>${updated}</updated>
      <author><name>${s.authority ?? s.t.service}</name></author>
      <link rel="self" type="application/atom+xml" href="${s.origin}/feed.atom" />
      <link rel="alternate" type="text/html" href="${s.origin}/" />
      ${changes.map(entry)}
    </feed> `;
  return { type: 'application/atom+xml; charset=utf-8', body: String(text), unlisted: true };
}
