import { estimatorNamed } from '../../ml/estimators/index.ts';
import type { ColumnNumbers, ParamValue } from '../../ml/estimators/params.ts';
import { treeCounts } from './draw-params.ts';
import { type Params, type Problem, takeRows, taskOf } from './problem.ts';

/** Whether a smaller problem still shows the same. */
export type Shows = (problem: Problem) => Promise<boolean>;

/**
 * The smallest problem found that still shows it: fewer rows and columns, default parameters, fewer trees, rounder
 * numbers, each step kept where it shows it still, until no step does or `tries` are used up.
 */
export async function shrink(problem: Problem, shows: Shows, tries = 400): Promise<Problem> {
  let smallest = problem;
  let left = tries;
  for (let hasShrunk = true; hasShrunk && left > 0; ) {
    hasShrunk = false;
    for (const steps of everyKind) {
      // Steps are made of the problem as it is by then: after one that is kept, anew.
      for (let at = 0; left > 0; ) {
        const next = nth(steps(smallest), at);
        if (next === undefined) break;
        left -= 1;
        if (await shows(next)) {
          smallest = next;
          hasShrunk = true;
        } else at += 1;
      }
    }
  }
  return smallest;
}

function nth<T>(values: Iterable<T>, at: number): T | undefined {
  let i = 0;
  for (const value of values) if (i++ === at) return value;
  return undefined;
}

type Steps = (problem: Problem) => Iterable<Problem>;

function* fewerRows(problem: Problem): Iterable<Problem> {
  const { x, y, weights } = problem;
  const take = (values: Float64Array, rows: readonly number[]) => Float64Array.from(rows, (i) => values[i] as number);
  for (const kept of shorter(x.rows)) {
    const of = weights && { weights: take(weights, kept) };
    const fewer = { ...problem, x: takeRows(x, kept), y: take(y, kept), ...of };
    if (hasEachClass(fewer)) yield fewer;
  }
}

/** Whether each class still has a row that counts. */
function hasEachClass({ y, weights, classes }: Problem): boolean {
  return classes === undefined || new Set(y.filter((_, i) => weights?.[i] !== 0)).size === classes;
}

function* noWeights({ weights, ...problem }: Problem): Iterable<Problem> {
  if (weights) yield problem;
}

function* fewerHeldRows(problem: Problem): Iterable<Problem> {
  for (const kept of shorter(problem.holdoutX.rows))
    yield {
      ...problem,
      holdoutX: takeRows(problem.holdoutX, kept),
      holdoutY: Float64Array.from(kept, (i) => problem.holdoutY[i] as number),
    };
}

/** What is left of so many without a half, a quarter, …, or one of them. */
function* shorter(count: number): Iterable<number[]> {
  const all = Array.from({ length: count }, (_, i) => i);
  for (let size = count >> 1; size >= 1; size >>= 1)
    for (let start = 0; start < count; start += size) yield all.filter((i) => i < start || i >= start + size);
}

function* fewerColumns(problem: Problem): Iterable<Problem> {
  for (let dropped = 0; dropped < problem.x.columns && problem.x.columns > 1; dropped++) {
    const without = (x: Problem['x']) => ({
      ...x,
      columns: x.columns - 1,
      data: x.data.filter((_, at) => at % x.columns !== dropped),
      ...(x.levels && { levels: x.levels.filter((_, j) => j !== dropped) }),
    });
    const params = withoutColumn(problem.params, dropped);
    yield { ...problem, params, x: without(problem.x), holdoutX: without(problem.holdoutX) };
  }
}

/** Parameters that name columns, which are numbered: those after one that is dropped move up. */
function withoutColumn(params: Params, dropped: number): Params {
  const renamed = (numbers: ColumnNumbers) =>
    Object.fromEntries(
      Object.entries(numbers)
        .map(([name, number]) => [Number(name.replace('column ', '')), number] as const)
        .filter(([column]) => column !== dropped)
        .map(([column, number]) => [`column ${column > dropped ? column - 1 : column}`, number]),
    );
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'object' && value !== null ? renamed(value) : value,
    ]),
  );
}

function* simplerParams(problem: Problem): Iterable<Problem> {
  const specs = estimatorNamed(problem.model, taskOf(problem)).params;
  for (const [name, value] of Object.entries(problem.params)) {
    const { [name]: _, ...others } = problem.params;
    // Trees at their default are more of them, not fewer.
    if (!treeCounts.includes(name)) yield { ...problem, params: others };
    // A default that is given may be more than a default: CatBoost chooses its learning rate by what is given.
    for (const simpler of simplerValues(value).filter((other) => other !== specs[name]?.default))
      yield { ...problem, params: { ...problem.params, [name]: simpler } };
  }
}

function simplerValues(value: ParamValue): number[] {
  if (typeof value !== 'number') return [];
  const rounder = [1, Math.trunc(value / 2), value - 1, Number(value.toPrecision(1))];
  return (Number.isInteger(value) ? rounder : [1, 0.5, Number(value.toPrecision(1))]).filter(
    (other, i, all) => all.indexOf(other) === i && Math.abs(other) < Math.abs(value) && (other !== 0 || value === 0),
  );
}

function* rounderNumbers(problem: Problem): Iterable<Problem> {
  for (const round of problem.classes === undefined ? roundings : []) {
    const y = round(problem.y);
    if (differs(y, problem.y)) yield { ...problem, y };
  }
  for (let j = 0; j < problem.x.columns; j++) {
    if ((problem.x.levels?.[j] ?? 0) > 0) continue;
    const both = columnOf(problem, j);
    for (const round of roundings) {
      const rounder = round(both);
      if (differs(rounder, both)) yield withColumn(problem, j, rounder);
    }
  }
}

/** From what changes much to what changes little; each gives the same when it is done again. */
const roundings: readonly ((values: Float64Array) => Float64Array)[] = [
  (values) => {
    const sorted = [...new Set(values)].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
    return values.map((value) => (Number.isNaN(value) ? value : sorted.indexOf(value)));
  },
  ...[1, 2, 3, 6].map((digits) => (values: Float64Array) => values.map((value) => Number(value.toPrecision(digits)))),
];

const differs = (a: Float64Array, b: Float64Array) => a.some((value, i) => !Object.is(value, b[i]));

/** A column's values, of the rows to learn from and then of those to predict. */
function columnOf({ x, holdoutX }: Problem, j: number): Float64Array {
  const of = (matrix: Problem['x']) => matrix.data.filter((_, at) => at % matrix.columns === j);
  return Float64Array.from([...of(x), ...of(holdoutX)]);
}

function withColumn(problem: Problem, j: number, values: Float64Array): Problem {
  const { x, holdoutX } = problem;
  const put = (matrix: Problem['x'], start: number) => ({
    ...matrix,
    data: matrix.data.map((value, at) =>
      at % matrix.columns === j ? (values[start + Math.floor(at / matrix.columns)] as number) : value,
    ),
  });
  return { ...problem, x: put(x, 0), holdoutX: put(holdoutX, x.rows) };
}

const everyKind: readonly Steps[] = [fewerHeldRows, noWeights, fewerRows, fewerColumns, simplerParams, rounderNumbers];
