/** What whoever runs the witness can mend; told in its words, without the program's own lines. */
export class WitnessFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WitnessFault';
  }
}

/** A fault of the disk in a sentence. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The code of a system error, such as ENOENT. */
export const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;
