import { describe, expect, test } from 'vitest';
import { checkDeclaration } from '../../../../ml/data/declaration.ts';
import type { ImportedFeature } from '../../../../ml/estimators/import/imported-model.ts';
import { matchFeatures } from '../../../../ml/pipeline/import/match-features.ts';

const declaration = checkDeclaration({
  name: 'people',
  title: 'People',
  file: 'people.csv',
  target: 'income',
  columns: [
    { kind: 'categorical', name: 'work', title: 'Work', levels: ['private', 'state', 'café'] },
    { kind: 'numeric', name: 'income', title: 'Income' },
  ],
});

/** A category of which the file lists texts, whose codes are their places. */
function category(...levels: string[]): ImportedFeature {
  const code = (text: string) => (levels.includes(text) ? levels.indexOf(text) : null);
  return { name: 'work', kind: 'category', levels, codeOf: code };
}

const codesOf = (...levels: string[]) => {
  const [matched] = matchFeatures([category(...levels)], declaration);
  return { codes: matched?.source.as === 'code' ? [...matched.source.codes] : undefined, how: matched?.how };
};

describe('texts of a model that cells have otherwise', () => {
  test('are the levels without the spaces around, however accents are written', () => {
    expect(codesOf(' state', ' private ', 'cafe\u0301')).toEqual({
      codes: [1, 0, 2],
      how: 'by the texts that the file has; cells have " state", " private " without the spaces around',
    });
  });

  test('give way to the level itself where the model knows both', () => {
    expect(codesOf(' private', 'state', 'private', '  private')).toEqual({
      codes: [2, 1, -1],
      how: 'by the texts that the file has; it has not seen café; cells have " private", "  private" without the spaces around',
    });
  });

  test('are found in the names of 0/1 columns too', () => {
    const features = ['work_ private', 'work= state', 'work_café '].map((name) => ({ name, kind: 'number' as const }));
    const matched = matchFeatures(features, declaration);
    expect(matched.map(({ how }) => how)).toEqual(
      ['private', 'state', 'café'].map((level) => `1 where it is ${level}, else 0`),
    );
  });

  test('are refused where two 0/1 columns are one level', () => {
    const features = ['work_ private', 'work_private'].map((name) => ({ name, kind: 'number' as const }));
    expect(() => matchFeatures(features, declaration)).toThrow(
      /features work_ private and work_private are the same of the column work/,
    );
  });
});
