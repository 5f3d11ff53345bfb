/** Ways out of the house; the inbox is none: it is the recipient's own room in it. */
export const channelNames = ['email', 'sms'] as const;
export type ChannelName = (typeof channelNames)[number];

export interface OutgoingMessage {
  /** Stays the same in every repeat, so that a receiver can tell one. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/**
 * accepted: the next station took it (not yet delivered). refused: for good, this address or message will never do.
 * again: nothing can be said, it is tried later.
 */
export type SendOutcome =
  | { readonly result: 'accepted'; readonly ref: string | null }
  | { readonly result: 'refused'; readonly reason: string }
  | { readonly result: 'again'; readonly reason: string };

/** One way out. `send` never throws, and returns within half a minute. */
export interface Channel {
  readonly name: ChannelName;
  send(message: OutgoingMessage): Promise<SendOutcome>;
}
