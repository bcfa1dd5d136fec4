import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdOut } from '../../../ml/core/hold-out.ts';
import { createRandom } from '../../../ml/core/random.ts';
import { makeFolds } from '../../../ml/data/folds.ts';

/** Rows of some classes, in random order, as many of each as the sizes say. */
const classRows = fc
  .record({
    sizes: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 12 }),
    seed: fc.nat({ max: 1e6 }),
  })
  .map(({ sizes, seed }) => {
    const codes = sizes.flatMap((size, code) => new Array<number>(size).fill(code));
    const random = createRandom(seed);
    for (let i = codes.length - 1; i > 0; i--) {
      const j = random.below(i + 1);
      [codes[i], codes[j]] = [codes[j] as number, codes[i] as number];
    }
    return { sizes, strata: Float64Array.from(codes), seed };
  });

const countOf = (rows: Uint32Array, strata: Float64Array, code: number) =>
  rows.filter((row) => strata[row] === code).length;

test('of each class its share is held out, and one row at least is learned from', () => {
  fc.assert(
    fc.property(classRows, fc.double({ min: 0, max: 0.6, noNaN: true }), ({ sizes, strata, seed }, share) => {
      const count = Math.ceil(share * strata.length);
      const { learned, held } = holdOut(strata.length, count, createRandom(seed), { strata });
      expect([...learned, ...held].sort((a, b) => a - b)).toEqual([...strata.keys()]);
      for (const side of [learned, held]) expect(side).toEqual(side.toSorted());
      const most = sizes.reduce((sum, size) => sum + size - 1, 0);
      expect(held).toHaveLength(Math.min(count, most));
      sizes.forEach((size, code) => {
        const own = countOf(held, strata, code);
        expect(own).toBeLessThan(size);
        // Where a class has too few rows, others make up for it.
        const shareOf = (rows: number) => (count * rows) / strata.length;
        if (sizes.every((each) => Math.ceil(shareOf(each)) < each))
          expect(Math.abs(own - shareOf(size))).toBeLessThan(1);
      });
    }),
  );
});

test('each fold holds as many rows of each class as the others, but for one', () => {
  fc.assert(
    fc.property(classRows, fc.integer({ min: 2, max: 6 }), ({ sizes, strata, seed }, k) => {
      const folds = makeFolds(strata.length, k, seed, { strata });
      const held = folds.map((fold) => fold.held);
      expect(held.flatMap((rows) => [...rows]).sort((a, b) => a - b)).toEqual([...strata.keys()]);
      const spread = (counts: readonly number[]) => Math.max(...counts) - Math.min(...counts);
      expect(spread(held.map(({ length }) => length))).toBeLessThanOrEqual(1);
      sizes.forEach((size, code) => {
        const counts = held.map((rows) => countOf(rows, strata, code));
        if (folds.length === k) expect(spread(counts)).toBeLessThanOrEqual(1);
        if (size >= folds.length) expect(Math.min(...counts)).toBeGreaterThan(0);
      });
    }),
  );
});

test('another seed gives other folds of the same shares', () => {
  const strata = Float64Array.from({ length: 100 }, (_, row) => Number(row % 10 === 0));
  const folds = (seed: number) => makeFolds(100, 5, seed, { strata });
  expect(folds(1)).toEqual(folds(1));
  expect(folds(1)).not.toEqual(folds(2));
  for (const { held } of folds(2)) expect(countOf(held, strata, 1)).toBe(2);
});

test('rows that are all of one class are split like rows without one', () => {
  const strata = new Float64Array(52);
  expect(makeFolds(52, 5, 42, { strata })).toEqual(makeFolds(52, 5, 42));
  expect(holdOut(52, 11, createRandom(1), { strata })).toEqual(holdOut(52, 11, createRandom(1)));
  const groups = Float64Array.from(strata.keys(), (row) => row % 9);
  expect(makeFolds(52, 5, 42, { strata, groups })).toEqual(makeFolds(52, 5, 42, { groups }));
  expect(holdOut(52, 11, createRandom(1), { strata, groups })).toEqual(holdOut(52, 11, createRandom(1), { groups }));
});

test('of groups of one class each, every fold holds some of each class, and so do the rows that are held out', () => {
  // 60 groups of 4 rows; a tenth of them are of the rare class.
  const rows = 240;
  const groups = Float64Array.from({ length: rows }, (_, row) => Math.floor(row / 4));
  const strata = groups.map((group) => Number(group % 10 === 0));
  for (const seed of [1, 2, 3, 4, 5]) {
    for (const { held, learned } of makeFolds(rows, 3, seed, { groups, strata })) {
      expect(countOf(held, strata, 1)).toBe(8);
      expect(held).toHaveLength(80);
      expect(
        new Set(Array.from(held, (row) => groups[row])).isDisjointFrom(
          new Set(Array.from(learned, (row) => groups[row])),
        ),
      ).toBe(true);
    }
    const { held } = holdOut(rows, 80, createRandom(seed), { groups, strata });
    expect(countOf(held, strata, 1)).toBe(8);
    expect(Math.abs(held.length - 80)).toBeLessThanOrEqual(4);
  }
});

test('times win over classes', () => {
  const times = Float64Array.from({ length: 40 }, (_, row) => row);
  const strata = times.map((time) => Number(time >= 30));
  expect(holdOut(40, 10, createRandom(1), { times, strata })).toEqual(holdOut(40, 10, createRandom(1), { times }));
  expect(makeFolds(40, 4, 1, { times, strata })).toEqual(makeFolds(40, 4, 1, { times }));
});
