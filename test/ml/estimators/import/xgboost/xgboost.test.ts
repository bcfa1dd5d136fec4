import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DataError } from '../../../../../ml/core/errors.ts';
import type { Matrix } from '../../../../../ml/core/matrix.ts';
import { readImportedModel } from '../../../../../ml/estimators/import/formats.ts';
import { importedEstimator } from '../../../../../ml/estimators/import/imported-estimator.ts';
import { sumsOf } from '../../../../../ml/estimators/import/sums.ts';
import { readDamaged } from '../damage.ts';
import { stateOf } from '../evaluate.ts';

interface Case {
  name: string;
  form: 'ubj' | 'json';
  table: string;
  model: string;
  rows: (number | null)[];
  margins: number[];
  predictions: number[];
  /** rows × outputs × (columns + 1): the last one is the base. */
  contributions: number[];
}

interface Answers {
  version: string;
  columns: Record<string, number>;
  rows: Record<string, (number | null)[]>;
  cases: Case[];
}

const answersOf = (version: string): Answers =>
  JSON.parse(
    readFileSync(join(import.meta.dirname, `../../../../fixtures/imported/xgboost/answers-${version}.json`), 'utf8'),
  );

const { predict, contributions } = importedEstimator('XGBoost');

/** How far numbers are from others at most, relatively; of several in a row each in proportion to the largest. */
function largestDifference(some: ArrayLike<number>, others: readonly number[], width = 1): number {
  expect(some.length).toBe(others.length);
  let largest = 0;
  for (let start = 0; start < others.length; start += width) {
    const row = others.slice(start, start + width);
    const size = Math.max(...row.map(Math.abs), Number.MIN_VALUE);
    row.forEach((value, k) => {
      const difference = Math.abs((some[start + k] as number) - value) / size;
      if (!(difference <= largest)) largest = difference;
    });
  }
  return largest;
}

describe.each(['1.7.6', '2.1.4', '3.2.0'])('models of XGBoost %s', (version) => {
  const { cases, rows, columns, version: recorded } = answersOf(version);

  test('were made by it', () => expect(recorded).toBe(version));

  describe.each(cases)('$name', ({ form, table, model: base64, rows: own, ...answers }) => {
    const bytes = Buffer.from(base64, 'base64');
    const model = readImportedModel(bytes);
    const data = Float64Array.from([...(rows[table] as number[]), ...own], (value) => value ?? Number.NaN);
    const width = columns[table] as number;
    const x: Matrix = { rows: data.length / width, columns: width, data };
    const state = stateOf(model);

    test('is what it is', () => {
      expect(bytes.subarray(0, 2).toString()).toBe(form === 'ubj' ? '{L' : '{"');
      expect(model.format).toMatchObject({ name: 'XGBoost', version });
      expect(model.features.length).toBe(width);
    });

    test('predicts the same', () => {
      expect(largestDifference(sumsOf(state, x, 1), answers.margins, state.bases.length)).toBeLessThan(1e-6);
      const { objective } = model.format;
      const { values, outputs } = predict(state, x);
      if (objective === 'binary:logitraw') return;
      if (objective !== 'multi:softmax')
        return expect(largestDifference(values, answers.predictions)).toBeLessThan(1e-6);
      const labels = answers.predictions.map((_, row) => {
        const own = values.subarray(row * outputs, (row + 1) * outputs);
        return own.indexOf(Math.max(...own));
      });
      expect(labels).toEqual(answers.predictions);
    });

    test('explains the same', () => {
      const explained = contributions?.({ ...state, link: state.link === 'softmax' ? 'softmax' : 'identity' }, x);
      if (!explained) throw new Error('it is not explained');
      const outputs = explained.outputs;
      const all = Array.from({ length: x.rows * outputs }, (_, at) => [
        ...explained.values.subarray(at * width, (at + 1) * width),
        explained.bases[at % outputs] as number,
      ]).flat();
      expect(largestDifference(all, answers.contributions, width + 1)).toBeLessThan(1e-6);
    });
  });
});

describe('a file that is damaged', () => {
  const { cases } = answersOf('3.2.0');
  const bytesOf = (name: string) =>
    new Uint8Array(Buffer.from(cases.find((each) => each.name === name)?.model ?? '', 'base64'));

  test.each(['dart', 'dart of three', 'categories, partitions', 'linear', 'categories, one-hot'])(
    'is refused, or a model that predicts: %s',
    (name) => readDamaged(bytesOf(name)),
  );

  test('is refused where lists claim to be longer than the file', () => {
    const bytes = bytesOf('dart');
    const at = Buffer.from(bytes).indexOf('base_weights') + 'base_weights'.length;
    expect(Buffer.from(bytes.subarray(at, at + 5)).toString()).toBe('[$d#L');
    const changed = bytes.slice();
    changed.set([0, 0, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff], at + 5);
    expect(() => readImportedModel(changed)).toThrow(DataError);
    expect(() => readImportedModel(changed)).toThrow(/a length of 1\d+, where \d+ bytes are left/);
  });

  test('means nothing by the names of JavaScript', () => {
    const json = JSON.parse(Buffer.from(bytesOf('dart of three')).toString());
    const without = (change: (json: { learner: Record<string, unknown> }) => void) => {
      const copy = structuredClone(json);
      change(copy);
      return () => readImportedModel(Buffer.from(JSON.stringify(copy)));
    };
    expect(without(({ learner }) => delete learner.objective)).toThrow('model.learner has no objective');
    const proto = JSON.stringify(json).replace('"objective":', '"__proto__":');
    expect(() => readImportedModel(Buffer.from(proto))).toThrow('model.learner has no objective');
  });
});
