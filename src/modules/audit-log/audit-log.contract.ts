/** How an entry type appears in the public log: its type and public subjects, or as a sealed commitment only. */
export type Visibility = 'public' | 'sealed';

export interface EventKind {
  visibility: Visibility;
  /** What happened, for the console; Chinese. */
  title: string;
}

/** Each module lists its event types once, in its contract; wire.ts joins the lists. */
export type EventCatalogue = Readonly<Record<string, EventKind>>;
