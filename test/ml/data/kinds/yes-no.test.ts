import { expect, test } from 'vitest';
import { columnSchema, featureKindOf } from '../../../../ml/data/kinds/index.ts';

const column = { name: 'smoker', title: 'Smoker', kind: 'yes_no', yes: 'Y', no: 'N' } as const;

test('is a category of two levels, no and yes, by the texts of the file', () => {
  const { levels, parser, writer, positive } = featureKindOf(column);
  expect(levels).toEqual(['N', 'Y']);
  expect(positive).toBe('Y');
  expect(['N', ' Y ', '', 'yes', 'y'].map(parser({}))).toEqual([0, 1, Number.NaN, undefined, undefined]);
  expect([0, 1].map(writer([]))).toEqual(['N', 'Y']);
});

test('takes further texts, and what JSON has for yes and no', () => {
  const further = { ...column, yes: '1', no: '0', yes_texts: ['Yes', 'YES'], no_texts: ['No'] };
  const { parser, valueReader } = featureKindOf(further);
  expect(['1', 'Yes', 'YES', 'true', '0', 'No', 'false', 'Y'].map(parser({}))).toEqual([
    1,
    1,
    1,
    1,
    0,
    0,
    0,
    undefined,
  ]);
  expect([true, false, 1, 0, '1', 'No', 2, 'Y', '', []].map(valueReader({}))).toEqual([
    ...[1, 0, 1, 0, 1, 0],
    ...[undefined, undefined, undefined, undefined],
  ]);
});

test('a text that the file has for something else means that', () => {
  const { parser } = featureKindOf({ ...column, yes: 'false', no: 'true' });
  expect(['false', 'true'].map(parser({}))).toEqual([1, 0]);
});

test('no text may mean both', () => {
  for (const wrong of [{ no: 'Y' }, { no_texts: ['Y'] }, { yes_texts: ['Y'] }, { yes_texts: ['a'], no_texts: ['a'] }])
    expect(columnSchema.safeParse({ ...column, ...wrong }).error?.issues).toMatchObject([
      { message: expect.stringMatching(/must not name ".*" twice/) },
    ]);
});
