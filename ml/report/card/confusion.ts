/** Which classes are taken for which. */
export interface Confusion {
  readonly levels: readonly string[];
  /** true class × predicted class, row-major: how many rows. */
  readonly counts: Float64Array;
}

/** Rows of one class that were taken for another one. */
export interface Mistake {
  readonly truth: string;
  readonly taken: string;
  readonly rows: number;
  /** Of all rows of the true class. */
  readonly share: number;
}

export function confusionOf(truth: Float64Array, predicted: Uint32Array, levels: readonly string[]): Confusion {
  const counts = new Float64Array(levels.length ** 2);
  for (const [row, code] of truth.entries()) {
    const at = code * levels.length + (predicted[row] as number);
    counts[at] = (counts[at] as number) + 1;
  }
  return { levels, counts };
}

/** How many rows are of a class, and how many were said to be. */
export function totalsOf(
  { levels, counts }: Confusion,
  code: number,
): { readonly truth: number; readonly predicted: number } {
  let [truth, predicted] = [0, 0];
  for (let other = 0; other < levels.length; other++) {
    truth += counts[code * levels.length + other] as number;
    predicted += counts[other * levels.length + code] as number;
  }
  return { truth, predicted };
}

/** The pairs of classes that are confused most often, the most frequent first. */
export function mistakesOf(confusion: Confusion): Mistake[] {
  const { levels, counts } = confusion;
  return levels
    .flatMap((truth, i) => {
      const all = totalsOf(confusion, i).truth;
      return levels.map((taken, j) => {
        const rows = counts[i * levels.length + j] as number;
        return { truth, taken, rows, share: rows / all };
      });
    })
    .filter(({ truth, taken, rows }) => rows > 0 && truth !== taken)
    .sort((a, b) => b.rows - a.rows);
}
