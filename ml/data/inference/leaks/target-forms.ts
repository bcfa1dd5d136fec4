// Whether a column is the target in another form: what is exact in every row, and too much for chance.

import type { SampleValues } from '../sample-values.ts';
import { isSameQuantity } from './same-quantity.ts';

/** What a row says of both. */
export type Pairs = readonly (readonly [column: number, target: number])[];

/** The target in another form, or a part of what it says. */
export interface TargetForm {
  /** It says all of the target, or all but its finer differences. */
  readonly isCopy: boolean;
  readonly reason: string;
  /** Of a column of two values, the class of the target that alone has one of them. */
  readonly indicates?: number | undefined;
}

/** A few values are in the same order by chance. */
const FEWEST_VALUES = 20;
/** What so few columns in a row would show by chance is no chance. */
const CHANCE = Math.log(1e-12);
/** Above or below a number is only a part of what the target says; so many ranges are most of it. */
const FEWEST_RANGES = 3;
/** Most columns are no form of the target, as so many rows show. */
const FIRST_ROWS = 200;

/**
 * How a column is the target in another form; undefined where it is not.
 *
 * @param both rows in the order of the file
 */
export function targetFormOf(both: Pairs, column: SampleValues, target: SampleValues): TargetForm | undefined {
  if (target.texts !== undefined) return classForm(both, column);
  return column.texts === undefined ? numberForm(both) : rangeForm(both);
}

/** Of a target and a column of numbers. */
function numberForm(both: Pairs): TargetForm | undefined {
  if (valuesIn(both, 1) >= FEWEST_VALUES && both.every(([value, target]) => value === target))
    return copyOfIt('it is a copy of the target');
  if (valuesIn(both, 0) < FEWEST_VALUES) return rangeForm(both);
  if (!isInOrder(both)) return undefined;
  const reason = isOneToOne(both)
    ? 'it is the target in another unit or scale: the same order in every row'
    : 'it is the target with more or fewer digits, or in another unit: the same order in every row';
  if (valuesIn(both, 1) < FEWEST_VALUES && isChance(both, 1)) return undefined;
  return { isCopy: isSameQuantity(both) && !grows(both), reason };
}

/** Of a target of numbers and a column of few values: each stands for a range of numbers that no other reaches into. */
function rangeForm(both: Pairs): TargetForm | undefined {
  const code = codeForm(both);
  if (code) return code;
  const ranges = countRanges(both, 1);
  if (ranges === undefined || isChance(both, 0)) return undefined;
  return ranges < FEWEST_RANGES
    ? { isCopy: false, reason: 'it says exactly whether the target is above a certain number' }
    : {
        isCopy: areCut(both) && !grows(both),
        reason: `it is the target in classes: each of its ${ranges} values stands for a range of the target`,
      };
}

/** Of a target of classes. */
function classForm(both: Pairs, column: SampleValues): TargetForm | undefined {
  const code = codeForm(both);
  if (code) return code;
  if (isChance(both, 1)) return undefined;
  if (column.texts === undefined && countRanges(both, 0) !== undefined)
    return { isCopy: false, reason: 'each class of the target is a range of its numbers' };
  return followingForm(both);
}

/** Each value goes with one of the target, and the other way round. */
function codeForm(both: Pairs): TargetForm | undefined {
  const areRepeated = valuesIn(both, 0) <= both.length / 2;
  return areRepeated && isOneToOne(both) && !isChance(both, 0)
    ? copyOfIt('it is a code of the target: each of its values stands for one of the target')
    : undefined;
}

/** A column that each class has one value of. */
function followingForm(both: Pairs): TargetForm | undefined {
  const valueByClass = valuesByOther(both, 1);
  const values = [...new Set(valueByClass?.values())];
  if (!valueByClass || values.length < 2 || isChance(both, 0)) return undefined;
  const classes = values.map((value) =>
    [...valueByClass].flatMap(([target, each]) => (each === value ? [target] : [])),
  );
  const single = values.length === 2 && valueByClass.size > 2 ? classes.find(({ length }) => length === 1) : undefined;
  return {
    isCopy: false,
    reason: single
      ? 'it says exactly whether the target is one of its classes'
      : 'it follows from the target: each class has one of its values',
    indicates: single?.[0],
  };
}

