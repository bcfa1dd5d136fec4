// No group and no later row leaks: whatever stands in the rows that a fold must not know of, what is fitted for the rows that
// it holds stays the same, bit by bit.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DataError } from '../../../ml/core/errors.ts';
import { createRandom } from '../../../ml/core/random.ts';
import type { Declaration } from '../../../ml/data/declaration.ts';
import { type Fold, makeFolds } from '../../../ml/data/folds.ts';
import { columnOf, relationsOf, type Table, takeRows } from '../../../ml/data/table.ts';
import { LOG_TARGET } from '../../../ml/features/log-target.ts';
import { columnRecipeNames } from '../../../ml/features/recipes/index.ts';
import { type Candidate, candidatesOf } from '../../../ml/selection/candidate.ts';
import { FitRunner } from '../../../ml/selection/fit-job.ts';
import { splitBySeed } from '../../../ml/selection/split.ts';
import { panel } from '../../panel.ts';
import { forbiddenRows, relatedRows } from '../core/relations-arbitrary.ts';

const plain = candidatesOf('regression', ['ridge', 'knn', 'xgboost', 'catboost', 'gradient_boosting'], {
  xgboost: { n_estimators: 8, early_stopping_rounds: 2, max_depth: 2 },
  catboost: { iterations: 8, depth: 2, eval_fraction: 0.3, od_wait: 2, one_hot_max_size: 0 },
  gradient_boosting: { n_estimators: 8, n_iter_no_change: 2, max_depth: 2 },
});

const candidates: readonly Candidate[] = [
  ...plain,
  { ...(plain[0] as Candidate), features: [...columnRecipeNames, LOG_TARGET].map((recipe) => ({ recipe })) },
];

/** The panel with a category of more levels. */
const shops: Declaration = {
  ...panel,
  columns: panel.columns.map((column) =>
    column.kind === 'categorical' ? { ...column, levels: ['a', 'b', 'c', 'd', 'e'] } : column,
  ),
};

/** A table of the panel's columns with any values, and another whose rows differ where they are forbidden. */
function tables(rows: number, relations: ReturnType<typeof relationsOf>, seed: number) {
  const random = createRandom(seed);
  const draw = (value: () => number) => Float64Array.from({ length: rows }, value);
  const table: Table = {
    rows,
    columns: new Map([
      ['shop', relations.groups ?? draw(() => Number.NaN)],
      ['month', relations.times ?? draw(() => random.below(40))],
      ['area', draw(() => (random.uniform() < 0.1 ? Number.NaN : 10 + random.below(30)))],
      ['sale', draw(() => random.below(5))],
      ['revenue', draw(() => 100 * random.uniform())],
    ]),
  };
  const changed = (forbidden: ReadonlySet<number>, held: Uint32Array): Table => {
    const isHeld = new Set(held);
    const change = (name: string, value: () => number, keepsHeld: boolean) =>
      columnOf(table, name).map((old, row) => (forbidden.has(row) && !(keepsHeld && isHeld.has(row)) ? value() : old));
    return {
      rows,
      columns: new Map([
        ...table.columns,
        // What is predicted from stays; of the rows that are held only the target may change.
        ['area', change('area', () => 1e3 * random.uniform(), true)],
        ['sale', change('sale', () => random.below(5), true)],
        ['revenue', change('revenue', () => 1e6 * random.uniform(), false)],
      ]),
    };
  };
  return { table, changed };
}

test('what a fold predicts does not depend on rows of the held groups, nor on later ones', () => {
  const fitted = new Map<string, number>();
  fc.assert(
    fc.property(relatedRows(20), fc.nat({ max: 1000 }), ({ rows, relations }, seed) => {
      const declaration = {
        ...shops,
        group: relations.groups && 'shop',
        time: relations.times && 'month',
      };
      const { table, changed } = tables(rows, relations, seed);
      const folds = orNone(() => makeFolds(rows, 3, seed, relationsOf(table, declaration)));
      if (!folds) return;
      const fold = seed % folds.length;
      const { held } = folds[fold] as Fold;
      const other = changed(forbiddenRows(folds[fold] as Fold, rows, relations), held);
      const [one, another] = [table, other].map((train) => new FitRunner({ declaration, train, folds, seed }));
      for (const candidate of candidates) {
        const job = { candidate, fold, threads: 1, keep: true };
        const [result, same] = [one, another].map((runner) => runner?.run(job, () => {}));
        expect(withoutTimings(same)).toEqual(withoutTimings(result));
        if (result?.status === 'predicted') fitted.set(candidate.model, (fitted.get(candidate.model) ?? 0) + 1);
      }
    }),
    { numRuns: 40 },
  );
  // Few problems are too small for a family.
  for (const { model } of candidates) expect(fitted.get(model), model).toBeGreaterThan(15);
});

const withoutTimings = (result: object | undefined) => ({ ...result, fitSeconds: 0, predictSeconds: 0 });

/** What is made of rows, or nothing where all are of one group or time. */
function orNone<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof DataError) return undefined;
    throw error;
  }
}

test('what is refitted does not depend on rows of the held-out groups, nor on later ones', () => {
  fc.assert(
    fc.property(relatedRows(20), fc.nat({ max: 1000 }), ({ rows, relations }, seed) => {
      const declaration = { ...shops, group: relations.groups && 'shop', time: relations.times && 'month' };
      const { table, changed } = tables(rows, relations, seed);
      const split = orNone(() => splitBySeed(rows, seed, relationsOf(table, declaration)));
      if (!split) return;
      const other = changed(forbiddenRows({ learned: split.train, held: split.test }, rows, relations), split.test);
      const fitted = (from: Table) => {
        const context = { declaration, train: takeRows(from, split.train), folds: [], seed };
        const runner = new FitRunner(context);
        return candidates.map((candidate) => runner.run({ candidate, fold: null, threads: 1 }, () => {}));
      };
      expect(fitted(other)).toEqual(fitted(table));
    }),
    { numRuns: 20 },
  );
});
