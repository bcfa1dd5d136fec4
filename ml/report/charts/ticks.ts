// Round numbers for an axis. They are made from their digits, so that 0.3 is 0.3, from 1e-300 to 1e308.

export type Domain = readonly [from: number, to: number];

/** The step between ticks, 1, 2 or 5 × 10ⁿ, so that there are at most so many steps in a domain. */
interface Step {
  readonly digit: number;
  readonly power: number;
  readonly size: number;
}

const SMALLEST = 1e-300;
/** A step is no smaller than this share of the numbers that it lies between, or multiples of it could not be told apart. */
const FINEST = 1e-15;

function stepOf([from, to]: Domain, most: number): Step {
  // Each end by itself, since the difference of two numbers may be more than a number holds.
  const least = Math.max(to / most - from / most, FINEST * Math.max(Math.abs(from), Math.abs(to)), SMALLEST);
  const power = Math.floor(Math.log10(least));
  const digits = least / 10 ** power;
  const digit = [1, 2, 5].find((each) => each >= digits * (1 - 1e-9));
  const step = digit === undefined ? { digit: 1, power: power + 1 } : { digit, power };
  return { ...step, size: multiple(1, step) };
}

const multiple = (times: number, { digit, power }: Pick<Step, 'digit' | 'power'>) =>
  // Zero is added for the zero that is negative.
  Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, Number(`${times * digit}e${power}`))) + 0;

/** The round numbers in a domain, ascending: at most one more than `most`. */
export function linearTicks(domain: Domain, most: number): number[] {
  const step = stepOf(domain, most);
  const first = Math.ceil(domain[0] / step.size - 1e-9);
  const last = Math.floor(domain[1] / step.size + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => multiple(first + i, step));
}

/** Round numbers from below a domain to above it, a step apart: at most two more than `most`. */
export function roundEdges(domain: Domain, most: number): number[] {
  const step = stepOf(domain, most);
  const first = Math.floor(domain[0] / step.size + 1e-9);
  const last = Math.max(first + 1, Math.ceil(domain[1] / step.size - 1e-9));
  return Array.from({ length: last - first + 1 }, (_, i) => multiple(first + i, step));
}

/** A domain from one round number to another. */
export function roundedOut(domain: Domain, most: number): Domain {
  const edges = roundEdges(domain, most);
  return [edges[0] as number, edges.at(-1) as number];
}

/** Powers of ten in a domain above 0, with their doubles and fives where there are few; round numbers where there are none. */
export function logTicks([from, to]: Domain, most: number): number[] {
  const powers = { first: Math.ceil(Math.log10(from) - 1e-9), last: Math.floor(Math.log10(to) + 1e-9) };
  const decades = powers.last - powers.first + 1;
  const digits = decades * 3 <= most ? [1, 2, 5] : [1];
  const stride = Math.max(1, Math.ceil(decades / most));
  const ticks: number[] = [];
  for (let power = powers.first - 1; power <= powers.last; power++) {
    if (digits.length === 1 && (power - powers.first) % stride !== 0) continue;
    ticks.push(...digits.map((digit) => Number(`${digit}e${power}`)).filter((tick) => tick >= from && tick <= to));
  }
  return ticks.length < 2 ? linearTicks([from, to], most) : ticks;
}
