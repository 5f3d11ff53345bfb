import { spawn, type ChildProcess } from 'node:child_process';
import { compiled } from './compiled';

/** A witness as others run it: the compiled program, in a folder of its own. */
export interface WitnessProcess {
  url: string;
  vkey: string;
  /** What it has told so far, on stderr. */
  complaints(): string;
  post(body: string | Uint8Array): Promise<{ status: number; type: string | null; body: string }>;
  /** Answers the exit code, null for one that a signal ended. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

const program = compiled('src', 'cli', 'witness', 'main.js');

const listenTo = (child: ChildProcess): { out: () => string; err: () => string; ended: Promise<number | null> } => {
  let [out, err] = ['', ''];
  child.stdout!.on('data', (part: Buffer) => (out += part.toString()));
  child.stderr!.on('data', (part: Buffer) => (err += part.toString()));
  const ended = new Promise<number | null>((done) => child.once('close', done));
  return { out: () => out, err: () => err, ended };
};

const start = (args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });

/** Runs the program to its end. */
export async function runWitness(...args: string[]): Promise<Ended> {
  const heard = listenTo(start(args));
  const code = await heard.ended;
  return { code, out: heard.out(), err: heard.err() };
}

/** Starts it on a free port; throws with what it told when it ends instead. */
export async function startWitness(...args: string[]): Promise<WitnessProcess> {
  const child = start([...args, '--port', '0', '--host', '127.0.0.1']);
  const heard = listenTo(child);
  let isOver = false;
  void heard.ended.then(() => (isOver = true));
  let url: string | undefined;
  while (url === undefined) {
    if (isOver) throw new Error(`the witness ended: ${heard.err()}`);
    url = /waiting: (http:\S+)\/add-checkpoint/.exec(heard.out())?.[1];
    await new Promise((done) => setTimeout(done, 20));
  }
  return {
    url,
    vkey: /verifier key: (\S+)/.exec(heard.out())![1]!,
    complaints: heard.err,
    async post(body) {
      const reply = await fetch(`${url}/add-checkpoint`, { method: 'POST', body: Buffer.from(body) });
      return { status: reply.status, type: reply.headers.get('content-type'), body: await reply.text() };
    },
    end(signal) {
      child.kill(signal);
      return heard.ended;
    },
  };
}
