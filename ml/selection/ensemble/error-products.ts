// Sums of products of errors: with them, the squared error of any combination of candidates costs a few multiplications,
// however many rows there are.

import { meanOf, unitOf } from '../../core/moments.ts';
import type { Predictions } from '../../core/predictions.ts';
import type { Evidence, FoldEvidence } from './evidence.ts';

/**
 * Sums over rows, each by its weight, of the products of every two of: 1, the candidates' errors, and the target less
 * `origin`. In units of `1 / unit`.
 */
export interface ErrorProducts {
  /** (candidates + 2)², symmetric, row-major. */
  readonly sums: Float64Array;
  /** candidates + 2. */
  readonly size: number;
}

/** How numbers are brought near 1, so that their squares neither overflow nor vanish, and an offset costs no digits. */
export interface Scale {
  readonly origin: number;
  /** A power of two. */
  readonly unit: number;
}

/** Rows whose columns lie in the processor's cache. */
const BLOCK = 256;

/** The sums of each fold, made once where they are asked for. */
export class FoldProducts {
  readonly scale: Scale;
  readonly #evidence: Evidence;
  readonly #known = new Map<number, ErrorProducts>();

  /** @param evidence whose candidates have one output */
  constructor(evidence: Evidence) {
    this.#evidence = evidence;
    this.scale = scaleOf(evidence);
  }

  of(fold: number): ErrorProducts {
    const products = this.#known.get(fold) ?? errorProducts(this.#evidence, fold, this.scale);
    this.#known.set(fold, products);
    return products;
  }
}

/** One scale for all folds, so that their sums can be added. */
function scaleOf({ folds }: Evidence): Scale {
  const origin = meanOf(Float64Array.from(folds, ({ truth }) => meanOf(truth)));
  let spread = 0;
  for (const { truth } of folds) for (const y of truth) spread = Math.max(spread, Math.abs(y - origin));
  return { origin, unit: unitOf(spread) };
}

function errorProducts({ folds, candidates }: Evidence, fold: number, { origin, unit }: Scale): ErrorProducts {
  const { truth, weights } = folds[fold] as FoldEvidence;
  const own = candidates.map(({ predictions }) => (predictions[fold] as Predictions).values);
  const size = candidates.length + 2;
  const sums = new Float64Array(size * size);
  const columns = Array.from({ length: size }, () => new Float64Array(BLOCK));
  const [ones, target] = [columns[0] as Float64Array, columns[size - 1] as Float64Array];
  for (let start = 0; start < truth.length; start += BLOCK) {
    const rows = Math.min(BLOCK, truth.length - start);
    // What is left of the block before counts nothing.
    if (rows < BLOCK) for (const column of columns) column.fill(0);
    for (let i = 0; i < rows; i++) {
      const root = weights ? Math.sqrt(weights[start + i] as number) : 1;
      ones[i] = root;
      target[i] = root * (((truth[start + i] as number) - origin) * unit);
    }
    own.forEach((values, j) => {
      const errors = columns[j + 1] as Float64Array;
      for (let i = 0; i < rows; i++)
        errors[i] = (ones[i] as number) * (((values[start + i] as number) - (truth[start + i] as number)) * unit);
    });
    addProducts(sums, columns);
  }
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) sums[i * size + j] = sums[j * size + i] as number;
  return { sums, size };
}

/** The sums of several folds together. */
export function addUp(products: readonly ErrorProducts[]): ErrorProducts {
  const { size } = products[0] as ErrorProducts;
  const sums = new Float64Array(size * size);
  for (const { sums: more } of products)
    for (let at = 0; at < sums.length; at++) sums[at] = (sums[at] as number) + (more[at] as number);
  return { sums, size };
}

/** Four sums at a time, since each alone would wait for its own addition. */
function addProducts(sums: Float64Array, columns: readonly Float64Array[]): void {
  const size = columns.length;
  for (let a = 0; a < size; a++) {
    const left = columns[a] as Float64Array;
    for (let b = a; b < size; b++) {
      const right = columns[b] as Float64Array;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let i = 0; i < BLOCK; i += 4) {
        s0 += (left[i] as number) * (right[i] as number);
        s1 += (left[i + 1] as number) * (right[i + 1] as number);
        s2 += (left[i + 2] as number) * (right[i + 2] as number);
        s3 += (left[i + 3] as number) * (right[i + 3] as number);
      }
      sums[a * size + b] = (sums[a * size + b] as number) + (s0 + s1 + (s2 + s3));
    }
  }
}
