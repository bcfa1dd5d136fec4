import type { Matrix } from '../../ml/core/matrix.ts';
import type { Random } from '../../ml/core/random.ts';
import { estimatorNamed } from '../../ml/estimators/index.ts';
import type { ParamSpecs } from '../../ml/estimators/params.ts';
import type { Encoding } from '../../ml/features/column-encoding.ts';
import { type Column, drawCategory, drawNumbers, drawOneHot } from './draw-columns.ts';
import { drawParams, isOfPositive } from './draw-params.ts';
import { drawClasses, drawTargets } from './draw-targets.ts';
import { familyOf, isExact, memberOf } from './families.ts';
import { type Params, type Problem, taskOf } from './problem.ts';
import { chance, magnitude, oneOf, short, streamOf } from './streams.ts';

/** Of the problems that could be exact, how many are: there each prediction counts, and an answer is cheap. */
const EXACT = 0.75;

/** One of each class. */
const LEAST_OF_CLASSES = 2;

/** As many distinct values have a bin each. */
const BINS = 255;

/** Rows to predict: where predictions are compared, and where R² is. */
const HELD = { exact: 12, random: 60 };

/** Problem `index` of a seed: the same on every machine. */
export function drawProblem(family: string, seed: number, index: number): Problem {
  const stream = (name: string) => streamOf(seed, family, index, name);
  const { model, ofClasses } = memberOf(family);
  const kind = ofClasses ? { model, classes: 2 } : { model };
  const { encoding, params: specs } = estimatorNamed(model, taskOf(kind));
  const { exact, weighted } = familyOf(kind);
  const fixed = exact !== null && chance(stream('exact'), EXACT) ? exact : {};
  const drawn = drawParams(specs, fixed, (name) => stream(`params/${name}`));
  const each = isExact({ ...kind, params: drawn });
  const random = stream('data');
  const rows = Math.max(ofClasses ? LEAST_OF_CLASSES : 1, each ? drawRows(random) : magnitude(random, 10, 200));
  const held = each ? HELD.exact : HELD.random;
  // With more values than bins, bins are no reference's.
  const { splitter: _, ...others } = drawn;
  const fitting = drawn.splitter === 'hist' && rows + held > BINS ? others : drawn;
  const columns = drawColumns(random, rows + held, encoding);
  const params = { ...fitting, ...drawConstraints(stream('constraints'), fitting, specs, columns.length) };
  const positive = params.criterion === 'poisson' ? chance(random, 0.95) : chance(random, 0.1);
  const targets = forLoss(params, drawTargets(stream('targets'), columns, rows + held, positive));
  const weights = weighted ? drawWeights(stream('weights'), rows) : undefined;
  if (ofClasses && weights) weights[1] ||= 1;
  const most = params.loss === 'exponential' ? 2 : Infinity;
  const { y, classes } = ofClasses
    ? drawClasses(stream('classes'), targets, { rows, weights, most })
    : { y: targets, classes: undefined };
  if (encoding.missing === 'kept') for (const column of columns) lose(stream('missing'), column, rows);
  if (each) for (let i = 0; i < held; i++) disturb(random, columns, rows, rows + i);
  return {
    model,
    params,
    x: matrixOf(columns, 0, rows),
    y: y.slice(0, rows),
    ...(weights && { weights }),
    ...(classes !== undefined && { classes }),
    holdoutX: matrixOf(columns, rows, held),
    holdoutY: y.slice(rows),
  };
}

/** Directions of some columns, where there are such constraints. */
function drawConstraints(random: Random, { objective }: Params, specs: ParamSpecs, columns: number): Params {
  const [name] = Object.entries(specs).find(([, { type }]) => type === 'columns') ?? [];
  // The reference breaks its constraints where leaves are quantiles; ours keeps them.
  const keeps = objective !== 'reg:absoluteerror' && objective !== 'reg:quantileerror';
  if (name === undefined || !keeps || !chance(random, 0.25)) return {};
  // Without any that is not 0 the reference still scores splits as where there are some.
  const directions = Array.from({ length: columns }, (_, j) =>
    j === 0 ? oneOf(random, [-1, 1]) : random.below(3) - 1,
  );
  return { [name]: Object.fromEntries(directions.map((direction, j) => [`column ${j}`, direction])) };
}

