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
