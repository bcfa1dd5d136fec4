import { type TeamMemory, WorkerTeam } from '../../core/worker-team.ts';
import type { Arena } from '../arena.ts';
import type { RowData } from './row-data.ts';
import { type Command, commands, Shard, scratchBytes } from './shard.ts';

/** What a worker is given. */
export interface Assignment {
  readonly team: TeamMemory;
  readonly data: RowData;
  readonly shard: number;
  readonly shards: number;
  readonly scratch: number;
}

/** One thread for each shard, of which this is the first. */
export class ShardPool {
  readonly #own: Shard;
  readonly #team: WorkerTeam;

  /** @throws Error where a thread does not start */
  constructor(data: RowData, arena: Arena, shards: number) {
    const scratch = () => arena.take(scratchBytes(data.binned.columns));
    this.#own = new Shard(data, 0, shards, scratch());
    const module = new URL('shard-worker.ts', import.meta.url);
    // They sleep at once: a command takes long.
    this.#team = new WorkerTeam(module, shards - 1, 0, (team, worker): Assignment => {
      return { team, data, shard: worker + 1, shards, scratch: scratch() };
    });
    this.#team.join();
  }

  /** Has each shard do it, and waits for all. */
  run(command: Command): void {
    this.#team.tell(commands.indexOf(command));
    this.#own.run(command);
    this.#team.join();
  }

  /** Lets the threads go. */
  close(): void {
    this.#team.close();
  }
}
