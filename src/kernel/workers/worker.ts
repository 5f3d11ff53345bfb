import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { TaskRegistry, TaskReply, TaskRequest } from './protocol';

// Runs in a worker thread: loads the files of tasks and answers one request after the other.

const load = createRequire(__filename);
const registry = new Map<string, (input: unknown) => unknown>();
for (const file of workerData as readonly string[]) {
  const { tasks } = load(file) as { tasks: TaskRegistry };
  for (const [name, task] of Object.entries(tasks)) registry.set(name, task as (input: unknown) => unknown);
}

async function answer({ task, input }: TaskRequest): Promise<TaskReply> {
  try {
    const work = registry.get(task);
    if (!work) throw new Error(`no worker task is called ${task}`);
    return { done: await work(input) };
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    return { failed: { message, stack } };
  }
}

parentPort!.on('message', (request: TaskRequest) => {
  void answer(request).then((reply) => parentPort!.postMessage(reply));
});
