import { expect, test } from 'vitest';
import { amountOf, withUnit, withUnits } from '../../../../ml/data/kinds/with-unit.ts';

test.each([
  [{}, '12.5', '5 to 12.5'],
  [{ unit: 'kg' }, '12.5 kg', '5 to 12.5 kg'],
  // Declared by hand: nothing stands before the numbers.
  [{ unit: '€' }, '12.5 €', '5 to 12.5 €'],
  [{ unit: '€', suffix: '€' }, '12.5 €', '5 to 12.5 €'],
  [{ unit: '$', prefix: '$' }, '$12.5', '$5 to $12.5'],
  [{ unit: '€', prefix: 'EUR' }, '€12.5', '€5 to €12.5'],
  [{ unit: 'CHF', prefix: 'CHF' }, 'CHF\u00a012.5', 'CHF\u00a05 to CHF\u00a012.5'],
  // A sign of about says nothing of the unit.
  [{ unit: 'kg', prefix: '~' }, '12.5 kg', '5 to 12.5 kg'],
])('%o: %s, %s', (column, number, range) => {
  expect(withUnit('12.5', column)).toBe(number);
  expect(withUnits(['5', '12.5'], column).join(' to ')).toBe(range);
  const { before, number: digits, behind } = amountOf('12.5', column);
  expect(before + [digits, behind].filter((part) => part !== '').join(' ')).toBe(number);
});

test('a sign stands before both', () => {
  expect(withUnit('-1,200', { unit: '$', prefix: '$' })).toBe('-$1,200');
  expect(withUnit('−3', { unit: '£', prefix: '£' })).toBe('−£3');
  expect(amountOf('−3', { unit: '£', prefix: '£' })).toEqual({ before: '−£', number: '3', behind: '' });
});
