import type { Arena } from '../arena.ts';
import type { ObliviousKernel } from './kernel/kernel.ts';

/** What is asked of the kernel for one candidate: addresses, and numbers as `scoreLevel` takes them. */
export interface Task {
  readonly bins: number;
  readonly binCount: number;
  readonly oneHot: boolean;
  readonly how: number;
  readonly histograms: number;
  readonly scores: number;
}

/** Has the kernel score a candidate. */
export function scoreTask(kernel: ObliviousKernel, level: Level, task: Task, l2: number): void {
  const { rows, pairs, starts, ends, totals, leaves } = level;
  const { bins, binCount, oneHot, how, histograms, scores } = task;
  const one = oneHot ? 1 : 0;
  kernel.scoreLevel(bins, binCount, one, rows, pairs, starts, ends, totals, leaves, how, histograms, l2, scores);
}

/** What is the same for all candidates of a level: addresses, and how many leaves there are. */
export interface Level {
  readonly rows: number;
  readonly pairs: number;
  readonly starts: number;
  readonly ends: number;
  readonly totals: number;
  readonly leaves: number;
}

const TASK_WORDS = 6;
const LEVEL_WORDS = 6;

/**
 * The tasks of a level, in shared memory. Whoever is free takes the next one; who does it makes no difference to what
 * comes of it.
 */
export class ScoreBoard {
  /** Plain views, so that a worker can be handed them. */
  readonly memory: {
    readonly level: Uint32Array;
    readonly l2: Float64Array;
    readonly tasks: Uint32Array;
    /** How many tasks there are, and which is next. */
    readonly turn: Int32Array;
  };

  constructor(memory: ScoreBoard['memory']) {
    this.memory = memory;
  }

  static over(arena: Arena, mostTasks: number, l2: number): ScoreBoard {
    const board = new ScoreBoard({
      level: arena.uint32(LEVEL_WORDS),
      l2: arena.float64(1),
      tasks: arena.uint32(TASK_WORDS * mostTasks),
      turn: arena.int32(2),
    });
    board.memory.l2[0] = l2;
    return board;
  }

  set(level: Level, tasks: readonly Task[]): void {
    const { level: words, tasks: list, turn } = this.memory;
    words.set([level.rows, level.pairs, level.starts, level.ends, level.totals, level.leaves]);
    tasks.forEach(({ bins, binCount, oneHot, how, histograms, scores }, i) => {
      list.set([bins, binCount, oneHot ? 1 : 0, how, histograms, scores], TASK_WORDS * i);
    });
    turn[0] = tasks.length;
    Atomics.store(turn, 1, 0);
  }

  /** Does tasks until none is left. */
  work(kernel: ObliviousKernel): void {
    const { level, l2, tasks, turn } = this.memory;
    const [rows, pairs, starts, ends, totals, leaves] = level as unknown as Words;
    const shared: Level = { rows, pairs, starts, ends, totals, leaves };
    for (let task = Atomics.add(turn, 1, 1); task < turn[0]!; task = Atomics.add(turn, 1, 1)) {
      const at = TASK_WORDS * task;
      const [bins, binCount, oneHot, how, histograms, scores] = tasks.subarray(at, at + TASK_WORDS) as unknown as Words;
      scoreTask(kernel, shared, { bins, binCount, oneHot: oneHot === 1, how, histograms, scores }, l2[0]!);
    }
  }
}

type Words = [number, number, number, number, number, number];
