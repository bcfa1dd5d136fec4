import { describe, expect, test } from 'vitest';
import { ParamError } from '../../../ml/core/errors.ts';
import { rowOf } from '../../../ml/core/matrix.ts';
import { createRandom } from '../../../ml/core/random.ts';
import type { Table } from '../../../ml/data/table.ts';
import { takeRows } from '../../../ml/data/table.ts';
import type { Encoding } from '../../../ml/features/column-encoding.ts';
import { fitFeatures, transform } from '../../../ml/features/preprocess.ts';
import { columnRecipeNames } from '../../../ml/features/recipes/index.ts';
import { type Generated, truths } from './generated.ts';

const kept: Encoding = { categories: 'one-hot', numbers: 'raw', missing: 'kept' };
const imputed: Encoding = { categories: 'one-hot', numbers: 'scaled', missing: 'imputed' };
const all = columnRecipeNames.map((recipe) => ({ recipe }));
const make = (truth: string, rows: number, seed: number) => (truths[truth] as (typeof truths)[string])(rows, seed);
const names = Object.keys(truths);

/** The same table with some cells missing, and some of the largest and smallest numbers there are. */
function spoilt({ table }: Generated, share: number, seed: number): Table {
  const random = createRandom(seed);
  const extreme = [Number.NaN, 0, Number.MAX_VALUE / 4, -Number.MAX_VALUE / 4, Number.MIN_VALUE];
  const columns = [...table.columns].map(([name, values]) => {
    const isNumber = /^[a-d]$/.test(name);
    const cell = () => (isNumber ? (extreme[random.below(extreme.length)] as number) : Number.NaN);
    return [name, name === 'y' ? values : values.map((value) => (random.uniform() < share ? cell() : value))] as const;
  });
  return { ...table, columns: new Map(columns) };
}

test('without recipes there are the declared columns alone', () => {
  const { declaration, table } = make('a ratio', 100, 1);
  const { preprocessor, x, y, weights } = fitFeatures({ declaration, table, encoding: kept, seed: 1 });
  expect(preprocessor.recipes).toEqual([]);
  expect(x.names).toEqual(['a', 'b', 'c', 'd']);
  expect(x).toEqual(transform(preprocessor, table));
  expect(y).toEqual(table.columns.get('y'));
  expect(weights).toBeUndefined();
});

test('a recipe that does not exist is refused', () => {
  const options = { ...make('a ratio', 20, 1), encoding: kept, seed: 1 };
  expect(() => fitFeatures({ ...options, features: [{ recipe: 'magic' }] })).toThrow(ParamError);
});

describe.each(names)('of rows whose truth is %s', (truth) => {
  const { declaration, table } = make(truth, 400, 3);
  const learn = (of: Table) => fitFeatures({ declaration, table: of, encoding: kept, features: all, seed: 1 });
  const { preprocessor } = learn(table);
  const others = spoilt(make(truth, 60, 4), 0.2, 5);

  test('what recipes make is the same in the smallest arrays, and as float32 where it is kept as such', () => {
    const whole = learn(table);
    const keptAs = (as: 'small' | 'single') =>
      fitFeatures({ declaration, table, encoding: kept, features: all, seed: 1, kept: as });
    expect(keptAs('small')).toEqual(whole);
    const { x, preprocessor } = keptAs('single');
    expect(preprocessor).toEqual(whole.preprocessor);
    expect(x.data.map(Math.fround)).toEqual(whole.x.data.map(Math.fround));
  });

  test('a record alone has the features that it has in a batch', () => {
    const x = transform(preprocessor, others);
    for (let row = 0; row < others.rows; row++) {
      const alone = transform(preprocessor, takeRows(others, Uint32Array.of(row)));
      expect(alone.data).toEqual(rowOf(x, row).slice());
    }
  });

  test('what is missing, unseen or extreme never throws and never makes an infinity', () => {
    const x = transform(preprocessor, others);
    const made = x.data.filter((_, at) => at % x.columns >= 4);
    expect([...made].some((value) => Math.abs(value) === Infinity)).toBe(false);
    const fitted = fitFeatures({
      declaration,
      table: spoilt({ declaration, table }, 0.1, 6),
      encoding: kept,
      features: all,
      seed: 1,
    });
    expect(fitted.preprocessor.columns.length).toBeGreaterThan(0);
    const whole = fitFeatures({ declaration, table, encoding: imputed, features: all, seed: 1 });
    expect([...transform(whole.preprocessor, others).data].some(Number.isNaN)).toBe(false);
  });

  test('what was fitted depends on the rows that were learned from alone', () => {
    const learned = Uint32Array.from({ length: 300 }, (_, row) => row);
    const other = new Map([...table.columns].map(([name, values]) => [name, values.slice()]));
    for (const [name, values] of other) for (let row = 300; row < 400; row++) values[row] = name.length === 1 ? 1e9 : 0;
    const one = learn(takeRows(table, learned));
    expect(learn(takeRows({ ...table, columns: other }, learned))).toEqual(one);
    expect(learn(takeRows(table, learned))).toEqual(one);
  });

  test('the order of the columns in a table makes no difference', () => {
    expect(learn({ ...table, columns: new Map([...table.columns].reverse()) })).toEqual(learn(table));
  });
});
