import { expect, test } from 'vitest';
import { DataError } from '../../../ml/core/errors.ts';
import type { Declaration } from '../../../ml/data/declaration.ts';
import { ingest } from '../../../ml/data/ingest.ts';
import { checkGivenSplit } from '../../../ml/selection/check-given-split.ts';
import { splitByRows } from '../../../ml/selection/split.ts';
import { panel, panelHeader } from '../../panel.ts';
import { temporaryFile } from '../../temporary.ts';

// The third row of the file has no revenue.
const rows = [
  'a,2024-01-01',
  'b,2024-01-01',
  'a,2024-01-01',
  'a,2024-02-01',
  'b,2024-03-01',
  ',2024-04-01',
  ',2024-04-01',
];
const lines = rows.map((row, i) => `${row},50,yes,${i === 2 ? '' : 100 + i}`);

/** Checks that some rows of the file are held out. */
async function checker(declaration: Declaration) {
  const data = await ingest(temporaryFile([panelHeader, ...lines, ''].join('\n')), panel);
  return (held: readonly number[]) => () => checkGivenSplit(splitByRows(data, held), data, declaration);
}
const { group, time, ...neither } = panel;

test('rows that split a group are refused, by the numbers that they have in the file', async () => {
  const check = await checker({ ...neither, group });
  expect(check([4])).toThrow(DataError);
  expect(check([4])).toThrow(
    'the holdout rows split a group: row 4 (shop b) is held out, and row 1 of the same shop is learned from; ' +
      'hold out all rows of a shop or none (leave --holdout-rows out, and the rows are held out so)',
  );
  expect(check([1, 3])).toThrow('the holdout rows split 2 groups: row 1 (shop b) is held out, and row 4 of');
  expect(check([1, 4])).not.toThrow();
  // Rows without a group belong to none.
  expect(check([5])).not.toThrow();
});

test('rows that are not later than those to learn from are refused', async () => {
  const check = await checker({ ...neither, time });
  expect(check([3, 5, 6])).toThrow(
    'the holdout rows are not later than all others: row 3 (month 2024-02-01) is held out, and row 4 (month 2024-03-01) ' +
      'is learned from, which is as late; hold out the latest rows',
  );
  expect(check([5])).toThrow('row 6 (month 2024-04-01) is learned from');
  expect(check([0])).toThrow('row 1 (month 2024-01-01) is learned from, like 4 more that are as late');
  expect(check([4, 5, 6])).not.toThrow();
});

test('without a group and a time any rows may be held out', async () => {
  const check = await checker(neither);
  expect(check([0, 4])).not.toThrow();
});
