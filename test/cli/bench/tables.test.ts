import { expect, test } from 'vitest';
import { rowOf } from '../../../bench/table.ts';
import { printRows } from '../../../cli/bench/tables.ts';

const named = { work: 'knn', unit: 'ms', target: 0.5 };

test('the table says what was not measured, and what fails', () => {
  const text = printRows([rowOf(named, 0.4, null), rowOf({ ...named, work: 'linear' }, 4, 2)]);
  expect(text.split('\n')).toEqual([
    'work    unit  ours  theirs  ratio  target  holds',
    'knn     ms     0.4       –      –   ≤ 0.5  not measured',
    'linear  ms       4       2      2   ≤ 0.5  NO',
  ]);
});
