import { expect, test } from 'vitest';
import { decisionTable } from '../../cli/init/decision-table.ts';
import { wrapText } from '../../cli/wrap-text.ts';
import type { Decision } from '../../ml/data/inference/decision.ts';

const decisions: Decision[] = [
  { column: 'price', header: 'Price', kind: 'numeric', role: 'target', reason: 'numbers from 1 to 5', look: [] },
  {
    column: 'a_very_long_name_of_a_column_of_texts',
    header: 'x',
    kind: 'categorical',
    role: null,
    reason: '30 different texts; 12 rare ones, 3 % of the rows, are "other"',
    look: ['something'],
  },
];

test('decisions are a table where there is room', () => {
  expect(decisionTable(decisions, 84).split('\n')).toEqual([
    'column                            kind             why',
    'price                             numeric, target  numbers from 1 to 5',
    'a_very_long_name_of_a_column_of_texts *',
    '                                  categorical      30 different texts; 12 rare ones,',
    '                                                   3 % of the rows, are "other"',
  ]);
});

test('and stand one below the other where there is not', () => {
  expect(decisionTable(decisions, 40).split('\n')).toEqual([
    'price: numeric, target',
    '  numbers from 1 to 5',
    'a_very_long_name_of_a_column_of_texts *: categorical',
    '  30 different texts; 12 rare ones, 3 %',
    '  of the rows, are "other"',
  ]);
});

test('no line of wrapped text is longer than it may be', () => {
  expect(wrapText('a text of several words, and averyverylongone', 10)).toEqual([
    'a text of',
    'several',
    'words, and',
    'averyverylongone',
  ]);
});
