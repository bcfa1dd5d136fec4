import { expect, test } from 'vitest';
import { formatExact, formatRounded } from '../../../ml/core/format-number.ts';

test.each([
  [0, '0'],
  [0.1, '0.1'],
  [0.1 + 0.2, '0.30000000000000004'],
  [-3610000, '-3,610,000'],
  [1234567.25, '1,234,567.25'],
  [0.0001, '0.0001'],
  [0.00001, '1 × 10⁻⁵'],
  [1.7e308, '1.7 × 10³⁰⁸'],
  [-5e-324, '-5 × 10⁻³²⁴'],
  [999_999_999_999_999, '999,999,999,999,999'],
])('exactly, %s is %s', (value, text) => {
  expect(formatExact(value)).toBe(text);
});

test.each([
  [0, '0'],
  [95.44, '95.4'],
  [0.01234, '0.0123'],
  [3610000.4, '3,610,000'],
  [43152, '43,152'],
  [9.954e-10, '9.95 × 10⁻¹⁰'],
  [-1e-7, '-1 × 10⁻⁷'],
  [2.5e20, '2.5 × 10²⁰'],
])('rounded, %s is %s', (value, text) => {
  expect(formatRounded(value)).toBe(text);
});
