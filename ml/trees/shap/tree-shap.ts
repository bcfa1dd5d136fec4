import { Arena } from '../arena.ts';
import { type Helpers, sharedTeam } from '../shared-team.ts';
import { treesOfClass } from '../trees.ts';
import { LeafValues } from './leaf-values.ts';
import { type PreparedTrees, prepareTrees } from './prepared-trees.ts';
import { BLOCK_ROWS, type ShapBatch, type ShapMemory, ShapThread } from './shap-thread.ts';
import type { CoveredTrees, PreparationOptions } from './tree-paths.ts';

/** Rows that are explained at a time, so that memory does not grow with a batch. */
const CHUNK_ROWS = 4096;
/** Rows × splits × points from which another thread is worth its start. */
const WORK_FOR_THREADS = 1e8;

export interface ShapOptions extends PreparationOptions {
  /** How many columns rows have. */
  readonly columns: number;
  /** How many numbers contributions are told by. @default one for each column */
  readonly playerCount?: number;
  /** How many sums of trees there are. Unless all trees are in each, tree t is in the sum of output t mod outputs. @default 1 */
  readonly outputs?: number;
  /** Of trees whose leaves say a number for each output: the number of a leaf, by its node. @default leaves say one */
  readonly valueAt?: ((node: number, output: number) => number) | undefined;
}

/**
 * Shapley values of sums of trees, path-dependent: what a tree says where some columns are not known is the mean over the
 * training rows that went each way (its cover). They are exact, by a quadrature of as many points as that takes.
 *
 * Source: Lundberg et al. 2018, arXiv:1802.03888; by quadrature arXiv:2605.04497.
 */
export class TreeShap {
  /** Of each output the mean prediction of the training rows. */
  readonly bases: Float64Array;
  readonly players: number;
  readonly #columns: number;
  readonly #outputs: number;
  readonly #arena = new Arena();
  /** Of each output; once where the leaves of the same trees say several numbers. */
  readonly #prepared: readonly PreparedTrees[];
  readonly #leaves: LeafValues | undefined;
  readonly #valueAt: ShapOptions['valueAt'];
  readonly #memories: ShapMemory[] = [];
  #batch: ShapBatch | undefined;
  #own: ShapThread | undefined;

  constructor(trees: CoveredTrees, { columns, playerCount = columns, outputs = 1, valueAt, ...options }: ShapOptions) {
    const leaves = valueAt && new LeafValues();
    const sums =
      valueAt || outputs === 1 ? [trees] : Array.from({ length: outputs }, (_, k) => treesOfClass(trees, k, outputs));
    this.#prepared = sums.map((sum) => prepareTrees({ ...sum, cover: trees.cover }, this.#arena, options, leaves));
    this.bases = Float64Array.from({ length: outputs }, (_, k) =>
      leaves && valueAt ? leaves.mean((node) => valueAt(node, k)) : this.#prepared[k]!.base,
    );
    this.players = playerCount;
    this.#columns = columns;
    this.#outputs = outputs;
    this.#leaves = leaves;
    this.#valueAt = valueAt;
  }

  /** The mean prediction of the training rows, where there is one output. */
  get base(): number {
    return this.bases[0]!;
  }

  /**
   * The Shapley values of some rows: rows × outputs × players, row-major.
   *
   * @param write writes the numbers of a row, which are compared as float32
   * @param threads the most that may be used
   */
  explain(rows: number, write: (row: number, into: Float32Array) => void, threads = 1): Float64Array {
    const { players } = this;
    const columns = this.#columns;
    const outputs = this.#outputs;
    const values = new Float64Array(rows * outputs * players);
    const batch = this.#batchOf(Math.min(rows, CHUNK_ROWS));
    this.#own ??= new ShapThread(batch, this.#memoryOf(0));
    const helpers = threads > 1 && rows * this.#work() >= WORK_FOR_THREADS ? this.#helpers(batch, threads) : undefined;
    for (let first = 0; first < rows; first += CHUNK_ROWS) {
      const count = Math.min(CHUNK_ROWS, rows - first);
      for (let i = 0; i < count; i++) write(first + i, batch.rows.subarray(i * columns, (i + 1) * columns));
      for (let output = 0; output < outputs; output++) {
        this.#turnTo(output, batch.turn);
        batch.turn[0] = count;
        Atomics.store(batch.turn, 1, 0);
        takeBlocks(this.#own, helpers);
        for (let i = 0; i < count; i++) {
          const own = batch.values.subarray(i * players, (i + 1) * players);
          values.set(own, ((first + i) * outputs + output) * players);
        }
      }
    }
    return values;
  }

  /** Has the threads explain an output next. */
  #turnTo(output: number, turn: Int32Array): void {
    const valueAt = this.#valueAt;
    const { memory, trees, count } = this.#prepared[valueAt ? 0 : output]!;
    if (valueAt) this.#leaves?.write(memory, (node) => valueAt(node, output));
    turn[2] = trees;
    turn[3] = count;
  }

  /** How many splits there are, times the points that each is computed at. */
  #work(): number {
    const all = this.#prepared.reduce((sum, { work }) => sum + work, 0);
    return this.#valueAt ? all * this.#outputs : all;
  }

  /** Room for so many rows; what was there for fewer is not used again. */
  #batchOf(rows: number): ShapBatch {
    const known = this.#batch;
    if (known && known.rows.length >= rows * this.#columns && known.values.length >= rows * this.players) return known;
    // One row, or a few, is asked for again and again; more of them are soon many.
    const capacity = rows <= BLOCK_ROWS ? BLOCK_ROWS : CHUNK_ROWS;
    this.#own = undefined;
    this.#batch = {
      memory: this.#arena.memory,
      columns: this.#columns,
      players: this.players,
      rows: this.#arena.float32(capacity * this.#columns),
      values: this.#arena.float64(capacity * this.players),
      turn: this.#arena.int32(4),
    };
    return this.#batch;
  }

  #memoryOf(thread: number): ShapMemory {
    this.#memories[thread] ??= {
      sums: this.#arena.float64(2 * this.players * BLOCK_ROWS),
      scratch: this.#arena.take(Math.max(...this.#prepared.map(({ scratchBytes }) => scratchBytes))),
    };
    return this.#memories[thread];
  }

  #helpers(batch: ShapBatch, threads: number): Helpers {
    return sharedTeam(threads).assign((helper) => ({
      kind: 'contributions',
      batch,
      memory: this.#memoryOf(helper + 1),
    }));
  }
}

/** Takes all blocks of rows, together with helpers once they have started. */
function takeBlocks(own: ShapThread, helpers: Helpers | undefined): void {
  do helpers?.tell(0);
  while (own.takeBlock());
  helpers?.join();
}
