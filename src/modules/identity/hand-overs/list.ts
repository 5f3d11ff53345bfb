import { createHash } from 'node:crypto';
import { canonicalBytes } from '../../../kernel/pure/jcs';
import { chineseDate, instant, instantText, legalDateOf, type Instant } from '../../../kernel/pure/time';
import { workKinds } from '../work/work.rules';
import type { HandOverList, Signer } from './hand-overs.rules';
import type { HandOver, HandOverItem } from './hand-overs.store';
import { outcomes } from './hand-overs.states';

/** A paper as identity wants it made; `wire.ts` supplies who makes it. */
export interface PaperSpec {
  title: string;
  subtitle: string;
  blocks: (
    { kind: 'heading' | 'paragraph'; text: string } | { kind: 'table'; rows: { key: string; value: string }[] }
  )[];
  signatures: [];
  createdAt: Instant;
}

export interface PaperMaker {
  /** The PDF; throws Problem `document.character-without-glyph`. Never called inside a transaction. */
  make(spec: PaperSpec): Promise<Uint8Array>;
}

/** The frozen list, from what is stored: the same today as on the day on which it was prepared. */
export function listOf(h: HandOver, items: readonly HandOverItem[]): HandOverList {
  const [giver, ...receivers] = h.parties;
  return {
    spec: 'lujian-hand-over/1',
    id: h.id,
    preparedAt: instantText(instant(h.preparedAt)),
    giver: giver!,
    receivers,
    items: items.map(({ no, workId, kind, ref, openedAt, receiverPostId }) => ({
      no,
      work: workId,
      kind,
      ref,
      openedAt: instantText(instant(openedAt)),
      receiver: receiverPostId,
    })),
  };
}

export const listSha256 = (list: HandOverList): string =>
  createHash('sha256').update(canonicalBytes(list)).digest('hex');

const personOf = ({ name, office, role }: Signer): string => `${name}（${office ?? role}）`;

/** 工作交接清单, to be printed and signed by hand where somebody cannot sign by account. */
export function handOverPaper(h: HandOver, items: readonly HandOverItem[]): PaperSpec {
  const { giver, receivers } = listOf(h, items);
  const nameOf = new Map(receivers.map((r) => [r.post, r.name]));
  const rows = items.map(({ no, kind, ref, openedAt, receiverPostId, outcome }) => ({
    key: String(no),
    value:
      `${workKinds[kind]} ${ref}，${chineseDate(legalDateOf(instant(openedAt)))}起，接收人 ${nameOf.get(receiverPostId) ?? ''}` +
      (outcome === null ? '' : `，${outcomes[outcome]}`),
  }));
  const blank = '签字：                        日期：        年    月    日';
  return {
    title: '工作交接清单',
    subtitle: `编号 ${h.id}`,
    blocks: [
      {
        kind: 'table',
        rows: [
          { key: '移交人', value: personOf(giver) },
          ...receivers.map((r) => ({ key: '接收人', value: personOf(r) })),
          { key: '拟定日期', value: chineseDate(legalDateOf(instant(h.preparedAt))) },
          { key: '事项', value: `共 ${h.itemCount} 项` },
          { key: '清单校验值', value: h.listSha256 },
        ],
      },
      { kind: 'heading', text: '移交事项' },
      { kind: 'table', rows },
      { kind: 'paragraph', text: '移交人、接收人已逐项核对，上列事项自签字齐全之时起由接收人办理。' },
      { kind: 'paragraph', text: `移交人${blank}` },
      ...receivers.map((r) => ({ kind: 'paragraph' as const, text: `接收人 ${r.name}${blank}` })),
    ],
    signatures: [],
    createdAt: instant(h.preparedAt),
  };
}
