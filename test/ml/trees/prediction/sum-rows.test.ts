import { expect, test } from 'vitest';
import type { Matrix } from '../../../../ml/core/matrix.ts';
import { createRandom } from '../../../../ml/core/random.ts';
import { eachLeaves } from '../../../../ml/trees/prediction/each-leaves.ts';
import { placeTrees } from '../../../../ml/trees/prediction/tree-records.ts';
import { stagedSumsByClass, sumTreesByClass, sumWhereTheyLie } from '../../../../ml/trees/sum-trees.ts';
import { applyTree, TreeBuilder, type Trees } from '../../../../ml/trees/trees.ts';

interface Shape {
  readonly columns: number;
  readonly trees: number;
  readonly depth: number;
  /** Where missing values go: left by a share of the splits. */
  readonly left?: number;
}

/** Trees of different depths, of which some are leaves; thresholds are float64. */
function randomTrees({ columns, trees, depth, left: share = 0.5 }: Shape, seed: number): Trees {
  const random = createRandom(seed);
  const builder = new TreeBuilder();
  for (let tree = 0; tree < trees; tree++) {
    let open = [builder.addTree()];
    for (let level = 0; level < depth; level++) {
      open = open.flatMap((node) => {
        builder.setLeaf(node, random.uniform() - 0.5);
        // A long path, and now and then something beside it.
        if (random.below(8) === 0 || open.length > 12) return [];
        const left = builder.split(node, random.below(columns), random.uniform(), random.uniform() < share);
        builder.setLeaf(left, random.uniform());
        builder.setLeaf(left + 1, random.uniform());
        return random.below(3) === 0 ? [left + 1] : [left, left + 1];
      });
    }
  }
  return builder.build();
}

function randomRows(rows: number, columns: number, seed: number, missing = 6): Matrix {
  const random = createRandom(seed);
  const cell = () => (random.below(missing) === 0 ? Number.NaN : random.uniform());
  return { rows, columns, data: Float64Array.from({ length: rows * columns }, cell) };
}

test.each<[string, Shape]>([
  ['that are shallow', { columns: 5, trees: 23, depth: 4 }],
  ['that are deep', { columns: 7, trees: 9, depth: 40 }],
  ['that send what is missing to the left', { columns: 3, trees: 12, depth: 6, left: 1 }],
  ['that send what is missing to the right', { columns: 3, trees: 12, depth: 6, left: 0 }],
  ['of many columns', { columns: 300, trees: 12, depth: 6 }],
  ['of one column', { columns: 1, trees: 4, depth: 5 }],
  ['that are leaves', { columns: 2, trees: 5, depth: 0 }],
])('trees %s are summed as where they lie', (_, shape) => {
  const trees = randomTrees(shape, 1);
  expect(placeTrees(trees, shape.columns)).not.toBeNull();
  for (const rows of [1, 7, 8, 13, 777]) {
    const x = randomRows(rows, shape.columns, rows);
    for (const isSingle of [false, true]) {
      const given = [[0, 2, Infinity], { bases: [0.25], isSingle }] as const;
      expect(stagedSumsByClass(trees, x, [0.25], given[0], isSingle ? 'float32' : 'float64')).toEqual(
        sumWhereTheyLie(trees, x, ...given),
      );
    }
  }
});

test('the leaves of rows are found', () => {
  const trees = randomTrees({ columns: 4, trees: 19, depth: 12 }, 8);
  const x = randomRows(501, 4, 9);
  const found: number[][] = Array.from(trees.roots, () => []);
  eachLeaves(trees, x, (leaves, first, count) => {
    expect(first).toBe(found[0]?.length);
    for (let at = 0; at < 19 * count; at++) found[at % 19]?.push(leaves[at] as number);
  });
  expect(found).toEqual(Array.from(trees.roots, (_, tree) => [...applyTree(trees, tree, x)]));
});

