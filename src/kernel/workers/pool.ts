import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { isInsideTransaction } from '../db/scope';
import { Problem } from '../problem';
import { builtFile } from './built-file';
import type { TaskReply } from './protocol';

export interface Pool {
  /**
   * Runs a task by its name in a worker thread. Throws Problem `service.unavailable` when too many wait, WorkerFault
   * when the task overran its time or its thread died. Not inside a transaction, which would wait with it.
   */
  run<T>(task: string, input: unknown): Promise<T>;
  /** Ends the threads; what still ran or waited is refused. */
  close(): Promise<void>;
}

export interface PoolSettings {
  /** Compiled files of tasks, see `builtFile`. */
  files: readonly string[];
  /** Threads; one less than there are cores, at least one. */
  size?: number;
  /** Tasks that may wait for a thread; 200. */
  queue?: number;
  /** How long one task may run; 30,000 ms. */
  timeLimitMs?: number;
}

export type WorkerFaultReason = 'timed-out' | 'died' | 'task-threw' | 'closed';

export class WorkerFault extends Error {
  constructor(
    readonly reason: WorkerFaultReason,
    message: string,
  ) {
    super(message);
    this.name = 'WorkerFault';
  }
}

interface Job {
  task: string;
  input: unknown;
  resolve: (value: unknown) => void;
  reject: (fault: Error) => void;
}

const RETRY_AFTER_S = 5;
const MEMORY_MB = 512;

/** One thread with at most one job. A thread that overran or died is thrown away; the next job gets a new one. */
class Lane {
  private worker: Worker | undefined;
  private job: Job | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly files: readonly string[],
    private readonly timeLimitMs: number,
    private readonly onFree: () => void,
  ) {}

  get isFree(): boolean {
    return this.job === undefined;
  }

  start(job: Job): void {
    this.job = job;
    try {
      const worker = (this.worker ??= this.open());
      worker.ref();
      this.timer = setTimeout(() => {
        this.fail(new WorkerFault('timed-out', `${job.task} took longer than ${this.timeLimitMs} ms`));
      }, this.timeLimitMs);
      worker.postMessage({ task: job.task, input: job.input });
    } catch (error) {
      // For example input that cannot be copied to another thread.
      this.settle((j) => j.reject(error instanceof Error ? error : new Error(String(error))));
    }
  }

  async close(): Promise<void> {
    const { worker } = this;
    this.fail(new WorkerFault('closed', 'the service is stopping'));
    await worker?.terminate();
  }

  private open(): Worker {
    const worker = new Worker(builtFile(__dirname, 'worker'), {
      workerData: this.files,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    worker.on('message', (reply: TaskReply) => this.settle((job) => tell(job, reply)));
    worker.on('error', (error) => this.lost(worker, error.message));
    worker.on('exit', (code) => this.lost(worker, `exit code ${code}`));
    return worker;
  }

  private lost(worker: Worker, why: string): void {
    if (this.worker === worker) this.fail(new WorkerFault('died', `a worker thread died: ${why}`));
  }

  private fail(fault: WorkerFault): void {
    void this.worker?.terminate();
    this.worker = undefined;
    this.settle((job) => job.reject(fault));
  }

  private settle(tellJob: (job: Job) => void): void {
    clearTimeout(this.timer);
    const { job } = this;
    this.job = undefined;
    // An idle thread must not keep a process alive that has nothing else to do.
    this.worker?.unref();
    if (!job) return;
    tellJob(job);
    this.onFree();
  }
}

function tell(job: Job, reply: TaskReply): void {
  if ('done' in reply) job.resolve(reply.done);
  else {
    const fault = new WorkerFault('task-threw', `${job.task}: ${reply.failed.message}`);
    job.reject(Object.assign(fault, { cause: reply.failed.stack }));
  }
}

/** A few threads for work that would hold up everybody else: making, checking and assembling PDF files. */
export function createPool(settings: PoolSettings): Pool {
  const { files, size = Math.max(1, availableParallelism() - 1), queue = 200, timeLimitMs = 30_000 } = settings;
  const waiting: Job[] = [];
  let closed = false;
  const next = (): void => {
    for (const lane of lanes) {
      if (waiting.length === 0) return;
      if (lane.isFree) lane.start(waiting.shift()!);
    }
  };
  const lanes = Array.from({ length: size }, () => new Lane(files, timeLimitMs, next));
  return {
    async run<T>(task: string, input: unknown): Promise<T> {
      if (isInsideTransaction()) throw new Error(`${task} may not run inside a transaction`);
      if (closed) throw new WorkerFault('closed', 'the service is stopping');
      const isFull = waiting.length >= queue && !lanes.some((lane) => lane.isFree);
      if (isFull) throw new Problem('service.unavailable', { retryAfter: RETRY_AFTER_S });
      return new Promise<T>((resolve, reject) => {
        waiting.push({ task, input, resolve: resolve as (value: unknown) => void, reject });
        next();
      });
    },
    async close() {
      closed = true;
      for (const job of waiting.splice(0)) job.reject(new WorkerFault('closed', 'the service is stopping'));
      await Promise.all(lanes.map((lane) => lane.close()));
    },
  };
}
