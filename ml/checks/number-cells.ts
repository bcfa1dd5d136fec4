import { lowerBound } from '../core/binary-search.ts';

/** As many values of a reference are told apart: quantiles of it where it has more. */
const MOST_EDGES = 1000;

/**
 * A number line cut at values of a reference: each edge is a cell of its own, since many rows may have that very value, and so is
 * what lies between two of them, below the first and above the last. So rows are counted as they stream by, in bounded memory, and
 * distribution functions are known below and at each edge.
 */
export class NumberCells {
  readonly #edges: Float64Array;

  /** @param values finite ones, in any order */
  constructor(values: Float64Array) {
    const sorted = values.toSorted();
    const distinct = distinctOf(sorted);
    this.#edges = distinct.length <= MOST_EDGES ? distinct : distinctOf(quantilesOf(sorted));
  }

  /** How many cells there are. */
  get count(): number {
    return 2 * this.#edges.length + 1;
  }

  /** The cell of a value: an odd one where it is an edge, else an even one. */
  cellOf(value: number): number {
    const at = lowerBound(this.#edges, value);
    return this.#edges[at] === value ? 2 * at + 1 : 2 * at;
  }
}

function distinctOf(sorted: Float64Array): Float64Array {
  return sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
}

/** The smallest and the largest of sorted values, and those at equal shares between. */
function quantilesOf(sorted: Float64Array): Float64Array {
  return Float64Array.from(
    { length: MOST_EDGES },
    (_, i) => sorted[Math.round((i * (sorted.length - 1)) / (MOST_EDGES - 1))] as number,
  );
}

/**
 * The bin of each cell where about so many bins hold equal shares of a reference: quantile bins. A value that has such a share alone is a bin of
 * its own, so that what moves away from it, or to between two of them, is seen.
 *
 * @param reference the sum of weights in each cell
 */
export function quantileBins(reference: Float64Array, bins: number): Uint16Array {
  const total = reference.reduce((sum, count) => sum + count, 0);
  const share = total / bins;
  const binOf = new Uint16Array(reference.length);
  let bin = 0;
  let inBin = 0;
  let seen = 0;
  let isAlone = false;
  reference.forEach((count, cell) => {
    const isHeavy = cell % 2 === 1 && count >= share;
    // What is left beyond the last value of the reference belongs to the bin below it.
    const isFull = inBin >= share && seen < total;
    if (cell > 0 && (isHeavy || isAlone || isFull)) {
      bin += 1;
      inBin = 0;
    }
    binOf[cell] = bin;
    inBin += count;
    seen += count;
    isAlone = isHeavy;
  });
  return binOf;
}

/** The counts of cells added up by bin. */
export function countsByBin(counts: Float64Array, binOf: Uint16Array): Float64Array {
  const sums = new Float64Array((binOf.at(-1) ?? -1) + 1);
  counts.forEach((count, cell) => {
    const bin = binOf[cell] as number;
    sums[bin] = (sums[bin] as number) + count;
  });
  return sums;
}
