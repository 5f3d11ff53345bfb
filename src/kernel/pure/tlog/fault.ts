/** What can be wrong with a piece of a transparency log. One code for each thing a person has to do about it. */
export type TlogCode =
  | 'tlog.size'
  | 'tlog.range'
  | 'tlog.hash-length'
  | 'tlog.proof-length'
  | 'tlog.other-root'
  | 'tlog.path'
  | 'tlog.tile'
  | 'tlog.bundle'
  | 'tlog.entry-length'
  | 'tlog.encoding'
  | 'tlog.note'
  | 'tlog.key'
  | 'tlog.unsigned'
  | 'tlog.signature'
  | 'tlog.signed-twice'
  | 'tlog.checkpoint'
  | 'tlog.other-origin'
  | 'tlog.cosignature'
  | 'tlog.policy'
  | 'tlog.proof'
  | 'tlog.witness-request'
  | 'tlog.witness-reply';

/**
 * Something handed in is not what it claims to be. Thrown and not returned, so that no verification can pass because
 * somebody forgot to look at its answer; `attempt` makes a value of it where a verdict is wanted.
 */
export class TlogFault extends Error {
  /** The message names the fault in words; `params` repeats its figures. */
  constructor(
    readonly code: TlogCode,
    message: string,
    readonly params: Readonly<Record<string, string | number>> = {},
  ) {
    super(message);
    this.name = 'TlogFault';
  }

  /** An error's message is left out of JSON otherwise. */
  toJSON(): { code: TlogCode; message: string; params: Readonly<Record<string, string | number>> } {
    return { code: this.code, message: this.message, params: this.params };
  }
}

export type Attempt<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: TlogFault };

/** Runs a parser or a verification; its fault becomes a value. Other errors are faults of the program and pass. */
export function attempt<T>(run: () => T): Attempt<T> {
  try {
    return { ok: true, value: run() };
  } catch (error) {
    if (error instanceof TlogFault) return { ok: false, fault: error };
    throw error;
  }
}

/** A part of untrusted text for a message: at most 60 characters, control and direction characters as escapes. */
export const shown = (text: string): string =>
  JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text).replace(
    /[\p{C}\p{Zl}\p{Zp}]/gu,
    (sign) => `\\u{${sign.codePointAt(0)!.toString(16)}}`,
  );
