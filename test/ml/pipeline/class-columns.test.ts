import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { headerKey } from '../../../ml/data/header-key.ts';
import { classColumns, probabilityColumns, setText } from '../../../ml/pipeline/class-columns.ts';

describe('the columns of probabilities', () => {
  test.each([
    [
      ['no', 'yes'],
      ['probability_no', 'probability_yes'],
    ],
    [
      ['High school', "bachelor's degree"],
      ['probability_high_school', 'probability_bachelor_s_degree'],
    ],
    [
      ['Müller & Söhne', '匠'],
      ['probability_müller_söhne', 'probability_匠'],
    ],
    // What signs alone tell apart has its place in the declaration.
    [
      ['<=50K', '>50K'],
      ['probability_50k_1', 'probability_50k_2'],
    ],
    [
      ['-1', '0', '1'],
      ['probability_1_1', 'probability_0', 'probability_1_3'],
    ],
    [
      ['?', '!', 'a'],
      ['probability_1', 'probability_2', 'probability_a'],
    ],
    [
      ['a b', 'a-b', 'ab'],
      ['probability_a_b_1', 'probability_a_b_2', 'probability_ab_3'],
    ],
    // A place may make a name that another level has.
    [
      ['x', 'X', 'x 2'],
      ['probability_x_1', 'probability_x_2', 'probability_x_2_2'],
    ],
    [
      ['__proto__', 'constructor'],
      ['probability_proto', 'probability_constructor'],
    ],
  ])('of %j are called %j', (levels, names) => {
    expect(probabilityColumns(levels)).toEqual(names);
  });

  test('read differently from each other whatever the levels are', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 12 }), (levels) => {
        const keys = probabilityColumns(levels).map(headerKey);
        expect(new Set(keys).size).toBe(levels.length);
      }),
    );
  });
});

test('a row has its most probable level, and every probability to its last digit', () => {
  const { cellsOf, names } = classColumns(['no', 'yes']);
  const values = Float64Array.of(0.1 + 0.2, 1 - (0.1 + 0.2), 0.5, 0.5);
  expect(names).toEqual(['prediction', 'probability_no', 'probability_yes']);
  expect(cellsOf(undefined, { rows: 2, outputs: 2, values })).toEqual([
    ['yes', '0.30000000000000004', '0.7'],
    ['no', '0.5', '0.5'],
  ]);
});

test.each([
  [['yes'], 'yes'],
  [['no', 'yes'], 'no; yes'],
  [['a, b', 'c'], 'a, b; c'],
  [['a; b', 'c'], '"a; b"; c'],
  [['"a"', 'b'], '"\\"a\\""; b'],
])('the set %j is written as %s', (set, text) => {
  expect(setText(set)).toBe(text);
});
