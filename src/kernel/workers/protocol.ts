/** What a file of tasks exports as `tasks`: plain data in, plain data out. */
export type TaskRegistry = Readonly<Record<string, (input: never) => unknown>>;

export interface TaskRequest {
  task: string;
  input: unknown;
}

export type TaskReply = { done: unknown } | { failed: { message: string; stack?: string } };
