import { expect, test } from 'vitest';
import { columnOf } from '../../../ml/data/table.ts';
import { planOf } from '../../../ml/selection/plan.ts';
import { readRows } from '../../../ml/selection/rows.ts';
import { choose } from '../../../ml/selection/selection.ts';
import { regression } from '../../../ml/selection/tasks/regression.ts';
import { panel, panelRows, writePanel } from '../../panel.ts';
import { temporaryFolder } from '../../temporary.ts';

/** Rows that no line goes through, some of them with another area and revenue. */
function noisyRows(isChanged: (row: string) => boolean): string[] {
  return panelRows.map((row, i) => {
    const [shop, month, area, sale, revenue] = row.split(',');
    if (isChanged(row)) return [shop, month, 5000 - i, sale, (i * 7919) % 1000].join();
    return [shop, month, area, sale, Number(revenue) + ((i * 29) % 41)].join();
  });
}

test('what a search comes to does not depend on rows that are held out, of their groups, or as late', async () => {
  const plan = planOf('regression', {
    search: 'random',
    trials: 2,
    models: ['ridge', 'decision_tree', 'gradient_boosting'],
  });
  const selected = async (isChanged: (row: string) => boolean) => {
    const dataset = writePanel(temporaryFolder(), panel, noisyRows(isChanged));
    const rows = await readRows({ dataset }, 42);
    const { model, leaderboard, chosen, holdout } = await choose(plan, rows, regression, { seed: 42, workers: 1 });
    return { rows, holdout, learned: { model, leaderboard, chosen } };
  };
  const one = await selected(() => false);
  const { train } = one.rows;
  const months = columnOf(one.rows.all, 'month');
  const last = Math.max(...Array.from(train.chosen ?? [], (row) => months[row] as number));
  const learned = new Set(Array.from(train.chosen ?? [], (row) => panelRows[row]));
  const another = await selected((row) => !learned.has(row));
  // Earlier rows of the shops that are held out are among them, and later ones of the others.
  expect(one.rows.all.rows - train.rows - one.rows.test.rows).toBe(72);
  expect(Array.from(months, (month) => month > last).filter(Boolean)).toHaveLength(40);
  expect(another.learned).toEqual(one.learned);
  expect(another.holdout).not.toEqual(one.holdout);
});
