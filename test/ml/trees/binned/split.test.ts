import fc from 'fast-check';
import { expect, test } from 'vitest';
import { leafValue } from '../../../../ml/trees/binned/leaf-value.ts';
import { unbounded } from '../../../../ml/trees/binned/monotone.ts';
import { SplitFinder } from '../../../../ml/trees/binned/split.ts';

const BINS = 4;
/** The bin of missing values. */
const MISSING = BINS;

interface Row {
  readonly gradient: number;
  /** Its bin in each of two columns. */
  readonly bins: readonly [number, number];
}

const bin = fc.integer({ min: 0, max: MISSING });
const rows: fc.Arbitrary<Row[]> = fc.array(
  fc.record({ gradient: fc.integer({ min: -20, max: 20 }), bins: fc.tuple(bin, bin) }),
  { minLength: 2, maxLength: 30 },
);
const rules = fc.record({
  alpha: fc.constantFrom(0, 3),
  lambda: fc.constantFrom(0.5, 2),
  minChildWeight: fc.constantFrom(0, 1, 3),
});

function finderOver(rows: readonly Row[], ruled: ConstructorParameters<typeof SplitFinder>[0]): SplitFinder {
  const pairs = new Float64Array(2 * 2 * (BINS + 1));
  for (const { gradient, bins } of rows) {
    bins.forEach((b, column) => {
      const at = 2 * (column * (BINS + 1) + b);
      pairs[at] = (pairs[at] as number) + gradient;
      pairs[at + 1] = (pairs[at + 1] as number) + 1;
    });
  }
  return new SplitFinder(ruled, pairs, Uint32Array.of(0, BINS + 1, 2 * (BINS + 1)), [true, true]);
}

const gradientOf = (rows: readonly Row[]) => rows.reduce((sum, { gradient }) => sum + gradient, 0);

test('it finds the best of all splits, with what is missing on either side', () => {
  fc.assert(
    fc.property(rows, rules, (rows, { alpha, lambda, minChildWeight }) => {
      const score = (of: readonly Row[]) => Math.max(0, Math.abs(gradientOf(of)) - alpha) ** 2 / (of.length + lambda);
      let best = 0;
      for (const column of [0, 1] as const) {
        for (let last = -1; last < BINS; last++) {
          for (const missingLeft of [true, false]) {
            const goesLeft = ({ bins }: Row) => (bins[column] === MISSING ? missingLeft : bins[column] <= last);
            const left = rows.filter(goesLeft);
            const right = rows.filter((row) => !goesLeft(row));
            if (Math.min(left.length, right.length) < Math.max(1, minChildWeight)) continue;
            best = Math.max(best, score(left) + score(right) - score(rows));
          }
        }
      }
      const finder = finderOver(rows, { alpha, lambda, minChildWeight, maxDeltaStep: 0 });
      finder.find(Int32Array.of(0, 1), { gradient: gradientOf(rows), hessian: rows.length }, unbounded);
      expect(finder.gain).toBeCloseTo(best, 3);
      if (finder.gain === 0) return;
      const left = rows.filter(({ bins }) => {
        const b = bins[finder.column] as number;
        return b === MISSING ? finder.missingLeft : b <= finder.lastBin;
      });
      expect([finder.leftGradient, finder.leftHessian]).toEqual([gradientOf(left), left.length]);
    }),
  );
});

test('of equal columns it takes the first, and only columns that it is given', () => {
  const rows: Row[] = [1, 2, 8, 9].map((gradient, i) => ({ gradient, bins: [i % 4, i % 4] }));
  const finder = finderOver(rows, { alpha: 0, lambda: 1, minChildWeight: 1, maxDeltaStep: 0 });
  finder.find(Int32Array.of(0, 1), { gradient: 20, hessian: 4 }, unbounded);
  expect([finder.column, finder.lastBin]).toEqual([0, 1]);
  finder.find(Int32Array.of(1), { gradient: 20, hessian: 4 }, unbounded);
  expect([finder.column, finder.lastBin]).toEqual([1, 1]);
});

test('a gain past float32 is no split', () => {
  const rows: Row[] = [-1e25, 1e25].map((gradient, i) => ({ gradient, bins: [i, 0] }));
  const finder = finderOver(rows, { alpha: 0, lambda: 1, minChildWeight: 1, maxDeltaStep: 0 });
  finder.find(Int32Array.of(0, 1), { gradient: 0, hessian: 2 }, unbounded);
  expect(finder.gain).toBe(0);
});

test('a leaf of less hessian than a child needs is worth nothing', () => {
  expect(leafValue(-10, 4, { alpha: 0, lambda: 1, minChildWeight: 4, maxDeltaStep: 0 })).toBe(2);
  expect(leafValue(10, 4, { alpha: 0, lambda: 1, minChildWeight: 4.5, maxDeltaStep: 0 })).toBe(0);
});

test('a leaf shrinks by L1 towards zero, and by L2 in proportion', () => {
  expect(leafValue(-10, 4, { alpha: 0, lambda: 1, minChildWeight: 1, maxDeltaStep: 0 })).toBe(2);
  expect(leafValue(-10, 4, { alpha: 5, lambda: 1, minChildWeight: 1, maxDeltaStep: 0 })).toBe(1);
  expect(leafValue(-4, 4, { alpha: 5, lambda: 1, minChildWeight: 1, maxDeltaStep: 0 })).toBe(0);
});

test('a leaf is limited to the largest step, either way', () => {
  const limited = { alpha: 0, lambda: 1, minChildWeight: 1, maxDeltaStep: 0.5 };
  expect([-10, 10, -2].map((gradient) => leafValue(gradient, 4, limited))).toEqual([0.5, -0.5, Math.fround(0.4)]);
});
