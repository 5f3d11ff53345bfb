import { randomBytes as cryptoRandomBytes } from 'node:crypto';
import { instant, type Instant } from './pure/time';

/** The only place that asks the world for time and randomness. Everything else is handed these. */
export interface Clock {
  /** The present instant, UTC milliseconds. */
  now(): Instant;
}

export interface Randomness {
  /** Cryptographically strong bytes. */
  bytes(count: number): Buffer;
}

export interface Ids {
  /** UUIDv7 (RFC 9562 5.7): for things whose time may be known. */
  timed(): string;
  /** Sixteen random bytes in hex: for things whose time must not show. */
  random(): string;
}

export const systemClock: Clock = { now: () => instant(Date.now()) };

const POOL = 8192;

/**
 * Asks the system for a few thousand bytes at a time: a list of names needs two ids a row, and each asking costs more
 * than what it brings. Every byte is handed out once, and forgotten with that.
 */
export function pooled(fill: (count: number) => Buffer): Randomness {
  let pool: Buffer = Buffer.alloc(0);
  let at = 0;
  return {
    bytes(count) {
      if (count > POOL / 8) return fill(count);
      if (at + count > pool.length) [pool, at] = [fill(POOL), 0];
      const taken = Buffer.from(pool.subarray(at, at + count));
      pool.fill(0, at, at + count);
      at += count;
      return taken;
    },
  };
}

export const systemRandomness: Randomness = pooled((count) => cryptoRandomBytes(count));

/** When a `timed` id was made, ms; undefined for a text that is none. */
export function timeOfId(id: string): number | undefined {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-7/.test(id) ? Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : undefined;
}

/** Twelve bits tell ids of one millisecond apart in their order; they begin in the lower half. */
const COUNTS = 4096;
/** A clock that goes back by no more than this does not take the ids with it. */
const STEP_BACK_MS = 10_000;

/**
 * Ids from a clock and a source of randomness. Those of one process come in the order in which they were made (RFC 9562
 * 6.2, method 1): entries of one command stand in the log in the order of its acts.
 */
export function idsFrom(clock: Clock, randomness: Randomness): Ids {
  let [at, count] = [0, 0];
  return {
    timed: () => {
      const bytes = randomness.bytes(16);
      const now = clock.now();
      const begin = (time: number): [number, number] => [time, bytes.readUInt16BE(6) % (COUNTS / 2)];
      if (now > at || now < at - STEP_BACK_MS) [at, count] = begin(now);
      else if (count + 1 < COUNTS) count += 1;
      else [at, count] = begin(at + 1);
      bytes.writeUIntBE(at, 0, 6);
      bytes.writeUInt16BE(0x7000 | count, 6);
      bytes[8] = (bytes[8]! & 0x3f) | 0x80;
      const hex = bytes.toString('hex');
      return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
    },
    random: () => randomness.bytes(16).toString('hex'),
  };
}

/** A pause that the process may end early by exiting. */
export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

export interface Sources {
  clock: Clock;
  randomness: Randomness;
  ids: Ids;
}

export function systemSources(clock: Clock = systemClock): Sources {
  return { clock, randomness: systemRandomness, ids: idsFrom(clock, systemRandomness) };
}
