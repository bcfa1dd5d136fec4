import type { Worker } from 'node:worker_threads';
import { startWorker } from './start-worker.ts';

/** What a thread answers to a task, and tells on the way; see `serve-tasks.ts`. */
export type FromWorker = { readonly note: unknown } | { readonly result: unknown } | { readonly error: unknown };

/** What a caller wants of a task besides its result. */
export interface TaskHooks {
  /** Called when its turn comes. */
  readonly onStart?: () => void;
  /** Called with what the task tells of. */
  readonly onNote?: (note: unknown) => void;
  /** Ends the task, and the thread that does it; another takes the thread's place. */
  readonly signal?: AbortSignal | undefined;
}

interface Waiting {
  readonly task: unknown;
  readonly hooks: TaskHooks;
  resolve(result: unknown): void;
  reject(reason: unknown): void;
}

/** What a thread is sent: first what all of its tasks have in common, then one task after another. */
export type ToWorker = { readonly common: unknown } | { readonly task: unknown };

/**
 * Threads that do tasks, first come, first served. They start at once, and begin with tasks when they are told what those have
 * in common. A thread that dies fails its own task with the cause, at once, and another takes its place.
 */
export class WorkerPool {
  readonly #module: URL;
  readonly size: number;
  #common: ToWorker | undefined;
  readonly #idle = new Set<Worker>();
  readonly #busy = new Map<Worker, Waiting>();
  readonly #queue = new Set<Waiting>();

  /** Starts the threads. @param module calls `serveTasks` */
  constructor(module: URL, size: number) {
    this.#module = module;
    this.size = size;
    for (let i = 0; i < size; i++) this.#start();
  }

  /** Gives every thread what all tasks have in common, once. */
  share(common: unknown): void {
    this.#common = { common };
    for (const worker of this.#idle) worker.postMessage(this.#common);
    this.#next();
  }

  /** The threads that do something now. */
  get busy(): readonly Worker[] {
    return [...this.#busy.keys()];
  }

  /**
   * Has a thread do a task.
   *
   * @throws what the task throws, as far as it can be sent; WorkerDied where its thread has ended; the signal's reason
   */
  run(task: unknown, hooks: TaskHooks = {}): Promise<unknown> {
    const { signal } = hooks;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const settled =
        <T>(settle: (value: T) => void) =>
        (value: T) => {
          signal?.removeEventListener('abort', onAbort);
          settle(value);
        };
      const waiting: Waiting = { task, hooks, resolve: settled(resolve), reject: settled(reject) };
      const onAbort = () => this.#give(waiting, signal?.reason);
      signal?.addEventListener('abort', onAbort);
      this.#queue.add(waiting);
      this.#next();
    });
  }

  /** Ends the threads that have nothing to do, with all that they hold; others start when there are tasks. */
  async letGo(): Promise<void> {
    const idle = [...this.#idle];
    this.#idle.clear();
    await Promise.all(idle.map((thread) => thread.terminate()));
  }

  /** Ends the threads, whatever they do. */
  async close(): Promise<void> {
    const threads = [...this.#idle, ...this.#busy.keys()];
    const reason = new Error('the pool was closed');
    for (const waiting of [...this.#queue, ...this.#busy.values()]) waiting.reject(reason);
    this.#queue.clear();
    this.#busy.clear();
    this.#idle.clear();
    await Promise.all(threads.map((thread) => thread.terminate()));
  }

  #start(): void {
    const worker = startWorker(this.#module, undefined, (reason) => {
      const waiting = this.#busy.get(worker);
      this.#idle.delete(worker);
      this.#busy.delete(worker);
      waiting?.reject(reason);
      this.#next();
    });
    if (this.#common) worker.postMessage(this.#common);
    this.#idle.add(worker);
    worker.on('message', (message: FromWorker) => {
      const waiting = this.#busy.get(worker);
      if (!waiting) return;
      if ('note' in message) return waiting.hooks.onNote?.(message.note);
      this.#busy.delete(worker);
      this.#idle.add(worker);
      worker.unref();
      if ('error' in message) waiting.reject(message.error);
      else waiting.resolve(message.result);
      this.#next();
    });
  }

  /** Gives a task up, whether it waits or runs. */
  #give(waiting: Waiting, reason: unknown): void {
    this.#queue.delete(waiting);
    for (const [worker, own] of this.#busy) {
      if (own !== waiting) continue;
      this.#busy.delete(worker);
      worker.terminate();
    }
    waiting.reject(reason);
    this.#next();
  }

  #next(): void {
    if (!this.#common) return;
    for (const waiting of this.#queue) {
      if (this.#idle.size === 0 && this.#busy.size < this.size) this.#start();
      const [worker] = this.#idle;
      if (!worker) return;
      this.#queue.delete(waiting);
      this.#idle.delete(worker);
      this.#busy.set(worker, waiting);
      // The process lives as long as somebody waits for the answer.
      worker.ref();
      waiting.hooks.onStart?.();
      const message: ToWorker = { task: waiting.task };
      worker.postMessage(message);
    }
  }
}
