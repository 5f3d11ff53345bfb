import { pause } from '../../src/kernel/sources';
import { nextWrite, send, type Write } from './writes';

const CLIENTS = 6;
const SETTLE_LIMIT_MS = 120_000;
const REPEAT_PAUSE_MS = 1_000;

export interface Load {
  /** All that was asked so far. */
  readonly writes: readonly Write[];
  /** Ends asking; resolves once no client waits for an answer. */
  stop(): Promise<void>;
  /** A fault that a client met; such a run has failed. */
  readonly faults: readonly string[];
}

/** Several clients, each writing one thing after the other to its own process until told to stop. */
export function startLoad(baseUrls: readonly string[], apiKey: string): Load {
  const writes: Write[] = [];
  const faults: string[] = [];
  let stopped = false;
  const client = async (baseUrl: string): Promise<void> => {
    while (!stopped) {
      const write = nextWrite();
      writes.push(write);
      try {
        await send(baseUrl, apiKey, write, false);
      } catch (error) {
        faults.push((error as Error).message);
        return;
      }
    }
  };
  const clients = Array.from({ length: CLIENTS }, (_, i) => client(baseUrls[i % baseUrls.length]!));
  return {
    writes,
    faults,
    async stop() {
      stopped = true;
      await Promise.all(clients);
    },
  };
}

/**
 * Asks again, with the same keys, for everything that was never acknowledged. What a killed process had begun is held
 * by its lease for a minute; with `toTheEnd` that is waited for.
 */
export async function repeatUnacknowledged(
  baseUrl: string,
  apiKey: string,
  writes: readonly Write[],
  toTheEnd: boolean,
): Promise<void> {
  const deadline = performance.now() + SETTLE_LIMIT_MS;
  for (;;) {
    for (const write of writes.filter((w) => w.id === undefined)) await send(baseUrl, apiKey, write, true);
    const open = writes.filter((w) => w.id === undefined).length;
    if (open === 0 || !toTheEnd) return;
    if (performance.now() > deadline) throw new Error(`${open} writes could not be settled within two minutes`);
    await pause(REPEAT_PAUSE_MS);
  }
}
