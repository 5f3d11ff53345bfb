import type { BlobStore } from '../../../kernel/blobs/blob-store';
import type { Log } from '../../../kernel/log';
import { parseCheckpoint, type SignedCheckpoint } from '../../../kernel/pure/tlog/checkpoint';
import { judgeQuorum, type PolicyWitness } from '../../../kernel/pure/tlog/policy';
import { isSameKey } from '../../../kernel/pure/tlog/vkey';
import type { Clock } from '../../../kernel/sources';
import { createLogFiles } from '../log-files';
import { askWitness, type Asked } from './ask';
import { createCosignedFiles, type CosignedFiles } from './cosigned-files';
import { cosignaturesOf, keepCosignatures, type TrustedWitnesses } from './trusted';

/** How often it is looked for a new checkpoint; a witness is asked about the newest one only. */
const TICK_MS = 1_000;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 600_000;
/** From here on the want of a quorum is told: witnesses on the network, and such that files are carried to. */
const LATE_MS = { asked: 600_000, carried: 7 * 86_400_000 } as const;

export interface Witnessing {
  /** Asks every witness on the network whose turn it is, once; for tests and the timer. Never throws. */
  step(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
  figures(): Promise<Record<string, number>>;
  /** What an operator has to know, as the last step left it. */
  notes(): string[];
}

export interface WitnessingDeps {
  blobs: BlobStore;
  witnesses: TrustedWitnesses;
  generation(): number;
  clock: Clock;
  log: Log;
}

/** What this process knows of one witness. */
interface Standing {
  witness: PolicyWitness;
  /** The size it cosigned last, as far as it is known. */
  size: number;
  generation: number;
  busy: boolean;
  pause: number;
  notBefore: number;
  /** How often in a row it told of more entries than there are. */
  ahead: number;
  /** Why it will not sign although it should: an alarm, until it signs again. */
  refusal: string | undefined;
}

interface Newest {
  generation: number;
  checkpoint: SignedCheckpoint;
  cosigned: CosignedFiles;
}

/** Asks witnesses for their word on each new checkpoint. Whatever they do, the log goes on. */
export function createWitnessing(deps: WitnessingDeps): Witnessing {
  const { blobs, witnesses, clock, log } = deps;
  const { policy } = witnesses;
  const end = new AbortController();
  const standings = policy.witnesses.map((witness): Standing => {
    const known = { size: 0, generation: -1, busy: false, pause: 0, notBefore: 0, ahead: 0, refusal: undefined };
    return { witness, ...known };
  });
  let ticking: NodeJS.Timeout | undefined;
  let status: Status | undefined;
  const running = new Set<Promise<void>>();
  /** The last quorum that this process saw, and since when there was no further one although the log had grown. */
  let seen: { quorumSize: number; since: number } | undefined;

  async function newest(): Promise<Newest | undefined> {
    const generation = deps.generation();
    const files = createLogFiles(blobs, generation);
    const size = (await files.largest()) ?? 0;
    const text = size === 0 ? undefined : await files.checkpoint(size);
    if (text === undefined) return undefined;
    return { generation, checkpoint: parseCheckpoint(text), cosigned: createCosignedFiles(blobs, generation) };
  }

  function later(standing: Standing): void {
    standing.pause = Math.min(Math.max(2 * standing.pause, FIRST_PAUSE_MS), LONGEST_PAUSE_MS);
    standing.notBefore = clock.now() + standing.pause;
  }

  function alarm(standing: Standing, why: string): void {
    if (standing.refusal !== why)
      log.error(
        { witness: standing.witness.name, why },
        'a witness refuses the log: it has seen another history of it',
      );
    standing.refusal = why;
  }

  async function heed(standing: Standing, at: Newest, answer: Asked): Promise<void> {
    const { name } = standing.witness;
    if (answer.kind === 'cosigned') {
      await keepCosignatures(at.cosigned, at.checkpoint, witnesses, answer.signatures);
      if (standing.pause > 0) log.info({ witness: name, size: at.checkpoint.size }, 'the witness cosigns again');
      Object.assign(standing, { pause: 0, notBefore: 0, ahead: 0, refusal: undefined });
      Object.assign(standing, { size: at.checkpoint.size, generation: at.generation });
      return;
    }
    later(standing);
    standing.ahead = answer.kind === 'ahead' ? standing.ahead + 1 : 0;
    if (answer.kind === 'fork') return alarm(standing, answer.why);
    // Once may be a neighbour that published in between; its file is there when asking again.
    if (answer.kind === 'ahead' && standing.ahead > 1)
      return alarm(standing, `it has seen ${answer.size} entries, here are ${at.checkpoint.size}`);
    if (answer.kind !== 'ahead')
      log.warn({ witness: name, why: answer.why }, 'a witness did not cosign; it is asked again');
  }

  async function askOne(standing: Standing, url: string, at: Newest): Promise<void> {
    const { key } = standing.witness;
    const isKnown = standing.generation === at.generation;
    if (isKnown && standing.size === at.checkpoint.size) return;
    // A neighbour, or this process before its last start, may have been told already.
    if ((await at.cosigned.of(at.checkpoint)).some((line) => isSameKey(line, key)))
      return heed(standing, at, { kind: 'cosigned', signatures: [] });
    const files = createLogFiles(blobs, at.generation);
    const from = isKnown ? standing.size : 0;
    const question = { files, checkpoint: at.checkpoint, witness: { url, key }, from, stopped: end.signal };
    const answer = await askWitness(question);
    if (!end.signal.aborted || answer.kind === 'cosigned') await heed(standing, at, answer);
  }

  /** One request to a witness at a time, and none before its pause is over. */
  async function turn(standing: Standing): Promise<void> {
    const { url } = standing.witness;
    if (url === null || standing.busy || clock.now() < standing.notBefore) return;
    standing.busy = true;
    try {
      const at = await newest();
      if (at) await askOne(standing, url, at);
    } catch (err) {
      later(standing);
      log.warn({ err, witness: standing.witness.name }, 'asking a witness failed; it is asked again');
    } finally {
      standing.busy = false;
    }
  }

  async function look(): Promise<void> {
    const at = await newest();
    status = at && (await readStatus(at.cosigned, at.checkpoint, witnesses));
    if (status && (seen?.quorumSize !== status.quorumSize || status.quorumSize === status.size))
      seen = { quorumSize: status.quorumSize, since: clock.now() };
  }

  async function step(): Promise<void> {
    const turns = Promise.all(standings.map(turn))
      .then(look)
      .catch((err: unknown) => log.warn({ err }, 'the cosignatures of the log could not be read'));
    running.add(turns);
    await turns.finally(() => running.delete(turns));
  }

  /** Could the witnesses on the network alone be enough? */
  const isAskable = judgeQuorum(
    policy,
    policy.witnesses.filter(({ url }) => url !== null).map(({ key }) => ({ key, line: NOBODY, time: null })),
  ).met;

  return {
    step,
    start() {
      ticking = setInterval(() => void step(), TICK_MS);
    },
    async stop() {
      clearInterval(ticking);
      end.abort();
      await Promise.all(running);
    },
    async figures() {
      await look();
      const current = status;
      return {
        lujian_log_witnesses: policy.witnesses.length,
        lujian_log_witness_refused: standings.filter(({ refusal }) => refusal !== undefined).length,
        lujian_log_quorum_size: current?.quorumSize ?? 0,
        lujian_log_quorum_behind: current ? current.size - current.quorumSize : 0,
        ...Object.fromEntries(
          standings.map(({ witness, size, generation }) => [
            `lujian_log_witness_behind{witness=${JSON.stringify(witness.name)}}`,
            current ? current.size - (generation === deps.generation() ? size : 0) : 0,
          ]),
        ),
      };
    },
    notes() {
      const refused = standings.flatMap(({ witness, refusal }) =>
        refusal === undefined
          ? []
          : [
              `见证方 ${witness.name} 拒绝为透明日志签名，日志可能出现两份历史（${refusal}）；请保全数据并立即联系见证方`,
            ],
      );
      const late = seen === undefined ? 0 : clock.now() - seen.since;
      if (!status || late < LATE_MS[isAskable ? 'asked' : 'carried']) return refused;
      const missing = status.missing.join('、');
      return [...refused, `透明日志已有 ${Math.floor(late / 60_000)} 分钟未取得足够的见证签名（尚缺：${missing}）`];
    },
  };
}

const NOBODY = { name: '', keyId: 0, signature: new Uint8Array(0) };

interface Status {
  size: number;
  /** The largest size with a quorum, 0 for none. */
  quorumSize: number;
  /** Who has not cosigned the newest checkpoint. */
  missing: readonly string[];
}

async function readStatus(
  files: CosignedFiles,
  checkpoint: SignedCheckpoint,
  witnesses: TrustedWitnesses,
): Promise<Status> {
  const { met, missing } = judgeQuorum(witnesses.policy, await cosignaturesOf(files, checkpoint, witnesses));
  // A note that is larger than the log was made before the log was set back.
  const quorumSize = met ? checkpoint.size : Math.min((await files.latestQuorum(witnesses.id)) ?? 0, checkpoint.size);
  return { size: checkpoint.size, quorumSize, missing };
}
