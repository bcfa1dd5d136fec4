import { type TeamMemory, WorkerTeam } from '../../../core/worker-team.ts';
import type { Arena } from '../../arena.ts';
import type { ObliviousKernel } from './kernel.ts';
import { type SharedQueue, type Workers, work } from './task-queue.ts';

/** Some 50 µs, as long as to wake a thread takes: tasks follow each other quickly. */
const SPINS = 4_000;
/** The only command: to do the tasks of the queue. */
const WORK = 1;

/** What a worker is given. */
export interface Assignment {
  readonly team: TeamMemory;
  readonly memory: WebAssembly.Memory;
  readonly queue: SharedQueue;
}

/** Threads that do the tasks of a queue together with this one. */
export class QueueWorkers implements Workers {
  readonly #queue: SharedQueue;
  readonly #kernel: ObliviousKernel;
  readonly #team: WorkerTeam;

  constructor(arena: Arena, kernel: ObliviousKernel, queue: SharedQueue, threads: number) {
    this.#queue = queue;
    this.#kernel = kernel;
    const module = new URL('queue-worker.ts', import.meta.url);
    this.#team = new WorkerTeam(module, threads - 1, SPINS, (team): Assignment => {
      return { team, memory: arena.memory, queue };
    });
  }

  /** Does all tasks of the queue: alone, until the others have started. */
  run(): void {
    const isTogether = this.#team.hasStarted;
    if (isTogether) this.#team.tell(WORK);
    work(this.#queue, this.#kernel);
    if (isTogether) this.#team.join();
  }

  /** Lets the threads go. */
  close(): void {
    this.#team.close();
  }
}
