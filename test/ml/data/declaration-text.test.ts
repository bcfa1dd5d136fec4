import fc from 'fast-check';
import { expect, it } from 'vitest';
import { declarationText } from '../../../ml/data/declaration-text.ts';

it('has a line for each field and column, as far as there is room', () => {
  const levels = Array.from({ length: 40 }, (_, i) => `level ${i}`);
  const text = declarationText({
    name: 'cars',
    missing: ['NA', '?'],
    columns: [
      { name: 'price', kind: 'numeric', min: 0 },
      { name: 'make', kind: 'categorical', levels },
    ],
  });
  expect(text.split('\n').slice(0, 8)).toEqual([
    '{',
    '  "name": "cars",',
    '  "missing": ["NA", "?"],',
    '  "columns": [',
    '    { "name": "price", "kind": "numeric", "min": 0 },',
    '    {',
    '      "name": "make",',
    '      "kind": "categorical",',
  ]);
  expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(120);
});

it('is the JSON of what it is given', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      expect(JSON.parse(declarationText(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
