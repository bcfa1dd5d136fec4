// Whether two columns of numbers are one quantity: by more than by their order, which a column has too that the target hardly differs from.

import { type Numbers, numbersOf } from './exact-numbers.ts';

type Pairs = readonly (readonly [column: number, target: number])[];

/** Powers of ten, between units and thousands of them, and shares and percentages. */
const SCALES = [1, 10, 100, 1000, 1e6, 0.1, 0.01, 0.001, 1e-6];
const logarithms = [Math.log, Math.log10, Math.log2, Math.log1p];
/** Forms that somebody may have brought a quantity into, beside another unit. */
const forms = [
  (value: number) => value,
  ...logarithms,
  Math.sqrt,
  Math.exp,
  (value: number) => value ** 2,
  (value: number) => value ** 3,
  (value: number) => 1 / value,
];
/** In another unit that nobody knows, only what was written with so many digits is no accident. */
const FINE = 1e-3;

/** Whether one column is the other, rounded, in another unit, or as a power or a logarithm. */
export function isSameQuantity(both: Pairs): boolean {
  const [column, target] = [0, 1].map((side) => numbersOf(Float64Array.from(both, (pair) => pair[side] as number)));
  return [
    [column, target],
    [target, column],
  ].some(([one, other]) => isRounded(one as Numbers, other as Numbers) || isInForm(one as Numbers, other as Numbers));
}

/** Whether a column is another one with fewer digits, or its logarithm with some. */
function isRounded({ values, digit, spread }: Numbers, other: Numbers): boolean {
  const most = (digit > 0 ? digit : FINE * spread) * (1 + 1e-6);
  const isNear = (form: (value: number) => number) =>
    values.every((value, row) => Math.abs(value - form(other.values[row] as number)) <= most);
  return SCALES.some((scale) => isNear((value) => scale * value)) || logarithms.some(isNear);
}

/** Whether a column is another one in a form, as often as somebody likes, and more or less. */
function isInForm({ values, digit, spread }: Numbers, other: Numbers): boolean {
  if (digit > FINE * spread) return false;
  return forms.some((form) => {
    const formed = numbersOf(other.values.map(form));
    if (!(formed.spread > 0 && Number.isFinite(formed.spread))) return false;
    const slope = slopeOf(formed.values, values);
    const lost = digit + 1e-9 * spread;
    const rest = values.map((value, row) => value - slope * (formed.values[row] as number));
    return rest.every((value) => Math.abs(value - (rest[0] as number)) <= 2 * lost);
  });
}

/** Of a line through the points with the smallest and the largest of the values. */
function slopeOf(x: Float64Array, y: Float64Array): number {
  const extreme = (isMore: (a: number, b: number) => boolean) =>
    x.reduce((best, value, row) => (isMore(value, x[best] as number) ? row : best), 0);
  const [first, last] = [extreme((a, b) => a < b), extreme((a, b) => a > b)];
  return ((y[last] as number) - (y[first] as number)) / ((x[last] as number) - (x[first] as number));
}
