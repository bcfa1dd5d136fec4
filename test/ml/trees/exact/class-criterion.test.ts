import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Matrix } from '../../../../ml/core/matrix.ts';
import { createRandom } from '../../../../ml/core/random.ts';
import { type Ranks, rankColumns } from '../../../../ml/trees/exact/ranks.ts';
import type { ExactRules } from '../../../../ml/trees/exact/rules.ts';
import { free, grown, leaves } from './grown.ts';

interface Sample {
  readonly ranks: Ranks;
  readonly y: Float64Array;
  readonly weights?: Float64Array;
}

function grow({ ranks, y, weights = new Float64Array(y.length).fill(1) }: Sample, rules: Partial<ExactRules>) {
  return grown(ranks, { y, weights }, { criterion: 'gini', ...free, ...rules });
}

interface Row {
  readonly values: readonly [number, number];
  readonly k: number;
  readonly weight: number;
}

/** How mixed rows are, times their weight. */
const mixedness = {
  gini: (shares: readonly number[]) => 1 - shares.reduce((sum, share) => sum + share ** 2, 0),
  entropy: (shares: readonly number[]) =>
    -shares.reduce((sum, share) => sum + (share > 0 ? share * Math.log(share) : 0), 0),
};

function mixed(kind: keyof typeof mixedness, rows: readonly Row[], classes: number): number {
  const total = rows.reduce((sum, { weight }) => sum + weight, 0);
  const shares = Array.from({ length: classes }, (_, own) =>
    rows.reduce((sum, { k, weight }) => sum + (k === own ? weight / total : 0), 0),
  );
  return total * mixedness[kind](shares);
}

const cases = (['gini', 'entropy'] as const).flatMap((kind) => [2, 3, 8].map((classes) => [kind, classes] as const));

describe.each(cases)('%s of %i classes', (criterion, classes) => {
  // The first column has two values, and so another way to be searched; the second has values that are near to each other.
  const row = (weight: fc.Arbitrary<number>) =>
    fc.record({
      values: fc.tuple(fc.integer({ min: 0, max: 1 }), fc.constantFrom(0, 9e-8, 1, 2, 3, 4, 5)),
      k: fc.nat(classes - 1),
      weight,
    });

  test.each([
    ['ones', fc.constant(1)],
    ['whole numbers', fc.integer({ min: 1, max: 4 })],
    ['thirds', fc.integer({ min: 1, max: 9 }).map((third) => third / 3)],
  ])('the first split is the best of all, where weights are %s', (_, weight) => {
    const samples = fc.array(row(weight), { minLength: 3, maxLength: 25 });
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 3 }), (rows, minSamplesLeaf) => {
        const data = Float64Array.from(rows.flatMap(({ values }) => values));
        const { trees } = grow(
          {
            ranks: rankColumns({ rows: rows.length, columns: 2, data }),
            y: Float64Array.from(rows, ({ k }) => k),
            weights: Float64Array.from(rows, ({ weight }) => weight),
          },
          { criterion, classes, maxDepth: 1, minSamplesLeaf },
        );
        const lossOf = (goesLeft: (row: Row) => boolean) => {
          const left = rows.filter(goesLeft);
          const right = rows.filter((row) => !goesLeft(row));
          if (Math.min(left.length, right.length) < minSamplesLeaf) return Infinity;
          return mixed(criterion, left, classes) + mixed(criterion, right, classes);
        };
        let best = Infinity;
        for (const column of [0, 1] as const)
          for (let threshold = 0.5; threshold < 5; threshold++)
            best = Math.min(
              best,
              lossOf(({ values }) => values[column] <= threshold),
            );
        if (leaves(trees) === 1) {
          // None is allowed, or there is nothing to gain.
          expect(best === Infinity || mixed(criterion, rows, classes) < 1e-9).toBe(true);
        } else {
          const [column, threshold] = [trees.feature[0] as 0 | 1, trees.threshold[0] as number];
          expect(lossOf(({ values }) => values[column] <= threshold)).toBeCloseTo(best, 9);
        }
      }),
    );
  });

  const random = createRandom(classes);
  const x: Matrix = { rows: 3000, columns: 3, data: Float64Array.from({ length: 9000 }, () => random.below(40)) };
  const y = Float64Array.from({ length: 3000 }, (_, i) => {
    const known = (x.data[3 * i] as number) + (x.data[3 * i + 1] as number);
    return random.below(4) === 0 ? random.below(classes) : Math.floor((known * classes) / 80);
  });

  test('bins that hold a value each find what every threshold finds', () => {
    const rules = { criterion, classes, minSamplesLeaf: 5, maxDepth: 6 };
    const exact = grow({ ranks: rankColumns(x), y }, rules);
    const binned = grow({ ranks: rankColumns(x, 255), y }, rules);
    expect(leaves(exact.trees)).toBeGreaterThan(20);
    expect(binned.leafOf).toEqual(exact.leafOf);
  });

  test('without limits every leaf is of one class, as far as columns tell', () => {
    const distinct: Matrix = {
      rows: 300,
      columns: 1,
      data: Float64Array.from({ length: 300 }, (_, i) => (i * 7) % 300),
    };
    const { leafOf } = grow({ ranks: rankColumns(distinct), y: y.slice(0, 300) }, { criterion, classes });
    const classOf = new Map<number, number>();
    leafOf.forEach((leaf, i) => {
      if (!classOf.has(leaf)) classOf.set(leaf, y[i] as number);
      expect(y[i]).toBe(classOf.get(leaf));
    });
  });

  test('pruning takes the weakest splits first, and in the end all of them', () => {
    const sizes = [1e-9, 0.0005, 0.002, 0.01, 0.1, 10].map((ccpAlpha) =>
      leaves(grow({ ranks: rankColumns(x), y }, { criterion, classes, ccpAlpha }).trees),
    );
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(sizes[0]).toBeGreaterThan(100);
    expect(sizes.at(-1)).toBe(1);
  });
});

test('of two classes the value of a leaf is the share of the second', () => {
  const x: Matrix = { rows: 6, columns: 1, data: Float64Array.of(0, 0, 0, 1, 1, 1) };
  const y = Float64Array.of(0, 0, 1, 1, 1, 1);
  const weights = Float64Array.of(1, 2, 1, 1, 0, 5);
  const { trees } = grow({ ranks: rankColumns(x), y, weights }, { criterion: 'gini', classes: 2 });
  expect([...trees.threshold].slice(1)).toEqual([0.25, 1]);
});
