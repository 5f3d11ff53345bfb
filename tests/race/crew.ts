import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createActing } from './acting';
import type { ActOrder, Answer, Round } from './rounds';
import { openService, type Place } from './service';

/** Who acts in the rounds: this process, or several. */
export interface Crew {
  readonly size: number;
  /** Starts the acts of one member; all members of a round are asked in the same tick. */
  act(member: number, round: Round, orders: readonly ActOrder[]): Promise<Answer[]>;
  close(): Promise<void>;
}

export interface ActMessage {
  key: number;
  round: Round;
  orders: readonly ActOrder[];
}

export type WorkerMessage = { ready: true } | { key: number; answers: Answer[] };

export async function localCrew(place: Place): Promise<Crew> {
  const service = await openService(place);
  const act = createActing(service);
  return {
    size: 1,
    act: (_member, round, orders) => Promise.all(orders.map((order) => act(round, order))),
    close: () => service.close(),
  };
}

class Member {
  private readonly waiting = new Map<number, { done: (answers: Answer[]) => void; fail: (error: Error) => void }>();
  private nextKey = 0;

  private constructor(
    private readonly child: ChildProcess,
    private readonly ended: Promise<unknown>,
  ) {
    void ended.then(() => this.waiting.forEach(({ fail }) => fail(new Error('a process of the race ended'))));
    child.on('message', (message: WorkerMessage) => {
      if ('ready' in message) return;
      this.waiting.get(message.key)?.done(message.answers);
      this.waiting.delete(message.key);
    });
  }

  static async start(place: Place): Promise<Member> {
    const child = fork(path.join(__dirname, 'worker.js'), [JSON.stringify(place)]);
    const ended = once(child, 'exit');
    const first = await Promise.race([once(child, 'message'), ended.then(() => undefined)]);
    if (!first) throw new Error('a process of the race could not start');
    return new Member(child, ended);
  }

  act(round: Round, orders: readonly ActOrder[]): Promise<Answer[]> {
    const message: ActMessage = { key: this.nextKey++, round, orders };
    return new Promise((done, fail) => {
      this.waiting.set(message.key, { done, fail });
      this.child.send(message);
    });
  }

  async close(): Promise<void> {
    if (this.child.connected) this.child.disconnect();
    await this.ended;
  }
}

/** One process for each place. */
export async function forkedCrew(places: readonly Place[]): Promise<Crew> {
  const members: Member[] = [];
  const close = async (): Promise<void> => void (await Promise.all(members.map((m) => m.close())));
  try {
    for (const place of places) members.push(await Member.start(place));
  } catch (error) {
    await close();
    throw error;
  }
  return { size: members.length, act: (member, round, orders) => members[member]!.act(round, orders), close };
}
