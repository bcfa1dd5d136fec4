import type { Matrix } from '../../core/matrix.ts';
import { type SharedTeam, sharedTeam } from '../shared-team.ts';
import { readRows } from './read-rows.ts';
import { blockRows, type SumTask, SumThread, wholeGroups } from './sum-thread.ts';
import type { PlacedTrees } from './tree-records.ts';

/** What is summed of each row. */
export interface Summing {
  /** Of each class what its sum starts from. Each round has a tree for each, in their order. */
  readonly bases: readonly number[];
  /** Whether sums are float32 after each tree. */
  readonly isSingle: boolean;
}

/** Rows × trees from which another thread is worth its start. */
const WORK_FOR_THREADS = 2e7;
/** Rows, and their numbers, that threads are given at a time; meanwhile the next are read. */
const CHUNK_ROWS = 8192;
const CHUNK_NUMBERS = 2 ** 19;

/** The sums of the trees of the first so many rounds, for each number in `rounds` (ascending): each rows × classes, row-major. */
export function sumRows(placed: PlacedTrees, x: Matrix, rounds: readonly number[], summing: Summing): Float64Array[] {
  const { memory, records } = placed;
  const { bases } = summing;
  const block = blockRows(records);
  const capacity = Math.min(block, wholeGroups(x.rows));
  const room = memory.room(0, capacity * x.columns, capacity * bases.length);
  const thread = new SumThread({ ...summing, records, room, capacity }, keysFor(placed, 0), memory.kernel);
  const stages = rounds.map(() => new Float64Array(x.rows * bases.length));
  for (let first = 0; first < x.rows; first += capacity) {
    const count = Math.min(capacity, x.rows - first);
    readRows(x, first, count, room.rows);
    thread.begin(0, count);
    let done = 0;
    for (let stage = 0; stage < rounds.length; stage++) {
      thread.add(done, rounds[stage]!);
      done = rounds[stage]!;
      takeSums(room.sums, capacity, bases.length, { into: stages[stage]!, first, count });
    }
  }
  return stages;
}

/** The sums of all trees, with as many threads where rows are many. */
export function sumAllRows(placed: PlacedTrees, x: Matrix, summing: Summing, threads: number): Float64Array {
  if (threads < 2 || x.rows * placed.records.count < WORK_FOR_THREADS)
    return sumRows(placed, x, [Infinity], summing)[0]!;
  return sumTogether(placed, x, summing, sharedTeam(threads));
}

/** While threads sum the rows of one room, the other is filled with the next. */
function sumTogether(placed: PlacedTrees, x: Matrix, summing: Summing, team: SharedTeam): Float64Array {
  const { memory, records } = placed;
  const classes = summing.bases.length;
  const block = blockRows(records);
  const most = Math.min(CHUNK_ROWS, Math.max(block, Math.floor(CHUNK_NUMBERS / x.columns)));
  const capacity = wholeGroups(most);
  const tasks = [1, 2].map((place): SumTask => {
    const room = memory.room(place, capacity * x.columns, capacity * classes);
    return { ...summing, records, room, capacity };
  });
  const own = tasks.map((task) => new SumThread(task, keysFor(placed, 0), memory.kernel));
  const helpers = team.assign((helper) => ({
    kind: 'sums',
    memory: memory.arena.memory,
    keys: keysFor(placed, helper + 1),
    tasks,
  }));
  const values = new Float64Array(x.rows * classes);
  const fill = (first: number) => {
    const { room } = tasks[(first / capacity) % 2]!;
    const count = Math.min(capacity, x.rows - first);
    readRows(x, first, count, room.rows);
    room.turn[0] = count;
    Atomics.store(room.turn, 1, 0);
  };
  fill(0);
  for (let first = 0; first < x.rows; first += capacity) {
    const place = (first / capacity) % 2;
    helpers.tell(place);
    if (first + capacity < x.rows) fill(first + capacity);
    do helpers.tell(place);
    while (own[place]!.takeBlock());
    helpers.join();
    const count = Math.min(capacity, x.rows - first);
    takeSums(tasks[place]!.room.sums, capacity, classes, { into: values, first, count });
  }
  return values;
}

const keysFor = ({ memory, records }: PlacedTrees, thread: number) =>
  memory.keysOf(thread, blockRows(records) * records.rowKeys);

/** Takes the sums of each class to where those of rows stand side by side. */
function takeSums(
  sums: Float64Array,
  capacity: number,
  classes: number,
  { into, first, count }: { readonly into: Float64Array; readonly first: number; readonly count: number },
): void {
  for (let k = 0; k < classes; k++)
    for (let i = 0, at = first * classes + k; i < count; i++, at += classes) into[at] = sums[k * capacity + i]!;
}
