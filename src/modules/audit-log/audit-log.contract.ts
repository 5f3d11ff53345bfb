/** How an entry type appears in the public log: its type and public subjects, or as a sealed commitment only. */
export type Visibility = 'public' | 'sealed';

export interface EventKind {
  visibility: Visibility;
  /** What happened, for the console; Chinese. */
  title: string;
}

/** Each module lists its event types once, in its contract; wire.ts joins the lists. */
export type EventCatalogue = Readonly<Record<string, EventKind>>;

/** What is recorded about the log itself. */
export const logEvents: EventCatalogue = {
  'log.recovered': { visibility: 'public', title: '日志恢复' },
  'log.opened': { visibility: 'public', title: '启用新日志' },
  'log.former-head': { visibility: 'public', title: '原日志的最后检查点' },
  'log.facts-erased': { visibility: 'sealed', title: '依令销毁事实' },
};
