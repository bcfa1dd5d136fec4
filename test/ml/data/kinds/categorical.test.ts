import { expect, test } from 'vitest';
import { columnSchema, type FeatureColumn, featureKindOf } from '../../../../ml/data/kinds/index.ts';

type CategoricalColumn = Extract<FeatureColumn, { kind: 'categorical' }>;

const column = (rest: Partial<CategoricalColumn> = {}): CategoricalColumn => ({
  name: 'make',
  title: 'Make',
  kind: 'categorical',
  levels: ['Fiat', 'Opel', 'other'],
  ...rest,
});
const reads = (given: CategoricalColumn, purpose: 'training' | 'serving') => {
  const { parser, valueReader } = featureKindOf(given);
  return (text: string) => {
    const [cell, value] = [parser({ purpose })(text), valueReader({ purpose })(text)];
    expect(value).toBe(cell);
    return cell;
  };
};

test('a text that is not listed is refused, unless another level stands for it', () => {
  expect(reads(column(), 'training')('Lada')).toBeUndefined();
  expect(reads(column({ other: 'other' }), 'training')('Lada')).toBe(2);
  expect(reads(column({ other: 'other' }), 'serving')('Lada')).toBeUndefined();
  expect(reads(column({ other: 'other', unseen: 'refuse' }), 'serving')('Lada')).toBeUndefined();
  expect(reads(column({ other: 'other', unseen: 'other' }), 'serving')('Lada')).toBe(2);
  expect(reads(column({ other: 'other', unseen: 'other' }), 'serving')('Opel')).toBe(1);
});

test('what is not known is not another level', () => {
  const { parser, valueReader, unlisted } = featureKindOf(column({ other: 'other', unseen: 'other' }));
  const reading = { missing: ['NA'], purpose: 'serving' } as const;
  expect(['', '  ', 'NA', ' NA '].map(parser(reading))).toEqual([NaN, NaN, NaN, NaN]);
  expect(valueReader(reading)('NA')).toBeNaN();
  for (const value of ['', ' ', 3, true, ['Opel'], {}]) expect(valueReader(reading)(value)).toBeUndefined();
  expect(['NA', 'Opel', '', null, 'Lada'].map(unlisted?.(reading) ?? String)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    'Lada is not listed, and is taken as other',
  ]);
});

test('where any text is taken, that is said', () => {
  expect(featureKindOf(column()).allowed()).toBe('one of: Fiat, Opel, other');
  expect(featureKindOf(column({ other: 'other', unseen: 'other' })).allowed()).toBe(
    'one of: Fiat, Opel, other, or any other text, as other',
  );
});

test.each([
  [{ other: 'Lada' }, 'other', 'must be one of the levels'],
  [{ unseen: 'other' } as const, 'unseen', 'needs "other", the level that such a text is read as'],
])('%j is refused', (rest, at, message) => {
  expect(columnSchema.safeParse(column(rest)).error?.issues).toMatchObject([{ path: [at], message }]);
});
