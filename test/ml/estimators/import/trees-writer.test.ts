import { describe, expect, test } from 'vitest';
import { DataError } from '../../../../ml/core/errors.ts';
import { inputFiller } from '../../../../ml/estimators/import/model-input.ts';
import { type LeafNode, type SplitNode, TreesWriter } from '../../../../ml/estimators/import/trees-writer.ts';
import { leafFor } from '../../../../ml/trees/trees.ts';

type Split = Omit<SplitNode, 'yes' | 'no'>;

/** What a tree of one split, whose children say 1 (yes) and 0 (no), says of values. */
function answers(split: Split, values: readonly number[]): number[] {
  const writer = new TreesWriter(1, 1);
  const nodes: (SplitNode | LeafNode)[] = [{ ...split, yes: 2, no: 1 }, { leaf: [0] }, { leaf: [1] }];
  writer.addTree({ nodes: 3, nodeAt: (node) => nodes[node] as SplitNode | LeafNode, output: 0 });
  const { trees, inputs } = writer.build();
  const fill = inputs.map(inputFiller);
  return values.map((value) => {
    const row = Float64Array.from(fill, (input) => input(Float64Array.of(value), 0));
    return trees.threshold[leafFor(trees, trees.roots[0] as number, row, 0)] as number;
  });
}

const values = [-Infinity, -1e300, -1, -1e-45, -0, 0, 1e-45, 0.1, Math.fround(0.1), 0.3, 1, 1 + 1e-12, 1e300, Infinity];

describe('splits become splits of float32 numbers that are at most a threshold', () => {
  test.each(values.filter(Number.isFinite))('at %d', (threshold) => {
    const of = (is: 'below' | 'at-most', as: 'float32' | 'float64') =>
      answers({ feature: 0, test: { is, as, value: threshold }, missing: 'no' }, values);
    const expected = (holds: (value: number) => boolean) => values.map((value) => Number(holds(value)));
    expect(of('below', 'float64')).toEqual(expected((value) => value < threshold));
    expect(of('at-most', 'float64')).toEqual(expected((value) => value <= threshold));
    if (!Number.isFinite(Math.fround(threshold))) return;
    expect(of('below', 'float32')).toEqual(expected((value) => Math.fround(value) < Math.fround(threshold)));
    expect(of('at-most', 'float32')).toEqual(expected((value) => Math.fround(value) <= Math.fround(threshold)));
  });

  test('missing values and zeros go where they are said to go', () => {
    const test = { is: 'at-most', as: 'float64', value: 1 } as const;
    const some = [Number.NaN, 0, -1e-36, 2];
    expect(answers({ feature: 0, test, missing: 'no' }, some)).toEqual([0, 1, 1, 0]);
    expect(answers({ feature: 0, test, missing: 'yes' }, some)).toEqual([1, 1, 1, 0]);
    expect(answers({ feature: 0, test, missing: 'no', zeros: 'for-missing' }, some)).toEqual([1, 1, 1, 0]);
    expect(answers({ feature: 0, test, missing: 'no', zeros: 'as-missing' }, some)).toEqual([0, 0, 0, 0]);
  });

  test('of categories, one that no set knows is in none', () => {
    const test = { is: 'one-of', as: 'code', values: [3, 1] } as const;
    const some = [0, 1, 2, 3, 3.5, -1, -0.5, 1e20, Number.NaN];
    expect(answers({ feature: 0, test, missing: 'no' }, some)).toEqual([0, 1, 0, 1, 1, 0, 0, 0, 0]);
    expect(answers({ feature: 0, test, missing: 'yes' }, some)).toEqual([0, 1, 0, 1, 1, 0, 0, 0, 1]);
  });
});

describe('a file that is no tree is refused', () => {
  const test_ = { is: 'below', as: 'float32', value: 1 } as const;
  const split = { feature: 0, test: test_, missing: 'no', yes: 1, no: 2 } as const;
  const leaf = { leaf: [1] };
  test.each<[string, (SplitNode | LeafNode)[], RegExp]>([
    ['a child that is not there', [{ ...split, no: 7 }, leaf, leaf], /node 7/],
    ['a child with two parents', [{ ...split, no: 1 }, leaf, leaf], /two parents/],
    ['a node above itself', [split, { ...split, yes: 0 }, leaf], /two parents/],
    ['a feature that is not there', [{ ...split, feature: 1 }, leaf, leaf], /feature 1/],
    ['a threshold that is no number', [{ ...split, test: { ...test_, value: Number.NaN } }, leaf, leaf], /NaN/],
    ['a leaf that is not finite', [split, leaf, { leaf: [Infinity] }], /Infinity/],
    ['a leaf of two numbers', [split, leaf, { leaf: [1, 2] }], /2 numbers instead of 1/],
  ])('%s', (_, nodes, message) => {
    const writer = new TreesWriter(1, 1);
    const add = () =>
      writer.addTree({ nodes: nodes.length, nodeAt: (node) => nodes[node] as SplitNode | LeafNode, output: 0 });
    expect(add).toThrow(DataError);
    expect(add).toThrow(message);
  });
});

test('outputs with fewer trees are filled with some that add nothing', () => {
  const writer = new TreesWriter(1, 2);
  const tree = (value: number, output?: number) =>
    writer.addTree({
      nodes: 1,
      nodeAt: () => ({ leaf: output === undefined ? [value, 10 * value] : [value], cover: 5 }),
      ...(output !== undefined && { output }),
    });
  tree(1, 1);
  tree(2, 1);
  tree(3);
  const { trees } = writer.build();
  expect(Array.from(trees.roots, (root) => trees.threshold[root])).toEqual([3, 1, 0, 2, 0, 30]);
  expect(trees.cover).toBeDefined();
});
