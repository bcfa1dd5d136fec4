import { describe, expect, it } from 'vitest';
import { DataError } from '../../../../../ml/core/errors.ts';
import { readImportedModel } from '../../../../../ml/estimators/import/formats.ts';
import { answersOf, askedRows, largestDifference, modelBytes } from '../answers.ts';
import { readDamaged } from '../damage.ts';
import { evaluate } from '../evaluate.ts';

const read = (name: string) => readImportedModel(modelBytes(`onnx/${name}.onnx`));

describe('models of ONNX-ML', () => {
  it.each(Object.entries(answersOf('onnx')))('predict what onnxruntime does: %s', (name, expected) => {
    const model = read(name);
    const predicted = evaluate(model, askedRows(model));
    expect(largestDifference(predicted, expected)).toBeLessThan(1e-6);
    expect(expected.filter((answer) => answer !== null).length).toBeGreaterThan(60);
  });

  it.each(Object.entries(answersOf('onnx', 'usual-answers.json')))(
    'and what scikit-learn does: %s',
    (name, expected) => {
      const model = read(name);
      const predicted = evaluate(model, askedRows(model, 80)).slice(0, expected.length);
      expect(largestDifference(predicted, expected)).toBeLessThan(1e-6);
    },
  );

  it.each([
    ['two-targets', /2 numbers/],
    ['raw-scores', /raw_scores/],
  ])('that cannot be imported are refused: %s', (name, message) => {
    expect(() => read(name)).toThrow(message);
    expect(() => read(name)).toThrow(DataError);
  });

  it.each(['tree', 'forest-classes', 'logistic-double', 'columns-logistic', 'columns-forest', 'version-5'])(
    'that are cut off or changed are refused, or predict: %s',
    (name) => {
      readDamaged(modelBytes(`onnx/${name}.onnx`));
    },
  );
});