/** The targets as the loss takes them. */
function forLoss(params: Params, y: Float64Array): Float64Array {
  if (!isOfPositive(params)) return y;
  const sizes = y.map((value) => Math.abs(value));
  if (params.objective === 'reg:gamma') return sizes.map((value) => value || 1);
  sizes[0] ||= 1;
  return sizes;
}

/** Fractions or whole numbers, some of them 0; mostly none. */
function drawWeights(random: Random, rows: number): Float64Array | undefined {
  if (!chance(random, 0.35)) return undefined;
  const draw = chance(random, 0.5) ? () => random.below(4) : () => short(0.05 + 3 * random.uniform(), 3);
  const weights = Float64Array.from({ length: rows }, draw);
  weights[0] ||= 1;
  return weights;
}

/** Mostly dozens: a few rows have few ways to disagree, and many cost time. */
function drawRows(random: Random): number {
  return chance(random, 0.1) ? 1 + random.below(4) : magnitude(random, 5, chance(random, 0.15) ? 500 : 80);
}

function drawColumns(random: Random, rows: number, { categories, numbers }: Encoding): Column[] {
  const count = chance(random, 0.1) ? 9 + random.below(20) : 1 + random.below(6);
  let columns = drawNumbers(random, rows, count);
  if (categories === 'codes') {
    if (chance(random, 0.65))
      columns = columns.map((column) => (chance(random, 0.5) ? drawCategory(random, rows) : column));
  } else if (chance(random, 0.25)) columns.push(...drawOneHot(random, rows));
  // Those that are given scaled columns get some that are not.
  return numbers === 'scaled' && chance(random, 0.7) ? columns.map(scaled) : columns;
}

/** A number less its mean, divided by its standard deviation, as `fitEncodings` does. */
function scaled(column: Column): Column {
  const { values } = column;
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  const size = Math.max(...values.map((value) => Math.abs(value - mean)));
  if (values.every((value) => value === values[0])) return { ...column, values: values.map(() => 0) };
  const shares = values.map((value) => (value - mean) / size);
  const deviation = size * Math.sqrt(shares.reduce((sum, share) => sum + (share * share) / values.length, 0));
  return { ...column, values: values.map((value) => (value - mean) / deviation) };
}

/** Makes values missing: everywhere, or only where they are predicted for. */
function lose(random: Random, { values }: Column, rows: number): void {
  if (!chance(random, 0.35)) return;
  const share = oneOf(random, [0.05, 0.3, 0.8]);
  const start = chance(random, 0.2) ? rows : 0;
  for (let i = start; i < values.length; i++) if (chance(random, share)) values[i] = Number.NaN;
}

/** Makes a row to predict one of those learned from, or puts a value out of their range, or both. */
function disturb(random: Random, columns: readonly Column[], rows: number, row: number): void {
  if (chance(random, 0.3)) {
    const learned = random.below(rows);
    for (const { values } of columns) values[row] = values[learned] as number;
  }
  const column = columns[random.below(columns.length)] as Column;
  if (!chance(random, 0.3)) return;
  if (column.levels > 0) column.values[row] = random.below(column.levels);
  else {
    const value = oneOf(random, [2, 10, 1000]) * (column.values[row] || 1);
    column.values[row] = chance(random, 0.5) ? value : -value;
  }
}

function matrixOf(columns: readonly Column[], start: number, rows: number): Matrix {
  const data = new Float64Array(rows * columns.length);
  columns.forEach(({ values }, j) => {
    for (let i = 0; i < rows; i++) data[i * columns.length + j] = values[start + i] as number;
  });
  const levels = columns.map((column) => column.levels);
  const x = { rows, columns: columns.length, data };
  return levels.some((count) => count > 0) ? { ...x, levels } : x;
}
