import { cityHash64 } from '../../../core/city-hash.ts';
import { copyColumn, type Matrix } from '../../../core/matrix.ts';

/** The code of a level; a missing value has that past the last level. */
export const codeOf = (value: number, size: number) => (Number.isNaN(value) ? size : value);

export function codesOf(x: Matrix, column: number, size: number): Int32Array {
  const values = copyColumn(x, column, new Float64Array(x.rows));
  const codes = new Int32Array(x.rows);
  for (let i = 0; i < codes.length; i++) codes[i] = codeOf(values[i]!, size);
  return codes;
}

/** The levels that training has, by first appearance; the most frequent one changes places with the first. */
export function presentLevels(codes: Int32Array, missing: number): Int32Array {
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  const present = Int32Array.from(counts.keys());
  const hash = (code: number) => (code === missing ? Infinity : levelHash(code));
  const commonest = present.reduce((best, code) => {
    const lead = counts.get(code)! - counts.get(best)!;
    return lead > 0 || (lead === 0 && hash(code) < hash(best)) ? code : best;
  });
  present[present.indexOf(commonest)] = present[0]!;
  present[0] = commonest;
  return present;
}

export function binLevels(codes: Int32Array, levels: Int32Array, missing: number): Uint16Array {
  const binOf = new Uint16Array(missing + 1);
  // Past 16 bits a bin only tells that it is not the first.
  levels.forEach((level, bin) => {
    binOf[level] = Math.min(bin, 2 ** 16 - 1);
  });
  return Uint16Array.from(codes, (code) => binOf[code]!);
}

/**
 * By what the reference orders levels that are equally frequent, the lowest first: a hash of their names. Here only their codes
 * are known, so they are named by these; beyond three digits, and where missing, a level is after all others.
 *
 * Source: CatBoost 1.2, `CalcCatFeatureHash`.
 */
export function levelHash(code: number): number {
  const name = String(code);
  if (name.length > 3) return 2 ** 32 + code;
  return Number(cityHash64(name) & 0xffffffffn);
}
