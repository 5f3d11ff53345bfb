import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createActor, type DemoActor } from '../../../src/cli/demo/client';
import { createAuthenticator } from '../../../src/cli/demo/second-factor';
import { openStage } from '../../../src/cli/demo/stage';
import type { DemoAccount } from '../../../src/cli/demo/world';
import { systemClock, systemRandomness } from '../../../src/kernel/sources';

/** Somebody of the demonstration, signed in. */
export interface Seated extends DemoActor {
  account: DemoAccount;
}

/** The data that a demonstration left, served on a free port. */
export interface DemoGround {
  baseUrl: string;
  accounts: readonly DemoAccount[];
  /** Signs somebody in. */
  seat(account: DemoAccount): Promise<Seated>;
  close(): Promise<void>;
}

const HALF_MINUTE = 30_000;

/** Plays the demonstration into a new folder. */
function play(): string {
  const out = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'lujian-ground-')), 'demo');
  const main = path.join(__dirname, '../../../src/cli/demo/main.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, '--out', out], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the demonstration failed\n${stdout}${stderr}`);
  return out;
}

/** A code opens one session only: whoever was signed in a moment ago by another run waits for the next code. */
async function signIn(actor: DemoActor, { username, password, totpSecret }: DemoAccount): Promise<void> {
  for (let tries = 0; tries < 3; tries++) {
    const device = totpSecret === undefined ? undefined : createAuthenticator(totpSecret, systemClock.now);
    if ((await actor.signIn(username, password, device?.code())).status === 200) return;
    const reply = device ? await actor.signIn(username, password, device.code()) : undefined;
    if (reply?.status === 200) return;
    if (!device) break;
    await pause(HALF_MINUTE);
  }
  throw new Error(`${username} was not let in; is accounts.json of this very demonstration?`);
}

/** Serves a demonstration's folder as shipped; plays one first if none is named, and removes it afterwards. */
export async function openDemoGround(data: string | undefined): Promise<DemoGround> {
  const directory = data === undefined ? play() : path.resolve(data);
  const file = path.join(directory, 'accounts.json');
  if (!fs.existsSync(file)) throw new Error(`${directory} has no accounts.json: name a folder that npm run demo left`);
  const accounts = JSON.parse(fs.readFileSync(file, 'utf8')) as DemoAccount[];
  const stage = await openStage({ directory, clock: systemClock });
  const newKey = (): string => systemRandomness.bytes(16).toString('hex');
  return {
    baseUrl: stage.baseUrl,
    accounts,
    async seat(account) {
      const actor = createActor(account.name, stage.baseUrl, newKey);
      await signIn(actor, account);
      return { ...actor, account };
    },
    async close() {
      await stage.close();
      if (data === undefined) fs.rmSync(path.dirname(directory), { recursive: true, force: true });
    },
  };
}
