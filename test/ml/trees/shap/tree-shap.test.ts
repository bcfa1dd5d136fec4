import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CoveredTrees } from '../../../../ml/trees/shap/tree-paths.ts';
import { TreeShap } from '../../../../ml/trees/shap/tree-shap.ts';
import { sumTrees } from '../../../../ml/trees/sum-trees.ts';
import { TreeBuilder } from '../../../../ml/trees/trees.ts';
import { bruteForce } from './brute-force.ts';
import { randomRows, randomTrees } from './random-trees.ts';

const own = (columns: number) => Int32Array.from({ length: columns }, (_, j) => j);

function explain(trees: CoveredTrees, rows: readonly Float32Array[], options: Partial<{ threads: number }> = {}) {
  const columns = rows[0]?.length ?? 0;
  const shap = new TreeShap(trees, { columns });
  const write = (row: number, into: Float32Array) => into.set(rows[row] as Float32Array);
  return { shap, values: shap.explain(rows.length, write, options.threads) };
}

function predict(trees: CoveredTrees, row: Float32Array): number {
  return sumTrees(trees, { rows: 1, columns: row.length, data: Float64Array.from(row) }, 0)[0] as number;
}

function expectNear(actual: ArrayLike<number>, expected: Float64Array): void {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, j) => {
    expect(actual[j], `player ${j}`).toBeCloseTo(value, 10);
  });
}

test('they are the Shapley values over all subsets, where columns come twice on a path and some nodes have no rows', () => {
  fc.assert(
    fc.property(
      fc.nat(1e6),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 14 }),
      (seed, columns, splits) => {
        const trees = randomTrees(2, { columns, splits }, seed);
        const rows = randomRows(3, columns, seed + 1);
        const { shap, values } = explain(trees, rows);
        rows.forEach((row, i) => {
          const ofRow = values.subarray(i * columns, (i + 1) * columns);
          expectNear(ofRow, bruteForce(trees, row, own(columns)));
          expect(shap.base + ofRow.reduce((sum, value) => sum + value, 0)).toBeCloseTo(predict(trees, row), 10);
        });
      },
    ),
    { numRuns: 150 },
  );
});

test('so they are of long paths, of more columns than four points know', () => {
  fc.assert(
    fc.property(fc.nat(1e6), fc.integer({ min: 9, max: 13 }), (seed, columns) => {
      const trees = randomTrees(1, { columns, splits: 40, isChain: true }, seed);
      const [row] = randomRows(1, columns, seed + 1) as [Float32Array];
      expectNear(explain(trees, [row]).values, bruteForce(trees, row, own(columns)));
    }),
    { numRuns: 15 },
  );
});

test('columns of one player count as one', () => {
  const playerOf = Int32Array.of(0, 1, 0, 2, 1, 2);
  for (let seed = 0; seed < 20; seed++) {
    const trees = randomTrees(2, { columns: 6, splits: 12 }, seed);
    const [row] = randomRows(1, 6, seed + 100) as [Float32Array];
    const shap = new TreeShap(trees, { columns: 6, players: playerOf, playerCount: 3 });
    expectNear(
      shap.explain(1, (_, into) => into.set(row)),
      bruteForce(trees, row, playerOf),
    );
  }
});

test('a path of a thousand splits of as many columns still sums to the prediction', () => {
  const trees = randomTrees(1, { columns: 1000, splits: 1500, isChain: true }, 7);
  const rows = randomRows(4, 1000, 8);
  const { shap, values } = explain(trees, rows);
  rows.forEach((row, i) => {
    const sum = values.subarray(1000 * i, 1000 * (i + 1)).reduce((sum, value) => sum + value, shap.base);
    expect(sum).toBeCloseTo(predict(trees, row), 9);
  });
});

test('a tree that is a leaf adds to the base alone, and what leaves are scaled by to all', () => {
  const builder = new TreeBuilder();
  const leaf = builder.addTree();
  builder.setLeaf(leaf, 3);
  builder.setCover(leaf, 10);
  const root = builder.addTree();
  const left = builder.split(root, 0, 0.5, false);
  builder.setLeaf(left, 8);
  builder.setLeaf(left + 1, 16);
  builder.setCovers(root, Float64Array.of(4, 3, 1));
  const { cover = new Float32Array(), ...trees } = builder.build();
  const shap = new TreeShap({ ...trees, cover }, { columns: 2, scale: 0.5 });
  expect(shap.base).toBe((3 + (3 * 8 + 16) / 4) / 2);
  expectNear(
    shap.explain(1, (_, into) => into.fill(1)),
    Float64Array.of((16 - 10) / 2, 0),
  );
  expect(shap.explain(0, () => {})).toHaveLength(0);
});

test('a row comes to the same alone, among many others, and with two threads', { timeout: 30_000 }, () => {
  const trees = randomTrees(40, { columns: 8, splits: 60 }, 3);
  const rows = randomRows(30_000, 8, 4);
  const { shap, values } = explain(trees, rows);
  expect(explain(trees, rows, { threads: 2 }).values).toEqual(values);
  for (const i of [0, 31, 32, 4095, 4096, 29_999])
    expect(shap.explain(1, (_, into) => into.set(rows[i] as Float32Array))).toEqual(values.subarray(8 * i, 8 * i + 8));
});

test('leaves may say a number for each of several outputs, and trees may belong to one of them each', () => {
  const columns = 4;
  const trees = randomTrees(6, { columns, splits: 9 }, 11);
  const rows = randomRows(70, columns, 12);
  const write = (row: number, into: Float32Array) => into.set(rows[row] as Float32Array);
  const say = (node: number, output: number) => (output + 1) * (trees.threshold[node] as number) + output;
  const shared = new TreeShap(trees, { columns, outputs: 3, valueAt: say });
  const separate = new TreeShap(trees, { columns, outputs: 3 });
  const ofOutput = (all: Float64Array, row: number, output: number) =>
    all.subarray((3 * row + output) * columns, (3 * row + output + 1) * columns);
  // Twice, since leaves of the last output are what the first ones follow.
  for (let time = 0; time < 2; time++) {
    const ofShared = shared.explain(rows.length, write);
    const ofSeparate = separate.explain(rows.length, write);
    for (let output = 0; output < 3; output++) {
      const said = {
        ...trees,
        threshold: trees.threshold.map((value, node) =>
          (trees.feature[node] as number) < 0 ? say(node, output) : value,
        ),
      };
      const own = { ...trees, roots: trees.roots.filter((_, tree) => tree % 3 === output) };
      for (const row of [0, 33, 69]) {
        expectNear(
          ofOutput(ofShared, row, output),
          bruteForce(said, rows[row] as Float32Array, Int32Array.of(0, 1, 2, 3)),
        );
        expectNear(
          ofOutput(ofSeparate, row, output),
          bruteForce(own, rows[row] as Float32Array, Int32Array.of(0, 1, 2, 3)),
        );
      }
      expect(shared.bases[output]).toBeCloseTo(new TreeShap(said, { columns }).base, 10);
      expect(separate.bases[output]).toBeCloseTo(new TreeShap(own, { columns }).base, 10);
    }
  }
});