test('models that want more rows and those that want more sums take turns in a memory', () => {
  const [wide, classes] = [
    { columns: 60, trees: 10, depth: 3 },
    { columns: 2, trees: 40, depth: 3 },
  ];
  const [a, b] = [randomTrees(wide, 1), randomTrees(classes, 2)];
  const turn = () => {
    sumTreesByClass(a, randomRows(9, 60, 1), [0]);
    sumTreesByClass(
      b,
      randomRows(9, 2, 1),
      Array.from({ length: 40 }, () => 0),
    );
    return placeTrees(a, 60)?.memory.room(0, 1, 1);
  };
  turn();
  expect(turn()).toBe(turn());
});

test('values and thresholds are compared as float32 is', () => {
  const numbers = [
    0,
    -0,
    1e-45,
    -1e-45,
    1e-50,
    -1e-50,
    0.1,
    Math.fround(0.1),
    -0.1,
    3.4e38,
    -3.4e38,
    1e39,
    -1e39,
    1,
    -1,
  ];
  const builder = new TreeBuilder();
  for (const threshold of numbers) {
    const left = builder.split(builder.addTree(), 0, threshold, true);
    builder.setLeaf(left + 1, 2 ** builder.view().roots.length);
  }
  const trees = builder.build();
  const x: Matrix = { rows: numbers.length, columns: 1, data: Float64Array.from(numbers) };
  expect([...sumTreesByClass(trees, x, [0])]).toEqual(
    numbers.map((value) =>
      numbers.reduce((sum, threshold, k) => sum + (Math.fround(value) > threshold ? 2 ** (k + 1) : 0), 0),
    ),
  );
});

test('rows that are made where they are read are summed as those in memory', () => {
  const trees = randomTrees({ columns: 4, trees: 10, depth: 5 }, 2);
  const x = randomRows(1000, 4, 3);
  const read: Matrix = {
    ...x,
    get data(): never {
      throw new Error('its numbers do not lie in memory');
    },
    reader: {
      numbers: [0, 1, 2, 3],
      readRows: (first, count, into) => into.set(x.data.subarray(4 * first, 4 * (first + count))),
      readColumn: () => expect.unreachable(),
      takeRows: () => expect.unreachable(),
    },
  };
  expect(sumTreesByClass(trees, read, [1, 2])).toEqual(sumTreesByClass(trees, x, [1, 2]));
});

test('any number of threads gives the same sums', async () => {
  const trees = randomTrees({ columns: 3, trees: 1200, depth: 2 }, 4);
  const x = randomRows(20_001, 3, 5);
  const alone = sumTreesByClass(trees, x, [1, 2, 3], 'float32');
  // The thread has not started at first, and helps later.
  for (let turn = 0; turn < 4; turn++) {
    expect(sumTreesByClass(trees, x, [1, 2, 3], 'float32', 2)).toEqual(alone);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
});

test('rows that cannot be read leave the threads to others', async () => {
  const trees = randomTrees({ columns: 3, trees: 1200, depth: 2 }, 4);
  const x = randomRows(20_001, 3, 5);
  const broken: Matrix = {
    ...x,
    reader: {
      numbers: [0, 1, 2],
      readRows(first, count, into) {
        if (first > 0) throw new Error('no more rows');
        into.set(x.data.subarray(0, 3 * count));
      },
      readColumn: () => expect.unreachable(),
      takeRows: () => expect.unreachable(),
    },
  };
  const alone = sumTreesByClass(trees, x, [0]);
  for (let turn = 0; turn < 3; turn++) {
    expect(() => sumTreesByClass(trees, broken, [0], 'float64', 2)).toThrow('no more rows');
    expect(sumTreesByClass(trees, x, [0], 'float64', 2)).toEqual(alone);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
});

test('trees share memories, and keep their sums when others come', () => {
  const shape = { columns: 3, trees: 40, depth: 9 };
  const x = randomRows(20, 3, 6);
  const all = Array.from({ length: 40 }, (_, seed) => randomTrees(shape, seed));
  const first = all.map((trees) => sumTreesByClass(trees, x, [0]));
  expect(all.map((trees) => sumTreesByClass(trees, x, [0]))).toEqual(first);
  expect(first).toEqual(all.map((trees) => sumWhereTheyLie(trees, x, [Infinity], { bases: [0], isSingle: false })[0]));
});
