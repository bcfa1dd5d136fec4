// Whether intervals hold as often as they say on real tables, which no line or distribution made: by repeated splits.

import { expect, test } from 'vitest';
import { createRandom, permutation } from '../../../ml/core/random.ts';
import { takeRows } from '../../../ml/data/table.ts';
import { fitDomain } from '../../../ml/explain/domain.ts';
import { outsideFinder } from '../../../ml/explain/outside.ts';
import { coverage, withIntervals } from './cross-validated.ts';
import { readRealTable, realTables } from './real-tables.ts';

const SPLITS = 10;

const models = {
  linear: {},
  random_forest: { params: { n_estimators: 30 } },
  gradient_boosting: { bagged: true, params: { n_estimators: 30 } },
};

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test.each(Object.keys(realTables))('%s', async (name) => {
  const { declaration } = realTables[name] as (typeof realTables)[string];
  const table = await readRealTable(realTables[name] as (typeof realTables)[string]);
  const splits = Array.from({ length: SPLITS }, (_, seed) => {
    const order = permutation(table.rows, createRandom(seed));
    const held = Math.floor(table.rows / 4);
    return {
      seed,
      fresh: takeRows(table, order.slice(0, held).sort()),
      // Enough to learn from, for a test that takes seconds.
      train: takeRows(table, order.slice(held, held + 600).sort()),
    };
  });
  for (const [estimator, how] of Object.entries(models)) {
    const shares = splits.map(({ seed, train, fresh }) => {
      const { boundsOf } = withIntervals({ declaration, train, unseen: fresh, seed, estimator, ...how });
      return coverage(boundsOf(fresh), fresh, declaration.target);
    });
    expect(mean(shares), estimator).toBeGreaterThan(0.88);
    expect(mean(shares), estimator).toBeLessThan(0.93);
  }
  const lonely = splits.map(({ seed, train, fresh }) => {
    const outside = outsideFinder(fitDomain(declaration, train, seed), declaration)(fresh);
    return outside.filter((each) => each.some(({ reason }) => reason === 'few-neighbours')).length / fresh.rows;
  });
  expect(mean(lonely)).toBeLessThan(0.025);
});
