import type { Random } from '../../ml/core/random.ts';
import type { Column } from './draw-columns.ts';
import { chance, oneOf, powerOfTen, short, shortNormal } from './streams.ts';

/** Targets that hang on the columns, or on nothing; `positive` ones have none below 0, and some at 0. */
export function drawTargets(random: Random, columns: readonly Column[], rows: number, positive: boolean): Float64Array {
  const noise = oneOf(random, [0, 0.01, 0.3, 1]);
  const weights = columns.map(() => (chance(random, 0.6) ? shortNormal(random) : 0));
  const [first, second] = [random.below(columns.length || 1), random.below(columns.length || 1)];
  const y = Float64Array.from({ length: rows }, (_, i) => {
    const at = (j: number) => columns[j]?.plain[i] ?? 0;
    const linear = weights.reduce((sum, weight, j) => sum + weight * at(j), 0);
    return linear + Number(at(first) > 0.5) * at(second) + noise * shortNormal(random);
  });
  const shaped = positive ? y.map((value) => (chance(random, 0.2) ? 0 : Math.abs(value))) : y;
  return inUnits(random, shapes[oneOf(random, usual)](random, shaped));
}

const shapes = {
  'as it is': (_: Random, y: Float64Array) => y.map((value) => short(value)),
  few: (_: Random, y: Float64Array) => y.map((value) => Math.round(value)),
  rare: (random: Random, y: Float64Array) =>
    chance(random, 0.3)
      ? y.fill(oneOf(random, [0, 3.5, 1e6]))
      : y.map((value) => (chance(random, 0.8) ? 0 : short(value, 2))),
};

function inUnits(random: Random, y: Float64Array): Float64Array {
  if (!chance(random, 0.35)) return y;
  const scale = powerOfTen(random.below(13) - 6);
  const extreme = chance(random, 0.05) ? powerOfTen(oneOf(random, [-100, -30, 30, 100])) : 1;
  const offset = chance(random, 0.5) ? scale * powerOfTen(random.below(8)) : 0;
  return y.map((value) => short((value * scale + offset) * extreme, 13));
}

const usual: readonly [keyof typeof shapes, ...(keyof typeof shapes)[]] = [
  'as it is',
  'as it is',
  'as it is',
  'few',
  'rare',
];

/** Targets as classes. */
export interface ClassTargets {
  /** The number of a class for each row, from 0. */
  readonly y: Float64Array;
  /** How many there are. */
  readonly classes: number;
}

/**
 * Targets cut into classes; some of them are rare, and each has a row to learn from that counts.
 *
 * @param rows how many are to learn from: the first, of which two count at least
 * @param most how many classes there may be
 */
export function drawClasses(
  random: Random,
  y: Float64Array,
  { rows, weights, most }: { rows: number; weights: Float64Array | undefined; most: number },
): ClassTargets {
  const counting = [...y.keys()].slice(0, rows).filter((i) => weights?.[i] !== 0);
  const values = counting.map((i) => y[i] as number);
  const wanted = Math.min(most, oneOf(random, [2, 2, 2, 3, 4, 6, 10]));
  const cuts = Array.from({ length: wanted - 1 }, () => values[random.below(values.length)] as number);
  const places = y.map((value) => cuts.filter((cut) => value > cut).length);
  // Where nothing differs, or the cut is above all, rows are in turns of one class and the other.
  const all = new Set(counting.map((i) => places[i])).size > 1 ? places : places.map((_, i) => counting.indexOf(i) & 1);
  const known = [...new Set(counting.map((i) => all[i] as number))].sort((a, b) => a - b);
  // Others have the class below them.
  return {
    y: all.map((place) =>
      Math.max(
        0,
        known.findLastIndex((one) => one <= place),
      ),
    ),
    classes: known.length,
  };
}
