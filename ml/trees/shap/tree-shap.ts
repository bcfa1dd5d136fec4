import { type TeamMemory, WorkerTeam } from '../../core/worker-team.ts';
import { Arena } from '../arena.ts';
import { type PreparedTrees, prepareTrees } from './prepared-trees.ts';
import { BLOCK_ROWS, type ShapBatch, type ShapMemory, ShapThread } from './shap-thread.ts';
import type { CoveredTrees, PreparationOptions } from './tree-paths.ts';

/** Rows that are explained at a time, so that memory does not grow with a batch. */
const CHUNK_ROWS = 4096;
/** Rows × splits × points from which another thread is worth its start. */
const WORK_FOR_THREADS = 2e8;
/** The only command: to take blocks of rows. */
const TAKE = 1;

/** What a worker is given. */
export interface Assignment {
  readonly team: TeamMemory;
  readonly batch: ShapBatch;
  readonly memory: ShapMemory;
}

export interface ShapOptions extends PreparationOptions {
  /** How many columns rows have. */
  readonly columns: number;
  /** How many numbers contributions are told by. @default one for each column */
  readonly playerCount?: number;
}

/**
 * Shapley values of the sum of trees, path-dependent: what a tree says where some columns are not known is the mean over the
 * training rows that went each way (its cover). They are exact, by a quadrature of as many points as that takes.
 *
 * Source: Lundberg et al. 2018, arXiv:1802.03888; by quadrature arXiv:2605.04497.
 */
export class TreeShap {
  /** The mean prediction of the training rows. */
  readonly base: number;
  readonly players: number;
  readonly #columns: number;
  readonly #arena = new Arena();
  readonly #prepared: PreparedTrees;
  readonly #memories: ShapMemory[] = [];
  #batch: ShapBatch | undefined;
  #own: ShapThread | undefined;

  constructor(trees: CoveredTrees, { columns, playerCount = columns, ...options }: ShapOptions) {
    this.#prepared = prepareTrees(trees, this.#arena, options);
    this.base = this.#prepared.base;
    this.players = playerCount;
    this.#columns = columns;
  }

  /**
   * The Shapley values of some rows: rows × players, row-major.
   *
   * @param write writes the numbers of a row, which are compared as float32
   * @param threads the most that may be used
   */
  explain(rows: number, write: (row: number, into: Float32Array) => void, threads = 1): Float64Array {
    const { players } = this;
    const columns = this.#columns;
    const values = new Float64Array(rows * players);
    const batch = this.#batchOf(Math.min(rows, CHUNK_ROWS));
    this.#own ??= new ShapThread(batch, this.#memoryOf(0));
    const isWorthIt = threads > 1 && rows * this.#prepared.work >= WORK_FOR_THREADS;
    const team = isWorthIt ? this.#startTeam(batch, threads) : undefined;
    for (let first = 0; first < rows; first += CHUNK_ROWS) {
      const count = Math.min(CHUNK_ROWS, rows - first);
      for (let i = 0; i < count; i++) write(first + i, batch.rows.subarray(i * columns, (i + 1) * columns));
      batch.turn[0] = count;
      Atomics.store(batch.turn, 1, 0);
      takeBlocks(this.#own, team);
      values.set(batch.values.subarray(0, count * players), first * players);
    }
    team?.close();
    return values;
  }

  /** Room for so many rows; what was there for fewer is not used again. */
  #batchOf(rows: number): ShapBatch {
    const known = this.#batch;
    if (known && known.rows.length >= rows * this.#columns && known.values.length >= rows * this.players) return known;
    // One row, or a few, is asked for again and again; more of them are soon many.
    const capacity = rows <= BLOCK_ROWS ? BLOCK_ROWS : CHUNK_ROWS;
    this.#own = undefined;
    this.#batch = {
      prepared: this.#prepared,
      columns: this.#columns,
      players: this.players,
      rows: this.#arena.float32(capacity * this.#columns),
      values: this.#arena.float64(capacity * this.players),
      turn: this.#arena.int32(2),
    };
    return this.#batch;
  }

  #memoryOf(thread: number): ShapMemory {
    this.#memories[thread] ??= {
      sums: this.#arena.float64(2 * this.players * BLOCK_ROWS),
      scratch: this.#arena.take(this.#prepared.scratchBytes),
    };
    return this.#memories[thread];
  }

  #startTeam(batch: ShapBatch, threads: number): WorkerTeam {
    const module = new URL('shap-worker.ts', import.meta.url);
    return new WorkerTeam(module, threads - 1, 0, (team, worker): Assignment => {
      return { team, batch, memory: this.#memoryOf(worker + 1) };
    });
  }
}

/** Takes all blocks of rows, together with a team once it has started. */
function takeBlocks(own: ShapThread, team: WorkerTeam | undefined): void {
  let isTogether = false;
  for (let isLeft = true; isLeft; isLeft = own.takeBlock()) {
    if (!team || isTogether || !team.hasStarted) continue;
    team.tell(TAKE);
    isTogether = true;
  }
  if (isTogether) team?.join();
}
