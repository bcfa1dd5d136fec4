import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FeatureColumn, featuresOf } from '../../../ml/data/declaration.ts';
import { featureKindOf } from '../../../ml/data/kinds/index.ts';
import { numberFrom } from '../../../ml/data/number-from.ts';
import { type FeatureRecord, recordChecker, recordEncoder, recordFromTexts } from '../../../ml/data/record.ts';
import { RecordIssues } from '../../../ml/data/record-issues.ts';
import { houses } from '../../houses.ts';

test.each([
  ['1', 1],
  ['-1.5', -1.5],
  ['+.5', 0.5],
  ['1e3', 1000],
  ['1,000', undefined],
  ['0x10', undefined],
  ['Infinity', undefined],
  ['NaN', undefined],
  ['1 2', undefined],
  ['', undefined],
])('%j as a number', (text, value) => {
  expect(numberFrom(text)).toBe(value);
});

const others: readonly FeatureColumn[] = [
  { name: 'sold', title: 'Sold', kind: 'date', min: '2020-01-01' },
  { name: 'seen', title: 'Seen', kind: 'date', format: 'date-time' },
  { name: 'made', title: 'Made', kind: 'date', format: 'D/M/YYYY' },
  { name: 'sunny', title: 'Sunny', kind: 'yes_no', yes: '1', no: '0', no_texts: ['none'] },
  { name: 'fuel', title: 'Fuel', kind: 'categorical', levels: ['gas', 'other'], other: 'other', unseen: 'other' },
];
const column = fc.constantFrom(...featuresOf(houses), ...others);
const text = fc.oneof(
  fc.string(),
  fc.double({ noNaN: true }).map(String),
  fc.integer({ min: -5, max: 600 }).map(String),
  fc.constantFrom('gas', 'none', ' heat pump', 'Gas'),
  fc.constantFrom(
    '2024-02-29',
    '2023-02-29',
    ' 2019-12-31',
    '2024-01-31T09:30',
    '2024-01-31 09:30:00.25+02:00',
    '2024-1-1',
    '31/1/2024',
    'true',
  ),
);

test('a CSV cell and a form field with the same text are allowed or refused alike, and mean the same', () => {
  fc.assert(
    fc.property(column, text, (column, text) => {
      fc.pre(text.trim() !== '');
      const fromCsv = featureKindOf(column).parser({ purpose: 'serving' })(text);
      const record: unknown = recordFromTexts([column], { [column.name]: text });
      const right = recordChecker([column])(record, new RecordIssues());
      expect(right).toBe(fromCsv !== undefined);
      if (right) expect(recordEncoder([column])([record as FeatureRecord]).columns.get(column.name)?.[0]).toBe(fromCsv);
    }),
    { numRuns: 2000 },
  );
});
