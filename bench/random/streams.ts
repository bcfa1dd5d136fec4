import { createRandom, type Random } from '../../ml/core/random.ts';
import { normal } from '../../test/reference/data.ts';

/** A stream of random numbers that hangs on these words alone: what is drawn from one moves no other. */
export function streamOf(...words: readonly (string | number)[]): Random {
  // FNV-1a.
  let hash = 0x811c9dc5;
  for (const character of words.join('/')) hash = Math.imul(hash ^ (character.codePointAt(0) as number), 0x01000193);
  return createRandom(hash);
}

export const chance = (random: Random, share: number): boolean => random.uniform() < share;

export function oneOf<T>(random: Random, values: readonly [T, ...T[]]): T {
  return values[random.below(values.length)] as T;
}

/** A whole number from `min` to `max`, each order of magnitude alike. */
export function magnitude(random: Random, min: number, max: number): number {
  return Math.min(max, Math.floor(min * ((max + 1) / min) ** random.uniform()));
}

/**
 * A number with few digits: short to read, and the same on every machine, though their functions may differ in the last
 * digit.
 */
export const short = (value: number, digits = 4): number => Number(value.toPrecision(digits));

export const shortNormal = (random: Random): number => short(normal(random));

/** Ten to a whole power, to the last digit. */
export const powerOfTen = (exponent: number): number => Number(`1e${exponent}`);
