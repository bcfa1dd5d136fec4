import { expect, test } from 'vitest';
import type { Matrix } from '../../ml/core/matrix.ts';
import { toJson } from '../../ml/core/plain-data.ts';
import { createRandom } from '../../ml/core/random.ts';
import { smallestFor } from '../../ml/data/columns/storage.ts';
import type { Declaration } from '../../ml/data/declaration.ts';
import type { Table } from '../../ml/data/table.ts';
import { estimatorNamed, learnsInBlocks } from '../../ml/estimators/index.ts';
import { resolveParams } from '../../ml/estimators/params.ts';
import { fitEncodings } from '../../ml/features/column-encoding.ts';
import { EncodedRows, encodeRows } from '../../ml/features/encoded-rows.ts';

const ROWS = 700;

const declaration: Declaration = {
  name: 'wide',
  title: 'Wide',
  file: 'wide.csv',
  target: 'y',
  columns: [
    { name: 'a', title: 'A', kind: 'numeric' },
    { name: 'level', title: 'Level', kind: 'categorical', levels: ['p', 'q', 'r', 's', 't'] },
    { name: 'b', title: 'B', kind: 'numeric' },
    { name: 'y', title: 'Y', kind: 'numeric' },
  ],
};

const random = createRandom(3);
const drawn = (of: () => number) =>
  Float64Array.from({ length: ROWS }, () => (random.below(12) === 0 ? Number.NaN : of()));
const table: Table = {
  rows: ROWS,
  columns: new Map([
    ['a', drawn(() => 10 * random.uniform())],
    ['level', drawn(() => random.below(5))],
    ['b', drawn(() => random.below(4))],
  ]),
};
const derived = [
  { name: 'a / b', from: ['a', 'b'], values: drawn(() => random.uniform()) },
  { name: 'level: rows', from: ['level'], values: drawn(() => 100 * random.below(5)) },
];
const number = Float64Array.from({ length: ROWS }, (_, i) => {
  const [a = 0, level = 0, b = 0] = [...table.columns.values()]
    .map((values) => values[i])
    .map((value = Number.NaN) => (Number.isNaN(value) ? 3 : value));
  return a * (1 + (level % 2)) + b + random.uniform();
});
const classOf = number.map((value) => Math.min(2, Math.floor(value / 6)));
const weights = Float64Array.from({ length: ROWS }, () => random.below(3));

/** Rows whose numbers cannot be asked for all together. */
function unread(encoded: EncodedRows): Matrix {
  const { rows, columns, names, levels } = encoded;
  return {
    rows,
    columns,
    names,
    ...(levels && { levels }),
    reader: encoded,
    get data(): Float64Array {
      throw new Error('all of the numbers were asked for');
    },
  };
}

const tasks = ['regression', 'binary', 'multiclass'] as const;
const cases = [
  ...['xgboost', 'catboost'].flatMap((name) => tasks.map((task) => ({ name, task }))),
  ...['linear', 'ridge', 'lasso', 'elastic_net'].map((name) => ({ name, task: 'regression' as const })),
].flatMap((each) => [false, true].map((weighted) => ({ ...each, weighted })));

test.each(cases)('$name learns the same in blocks: $task, with weights: $weighted', ({ name, task, weighted }) => {
  expect(learnsInBlocks(name, task)).toBe(true);
  const estimator = estimatorNamed(name, task);
  const encodings = fitEncodings(declaration, table, derived, estimator.encoding);
  // Linear models are centred by default, of which one is enough.
  const few = {
    fit_intercept: false,
    n_estimators: 15,
    iterations: 15,
    early_stopping_rounds: 4,
    od_wait: 4,
    eval_fraction: 0.2,
  };
  const own = Object.fromEntries(Object.entries(few).filter(([param]) => param in estimator.params));
  const y = task === 'regression' ? number : task === 'binary' ? classOf.map((k) => Math.min(k, 1)) : classOf;
  const training = {
    y,
    ...(weighted && { weights }),
    ...(task !== 'regression' && { classes: task === 'binary' ? 2 : 3 }),
    params: resolveParams(name, estimator.params, own),
    seed: 5,
  };
  const dense = encodeRows(encodings, table, derived);
  const whole = estimator.fit({ ...training, x: dense });
  // As rows that are very many keep what recipes made of them.
  const small = derived.map(({ name, values }) => ({
    name,
    values: smallestFor(estimator.areSingle ? new Float64Array(new Float32Array(values)) : values),
  }));
  expect(small.map(({ values }) => values.BYTES_PER_ELEMENT)).toEqual([estimator.areSingle ? 4 : 8, 2]);
  const inBlocks = estimator.fit({ ...training, x: unread(new EncodedRows(encodings, table, small)) });
  expect(toJson(inBlocks)).toBe(toJson(whole));
  const validated = [dense, new EncodedRows(encodings, table, derived)].map((x) =>
    toJson(estimator.fit({ ...training, x, validation: { x, y } })),
  );
  expect(validated[1]).toBe(validated[0]);
  const predicted = [dense, new EncodedRows(encodings, table, derived)].map((x) => estimator.predict(whole, x));
  expect(predicted[1]).toEqual(predicted[0]);
});

test('more numbers than memory should hold are refused where all are to be made, and read in blocks', () => {
  const encoding = { categories: 'one-hot', numbers: 'raw', missing: 'kept' } as const;
  const encodings = fitEncodings(declaration, table, [], encoding);
  const many = { ...table, rows: 2 ** 27 };
  expect(() => encodeRows(encodings, many, [])).toThrow(
    /^134,217,728 rows of 7 numbers each are 7\.5\d* GB as a matrix, where at most 4\.29\d* GB are made: leave the models out/,
  );
  expect(encodeRows(encodings, many, [], true).rows).toBe(2 ** 27);
});

test('rows are made where they are read as they would be all together', () => {
  const encoding = { categories: 'one-hot', numbers: 'scaled', missing: 'imputed' } as const;
  const encodings = fitEncodings(declaration, table, derived, encoding);
  const dense = encodeRows(encodings, table, derived);
  const small = derived.map(({ name, values }) => ({ name, values: smallestFor(values) }));
  const encoded = new EncodedRows(encodings, table, small);
  const { columns } = dense;
  const some = new Float64Array(3 * columns).fill(7);
  encoded.readRows(500, 3, some);
  expect(some).toEqual(dense.data.subarray(500 * columns, 503 * columns));
  for (let j = 0; j < columns; j++) {
    const column = new Float64Array(ROWS);
    encoded.readColumn(j, column);
    expect(column).toEqual(Float64Array.from({ length: ROWS }, (_, i) => dense.data[i * columns + j] as number));
  }
  const rows = Uint32Array.of(3, 1, 699, 3);
  const taken = (rows: readonly number[]) =>
    Float64Array.from(rows.flatMap((row) => [...dense.data.subarray(row * columns, (row + 1) * columns)]));
  expect(encoded.takeRows(rows).data).toEqual(taken([3, 1, 699, 3]));
  expect(encoded.takeRows(rows).reader?.takeRows(Uint32Array.of(2, 0)).data).toEqual(taken([699, 3]));
  expect(encoded.reader).toBe(encoded);
  expect(encoded.data).toEqual(dense.data);
  expect(encoded.reader).toBeUndefined();
});