const copyOfIt = (reason: string): TargetForm => ({ isCopy: true, reason });

const valuesIn = (both: Pairs, side: 0 | 1): number => new Set(both.map((pair) => pair[side])).size;

/** The value of one side that goes with each of the other, by the other's; undefined where several do. */
function valuesByOther(both: Pairs, by: 0 | 1): Map<number, number> | undefined {
  const values = new Map<number, number>();
  for (const pair of both) {
    const value = pair[1 - by] as number;
    if ((values.get(pair[by]) ?? value) !== value) return undefined;
    values.set(pair[by], value);
  }
  return values;
}

const isOneToOne = (both: Pairs): boolean =>
  valuesByOther(both, 0) !== undefined && valuesByOther(both, 1) !== undefined;

/** Whether of any two rows the one with the larger value has no smaller target, or none has a larger one. */
function isInOrder(both: Pairs): boolean {
  const areSorted = (pairs: Pairs, sign: 1 | -1) => {
    const sorted = pairs.toSorted((a, b) => a[0] - b[0] || sign * (a[1] - b[1]));
    return sorted.every(([, target], i) => i === 0 || sign * (target - (sorted[i - 1]?.[1] as number)) >= 0);
  };
  return ([1, -1] as const).some((sign) => areSorted(both.slice(0, FIRST_ROWS), sign) && areSorted(both, sign));
}

/** What only grows, or only falls, from row to row is in one order with all else that does. */
const grows = (both: Pairs): boolean => isInOrder(both.map(([, target], i) => [i, target]));

/**
 * How many ranges the numbers of one side fall into by the values of the other; undefined where two values share a range.
 *
 * @param side that of the numbers
 */
function countRanges(both: Pairs, side: 0 | 1): number | undefined {
  const rangesIn = (pairs: Pairs) => {
    const sorted = pairs.toSorted((a, b) => a[side] - b[side]);
    const seen = new Set<number>();
    for (let i = 0; i < sorted.length; i++) {
      const [pair, before] = [sorted[i], sorted[i - 1]];
      const value = pair?.[1 - side] as number;
      if (before?.[1 - side] === value) continue;
      if (seen.has(value) || before?.[side] === pair?.[side]) return undefined;
      seen.add(value);
    }
    return seen.size;
  };
  const ranges = rangesIn(both.slice(0, FIRST_ROWS)) === undefined ? undefined : rangesIn(both);
  return ranges === 1 ? undefined : ranges;
}

/**
 * Whether the ranges of targets that values stand for are cut out of one: where a range ends the next one begins, no further away than
 * targets are from each other elsewhere. Values that targets follow from leave gaps, being clusters.
 */
function areCut(both: Pairs): boolean {
  const sorted = both.toSorted((a, b) => a[1] - b[1]);
  const steps = sorted.slice(1).map(([value, target], i) => ({
    size: target - (sorted[i]?.[1] as number),
    isCut: value !== sorted[i]?.[0],
  }));
  const between = steps.filter(({ size, isCut }) => size > 0 && !isCut).map(({ size }) => size);
  const usual = between.sort((a, b) => a - b)[Math.floor(0.9 * between.length)] ?? 0;
  const cuts = steps.filter(({ isCut }) => isCut);
  return cuts.filter(({ size }) => size <= usual).length > cuts.length / 2;
}

/** Whether the values of one side, dealt out at random, may well stand in blocks: k! ∏ nᵢ! of n! orders do. */
function isChance(both: Pairs, side: 0 | 1): boolean {
  const counts = new Map<number, number>();
  for (const pair of both) counts.set(pair[side], (counts.get(pair[side]) ?? 0) + 1);
  const blocks = [...counts.values()].reduce((sum, count) => sum + logFactorial(count), logFactorial(counts.size));
  return blocks - logFactorial(both.length) > CHANCE;
}

function logFactorial(n: number): number {
  let sum = 0;
  for (let i = 2; i <= n; i++) sum += Math.log(i);
  return sum;
}
