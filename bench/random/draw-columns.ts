import type { Random } from '../../ml/core/random.ts';
import { chance, magnitude, oneOf, powerOfTen, short, shortNormal } from './streams.ts';

/** A column of all rows, those to learn from and those to predict. */
export interface Column {
  readonly values: Float64Array;
  /** What the targets are made of: the values before they were scaled, moved and lost. */
  readonly plain: Float64Array;
  /** How many levels a category has; 0 for a number. */
  readonly levels: number;
}

/** How a column's values come about. */
const kinds = {
  normal: (random: Random) => () => shortNormal(random),
  uniform: (random: Random) => () => short(random.uniform()),
  whole: (random: Random) => {
    const count = oneOf(random, [2, 3, 5, 10, 30]);
    return () => random.below(count);
  },
  rare: (random: Random) => {
    const share = oneOf(random, [0.03, 0.2]);
    return () => Number(chance(random, share));
  },
  skewed: (random: Random) => () => short(Math.exp(2 * shortNormal(random))),
  constant: (random: Random) => {
    const value = oneOf(random, [0, 1, 3.7]);
    return () => value;
  },
  /** Neighbours as float32, or nearer than what trees tell apart. */
  close: (random: Random) => {
    const { start, step } = oneOf(random, [
      { start: 1, step: 1e-7 },
      { start: 1, step: 3e-8 },
      { start: 0, step: 6e-8 },
      { start: 2 ** 24, step: 1 },
    ]);
    return () => start + step * random.below(8);
  },
} as const;
const kindNames = Object.keys(kinds) as [keyof typeof kinds];
const often = ['normal', 'normal', 'uniform', 'whole', 'whole'] as const;

/** Columns that are each new, or much like an earlier one. */
export function drawNumbers(random: Random, rows: number, count: number): Column[] {
  const columns: Column[] = [];
  const isAwkward = chance(random, 0.5);
  while (columns.length < count) {
    const earlier = columns[random.below(Math.max(1, columns.length))];
    if (earlier && chance(random, isAwkward ? 0.25 : 0.05)) columns.push(alike(random, earlier));
    else columns.push(newColumn(random, rows, isAwkward));
  }
  return columns;
}

function newColumn(random: Random, rows: number, isAwkward: boolean): Column {
  const kind = isAwkward && chance(random, 0.5) ? oneOf(random, kindNames) : oneOf(random, often);
  const next = kinds[kind](random);
  const plain = Float64Array.from({ length: rows }, next);
  const values = isAwkward && chance(random, 0.4) ? moved(random, plain) : plain.slice();
  return { values, plain, levels: 0 };
}

/** The values in another unit, or far from 0. */
function moved(random: Random, values: Float64Array): Float64Array {
  const scale = powerOfTen(random.below(17) - 8);
  const extreme = chance(random, 0.06) ? powerOfTen(oneOf(random, [-160, -100, -30, 30, 100])) : 1;
  const offset = chance(random, 0.4) ? scale * powerOfTen(random.below(9)) : 0;
  return values.map((value) => short((value * scale + offset) * extreme, 14));
}

/** The same column again, its mirror, or nearly the same. */
function alike(random: Random, { values, plain }: Column): Column {
  const difference = oneOf(random, [0, 0, 1e-3, 1e-5, 3e-6, 1e-7, 1e-9, 1e-12]);
  const sign = oneOf(random, [1, 1, -1]);
  const spread = Math.max(...values.map(Math.abs)) || 1;
  const copy = values.map((value) => sign * (value + difference * spread * (random.below(17) - 8)));
  return { values: copy, plain, levels: 0 };
}

/** A category as codes; some levels are rare. */
export function drawCategory(random: Random, rows: number): Column {
  const levels = oneOf(random, [1, 2, 2, 3, 3, 5, 10, 40]);
  const power = 1 + random.below(3);
  const values = Float64Array.from({ length: rows }, () => Math.floor(levels * random.uniform() ** power));
  const effects = Float64Array.from({ length: levels }, () => shortNormal(random));
  return { values, plain: values.map((code) => effects[code] as number), levels };
}

/** A category as a column a level, which are 0 or 1. */
export function drawOneHot(random: Random, rows: number): Column[] {
  const levels = 2 + magnitude(random, 1, 8);
  const codes = Float64Array.from({ length: rows }, () => random.below(levels));
  return Array.from({ length: levels }, (_, level) => {
    const values = codes.map((code) => Number(code === level));
    return { values, plain: values, levels: 0 };
  });
}
