import { describe, expect, it } from 'vitest';
import { DataError } from '../../../../../ml/core/errors.ts';
import { readImportedModel } from '../../../../../ml/estimators/import/formats.ts';
import { answersOf, askedRows, largestDifference, modelBytes } from '../answers.ts';
import { readDamaged } from '../damage.ts';
import { evaluate, explain } from '../evaluate.ts';

const read = (name: string) => readImportedModel(modelBytes(`catboost/${name}.json`));

describe('models of CatBoost', () => {
  it.each(Object.entries(answersOf('catboost')))('predict what CatBoost does: %s', (name, expected) => {
    const model = read(name);
    const predicted = evaluate(model, askedRows(model));
    expect(largestDifference(predicted, expected, name === 'one-vs-all')).toBeLessThan(1e-9);
  });

  it.each(Object.entries(answersOf('catboost', 'contributions.json')))(
    'are explained as CatBoost does: %s',
    (name, expected) => {
      const model = read(name);
      const explained = explain(model, askedRows(model));
      expect(largestDifference(explained, expected)).toBeLessThan(1e-6);
    },
  );

  it.each([
    ['lossguide', /SymmetricTree/],
    ['two-targets', /MultiRMSE/],
    ['uncertainty', /RMSEWithUncertainty/],
    ['rank', /QuerySoftMax/],
  ])('that cannot be imported are refused by name: %s', (name, message) => {
    expect(() => read(name)).toThrow(message);
    expect(() => read(name)).toThrow(DataError);
  });

  it('name their classes', () => {
    expect(read('texts-of-classes').classes).toEqual(['no', 'yes']);
    expect(read('multiclass-texts').classes).toEqual(['a', 'b', 'c']);
    expect(read('multiclass').classes).toEqual(['0', '1', '2']);
    expect(read('numbers').classes).toBeNull();
  });

  it.each(['combinations', 'numbers-multiclass'])('that are cut off or changed are refused, or predict: %s', (name) => {
    readDamaged(modelBytes(`catboost/${name}.json`));
  });
});
