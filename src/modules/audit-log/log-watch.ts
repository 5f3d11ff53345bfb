import { Problem } from '../../kernel/problem';

/** What every command meets when it records its entry: may anything be written, and who is told that something was. */
export interface LogWatch {
  /** Throws Problem `service.log-stopped` while the log and what was published of it disagree. */
  assertOpen(): void;
  /** Something was recorded, and will have been committed in a moment. */
  nudge(): void;
}

export interface LogState extends LogWatch {
  /** Why nothing may be written; undefined while all is well. */
  stopped(): string | undefined;
  setStopped(reason: string | undefined): void;
  /** Who is told of new entries; the last one asked to be. */
  onNudge(told: () => void): void;
}

/** Shared by the recorder of acts and the keeper of the log, each of which is built without the other. */
export function createLogState(): LogState {
  let reason: string | undefined;
  let told: (() => void) | undefined;
  return {
    stopped: () => reason,
    setStopped: (next) => {
      reason = next;
    },
    onNudge: (next) => {
      told = next;
    },
    assertOpen() {
      if (reason !== undefined) throw new Problem('service.log-stopped', { reason });
    },
    nudge: () => told?.(),
  };
}
