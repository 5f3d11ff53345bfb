import type { DemoActor, DemoReply, Sent } from './client';

export const chapters = [
  'registry',
  'lot',
  'fees',
  'team',
  'pledge',
  'report',
  'case',
  'bar',
  'log',
  'later-days',
] as const;
export type Chapter = (typeof chapters)[number];

export interface StepRecord {
  chapter: Chapter;
  name: string;
  actor: string;
  method: string;
  path: string;
  status: number;
  expected: number;
  ok: boolean;
  ms: number;
  /** What the step is there to show: the problem's type, counts, days. */
  shows?: Record<string, unknown>;
}

export interface Expectation {
  status: number;
  /** Facts of the reply that must hold; what it returns is kept in the summary. Throws when they do not. */
  check?: (reply: DemoReply) => Record<string, unknown> | void;
}

export interface Steps {
  readonly records: StepRecord[];
  /** Sends, compares with what is expected, prints one line. Throws StepFailed when it is not. */
  step(
    chapter: Chapter,
    name: string,
    actor: DemoActor,
    request: Sent,
    expected: number | Expectation,
  ): Promise<DemoReply>;
}

export class StepFailed extends Error {}

const short = (body: unknown): string => JSON.stringify(body ?? null).slice(0, 1500);

/** A failed step ends the demonstration: whatever follows rests on it. */
export function createSteps(print: (line: string) => void, elapsedMs: () => number): Steps {
  const records: StepRecord[] = [];
  return {
    records,
    async step(chapter, name, actor, request, expected) {
      const wanted: Expectation = typeof expected === 'number' ? { status: expected } : expected;
      const before = elapsedMs();
      const reply = await actor.send(request);
      const ms = Math.round(elapsedMs() - before);
      let shows: Record<string, unknown> | undefined;
      let fault: string | undefined = reply.status === wanted.status ? undefined : `answered ${short(reply.body)}`;
      if (!fault && wanted.check) {
        try {
          shows = wanted.check(reply) ?? undefined;
        } catch (error) {
          fault = `${(error as Error).message}; answered ${short(reply.body)}`;
        }
      }
      const ok = fault === undefined;
      const { method, path } = request;
      records.push({
        chapter,
        name,
        actor: actor.name,
        method,
        path,
        status: reply.status,
        expected: wanted.status,
        ok,
        ms,
        ...(shows ? { shows } : {}),
      });
      print(
        `${ok ? '✓' : '✗'} [${chapter}] ${name} — ${actor.name}: ${method} ${path} → ${reply.status}${shows ? ` ${JSON.stringify(shows)}` : ''} (${ms} ms)`,
      );
      if (fault) throw new StepFailed(`${chapter} / ${name}: expected ${wanted.status}, ${fault}`);
      return reply;
    },
  };
}

/** Throws unless the fact holds. */
export function holds(fact: boolean, text: string): void {
  if (!fact) throw new Error(`does not hold: ${text}`);
}

export const bodyOf = <T>(reply: DemoReply): T => reply.body as T;
export const idOf = (reply: DemoReply): string => bodyOf<{ id: string }>(reply).id;
