import { RandomStream } from '../../../ml/core/random-stream.ts';
import type { Declaration } from '../../../ml/data/declaration.ts';
import type { Table } from '../../../ml/data/table.ts';

/** A row that was drawn: its numbers by name, its categories by name as indices of levels, and its target. */
interface Drawn {
  readonly numbers: Readonly<Record<string, number>>;
  readonly categories?: Readonly<Record<string, number>>;
  readonly y: number;
}

export interface Generated {
  readonly declaration: Declaration;
  readonly table: Table;
}

/** Rows of which each is drawn by itself, with categories of so many levels. */
export function generate(rows: number, seed: number, levels: number, draw: (random: RandomStream) => Drawn): Generated {
  const random = new RandomStream(seed);
  const drawn = Array.from({ length: rows }, () => draw(random));
  const [first] = drawn as [Drawn];
  const numbers = Object.keys(first.numbers);
  const categories = Object.keys(first.categories ?? {});
  const column = (of: (row: Drawn) => number | undefined) => Float64Array.from(drawn, (row) => of(row) as number);
  return {
    declaration: {
      name: 'generated',
      title: 'Generated',
      file: 'generated.csv',
      target: 'y',
      columns: [
        ...numbers.map((name) => ({ name, title: name, kind: 'numeric' as const })),
        ...categories.map((name) => ({
          name,
          title: name,
          kind: 'categorical' as const,
          levels: Array.from({ length: levels }, (_, level) => `level ${level}`),
        })),
        { name: 'y', title: 'y', kind: 'numeric' as const },
      ],
    },
    table: {
      rows,
      columns: new Map([
        ...numbers.map((name) => [name, column((row) => row.numbers[name])] as const),
        ...categories.map((name) => [name, column((row) => row.categories?.[name])] as const),
        ['y', column(({ y }) => y)],
      ]),
    },
  };
}

const numbersOf = (random: RandomStream, draw: () => number) => ({
  a: draw(),
  b: draw(),
  c: draw(),
  d: random.normal(),
});

/** Data sets by what the truth in them is. */
export const truths: Readonly<Record<string, (rows: number, seed: number) => Generated>> = {
  'a sum': (rows, seed) =>
    generate(rows, seed, 6, (random) => {
      const numbers = numbersOf(random, () => random.normal());
      const kind = random.below(6);
      const y = 3 * numbers.a - 2 * numbers.b + numbers.c + kind + random.normal();
      return { numbers, categories: { kind }, y };
    }),
  'a ratio': (rows, seed) =>
    generate(rows, seed, 6, (random) => {
      const numbers = numbersOf(random, () => 3 * Math.exp(0.5 * random.normal()));
      return { numbers, y: (10 * numbers.a) / numbers.b + 2 * random.normal() };
    }),
  'a product': (rows, seed) =>
    generate(rows, seed, 6, (random) => {
      const numbers = numbersOf(random, () => 1 + 9 * random.uniform());
      return { numbers, y: numbers.a * numbers.b + 5 * random.normal() };
    }),
  'a distance from a group mean': (rows, seed) =>
    generate(rows, seed, 50, (random) => {
      const kind = random.below(50);
      const middle = ((kind * 37) % 50) / 3;
      const own = random.normal();
      return { numbers: { a: middle + own, b: random.normal() }, categories: { kind }, y: 3 * own + random.normal() };
    }),
  'a mean of many levels': (rows, seed) =>
    generate(rows, seed, 300, (random) => {
      const kind = random.below(300);
      const a = random.normal();
      return { numbers: { a }, categories: { kind }, y: 3 * Math.sin(kind * kind) + a + random.normal() };
    }),
  'a mean of neighbouring levels': (rows, seed) =>
    generate(rows, seed, 300, (random) => {
      const kind = random.below(300);
      const a = random.normal();
      return { numbers: { a }, categories: { kind }, y: 3 * Math.sin(kind / 25) + a + random.normal() };
    }),
  'a mean of a category and a number of few values': (rows, seed) =>
    generate(rows, seed, 12, (random) => {
      const [kind, hour] = [random.below(6), random.below(8)];
      const a = random.normal();
      return {
        numbers: { a, b: hour },
        categories: { kind },
        y: 3 * Math.sin(5.3 * kind * hour) + a + random.normal(),
      };
    }),
  'a mean of two categories together': (rows, seed) =>
    generate(rows, seed, 12, (random) => {
      const [kind, sort] = [random.below(12), random.below(12)];
      const a = random.normal();
      const y = 3 * Math.sin(17.3 * kind + 31.7 * sort + kind * sort) + a + random.normal();
      return { numbers: { a }, categories: { kind, sort }, y };
    }),
};
