import { describe, expect, it } from 'vitest';
import { DataError } from '../../../../../ml/core/errors.ts';
import { readImportedModel } from '../../../../../ml/estimators/import/formats.ts';
import { answersOf, askedRows, largestDifference, modelBytes } from '../answers.ts';
import { readDamaged } from '../damage.ts';
import { evaluate, explain } from '../evaluate.ts';

const read = (name: string) => readImportedModel(modelBytes(`lightgbm/${name}.txt`));

describe('models of LightGBM', () => {
  const answers = answersOf('lightgbm');

  it.each(Object.entries(answers))('predict what LightGBM does: %s', (name, expected) => {
    const model = read(name);
    const predicted = evaluate(model, askedRows(model));
    expect(largestDifference(predicted, expected, name === 'multiclassova')).toBeLessThan(1e-9);
  });

  it.each(Object.entries(answersOf('lightgbm', 'contributions.json')))(
    'are explained as LightGBM does: %s',
    (name, expected) => {
      const model = read(name);
      const explained = explain(model, askedRows(model));
      expect(largestDifference(explained, expected)).toBeLessThan(1e-6);
    },
  );

  it('whose leaves are linear are refused by name, and ranks too', () => {
    expect(() => read('linear-leaves')).toThrow(/linear_tree/);
    expect(() => read('linear-leaves')).toThrow(DataError);
    expect(() => read('rank')).toThrow(/lambdarank/);
  });

  it('know the texts of categories that pandas had, numbers among them', () => {
    const [colour, , zone] = read('regression').features.filter(({ kind }) => kind === 'category');
    expect(colour?.levels).toEqual(['blue', 'green', 'red', 'señal']);
    expect(['green', 'Green', ''].map((text) => colour?.codeOf?.(text))).toEqual([1, null, null]);
    expect(['7', '7.0', '', '9', 'x'].map((text) => zone?.codeOf?.(text))).toEqual([7, 7, null, null, null]);
    expect(read('codes').features[3]).toEqual({ name: 'zone', kind: 'category' });
  });

  it.each(['multiclass', 'zero-as-missing'])('that are cut off or changed are refused, or predict: %s', (name) => {
    readDamaged(modelBytes(`lightgbm/${name}.txt`));
  });

  it('whose lists claim to be longer than the file are refused', () => {
    const text = new TextDecoder().decode(modelBytes('lightgbm/regression.txt'));
    const refused = (from: RegExp, to: string) => {
      expect(from.test(text)).toBe(true);
      expect(() => readImportedModel(new TextEncoder().encode(text.replace(from, to)))).toThrow(DataError);
    };
    refused(/num_leaves=6/, 'num_leaves=9007199254740991');
    refused(/num_cat=\d+/, 'num_cat=4294967295');
    refused(/max_feature_idx=5/, 'max_feature_idx=9007199254740990');
    refused(/num_tree_per_iteration=1/, 'num_tree_per_iteration=1000000000');
    refused(/left_child=\S+/, 'left_child=0');
    refused(/cat_boundaries=0 \d+/, 'cat_boundaries=0 1000000000');
    refused(/pandas_categorical:.*/, 'pandas_categorical:[["a"]]');
    refused(/version=v4\n/, '');
  });
});
