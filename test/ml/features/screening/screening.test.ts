import { expect, test } from 'vitest';
import type { RandomStream } from '../../../../ml/core/random-stream.ts';
import { makeFolds } from '../../../../ml/data/folds.ts';
import { learnedTargets } from '../../../../ml/features/learned-targets.ts';
import { type Proposal, Screening } from '../../../../ml/features/screening/screening.ts';
import { generate } from '../generated.ts';

type Numbers = Readonly<Record<'a' | 'b' | 'c', number>>;

/** Which of some columns of a, b and c are chosen where the target is `truth` and a little noise. */
function chosen(
  truth: (numbers: Numbers) => number,
  columns: Readonly<Record<string, (numbers: Numbers) => number>>,
  options: { readonly draw?: (random: RandomStream) => Numbers; readonly rows?: number; readonly most?: number } = {},
): string[] {
  const { draw = uniform, rows = 2_000, most = 5 } = options;
  const { declaration, table } = generate(rows, 1, 2, (random) => {
    const numbers = draw(random);
    return { numbers, y: truth(numbers) + 0.1 * random.normal() };
  });
  const value = (name: string, row: number) => table.columns.get(name)?.[row] as number;
  const folds = makeFolds(rows, 5, 1);
  const targets = learnedTargets(declaration, table.columns.get('y') as Float64Array);
  const proposals = Object.values(columns).map((of): Proposal => {
    const at = (row: number) => of({ a: value('a', row), b: value('b', row), c: value('c', row) });
    return { parents: ['a', 'b'], valuesAt: (some) => Float64Array.from(some, at) };
  });
  const screening = new Screening({ declaration, table, targets, weights: undefined, folds });
  return screening.choose(proposals, most).map((place) => Object.keys(columns)[place] as string);
}

const uniform = (random: RandomStream) => ({ a: 1 + random.uniform(), b: 1 + random.uniform(), c: random.uniform() });
const columns = {
  sum: ({ a, b }: Numbers) => a + b,
  product: ({ a, b }: Numbers) => a * b,
  ratio: ({ a, b }: Numbers) => a / b,
  other: ({ a, c }: Numbers) => a - c,
};

test('what the truth is made of is chosen, and nothing beside it', () => {
  expect(chosen(({ a, b }) => 9 * a * b, columns)).toEqual(['product']);
  expect(chosen(({ a, b }) => (9 * a) / b, columns)).toEqual(['ratio']);
});

test('of two that say the same one is chosen', () => {
  expect(chosen(({ a, b }) => 9 * a * b, { ...columns, twice: ({ a, b }) => 2 * a * b })).toEqual(['product']);
});

test('a sum of functions of single columns needs no other column', () => {
  expect(chosen(({ a, b, c }) => Math.exp(2 * a) + 20 * Math.sin(5 * b) + 3 * c, columns)).toEqual([]);
});

test('a difference is chosen where both of its parents rise and fall together, of which trees would see little', () => {
  const together = (random: RandomStream) => {
    const a = 10 * random.uniform();
    return { a, b: a + random.uniform(), c: random.uniform() };
  };
  const difference = { ...columns, difference: ({ a, b }: Numbers) => a - b };
  expect(chosen(({ a, b }) => 5 * (a - b), difference, { draw: together })[0]).toBe('difference');
});

test('a large number less a small one is a copy, and not chosen', () => {
  const heavy = (random: RandomStream) => ({
    a: Math.exp(6 * random.normal()),
    b: random.uniform(),
    c: random.uniform(),
  });
  const difference = { difference: ({ a, b }: Numbers) => a - 1e-3 * b };
  expect(chosen(({ a, b }) => Math.log(a) * (1 + b), difference, { draw: heavy })).toEqual([]);
});

test('of more than forty columns those that explain little on the first rows are left out, and at most so many are chosen', () => {
  const many = Object.fromEntries(
    Array.from({ length: 100 }, (_, i) => [
      `noise ${i}`,
      ({ a, b, c }: Numbers) => Math.sin(1e4 * (i + 1) * a * b * c),
    ]),
  );
  const truth = ({ a, b }: Numbers) => 9 * a * b + 9 * Math.sin(20 * (a - b));
  const both = { ...many, product: columns.product, wave: ({ a, b }: Numbers) => Math.sin(20 * (a - b)) };
  expect(chosen(truth, both, { rows: 5_000 }).toSorted()).toEqual(['product', 'wave']);
  expect(chosen(truth, both, { rows: 5_000, most: 1 })).toEqual(['wave']);
});
