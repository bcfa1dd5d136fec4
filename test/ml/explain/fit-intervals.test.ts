import { describe, expect, test } from 'vitest';
import type { Declaration } from '../../../ml/data/declaration.ts';
import { takeRows } from '../../../ml/data/table.ts';
import { fitIntervals } from '../../../ml/explain/fit-intervals.ts';
import { coverage, crossValidate, meanWidth, withIntervals } from './cross-validated.ts';
import { noisy, noisyRows, rowsWhere } from './noisy-rows.ts';

/** The declaration with roles, and without the columns that have none. */
function withRoles(roles: Partial<Pick<Declaration, 'group' | 'time' | 'weight'>>): Declaration {
  const unused = (['group', 'time', 'weight'] as const).filter((role) => !(role in roles));
  const names = unused.map((role) => (role === 'weight' ? 'w' : role));
  return { ...noisy, ...roles, columns: noisy.columns.filter(({ name }) => !names.some((unused) => unused === name)) };
}

const even = { noise: (_: unknown, normal: () => number) => 2 * normal() };
/** Noise that grows tenfold with x. */
const uneven = { noise: ({ x }: { x: number }, normal: () => number) => (0.5 + 0.5 * x) * normal() };

describe('scaled residuals', () => {
  const declaration = withRoles({});

  test('are taken where the model is surer of some rows, whose intervals are narrower, and hold as often', () => {
    for (const bagged of [false, true]) {
      const estimator = bagged ? 'gradient_boosting' : 'linear';
      const { intervals, boundsOf } = withIntervals({
        declaration,
        train: noisyRows(1000, 1, uneven),
        unseen: noisyRows(250, 3, uneven),
        estimator,
        params: bagged ? { n_estimators: 40 } : {},
        bagged,
      });
      expect(intervals.scale).not.toBeNull();
      const fresh = noisyRows(4000, 2, uneven);
      const sure = takeRows(
        fresh,
        rowsWhere(fresh, (x) => x < 3),
      );
      const unsure = takeRows(
        fresh,
        rowsWhere(fresh, (x) => x > 7),
      );
      expect(meanWidth(boundsOf(sure))).toBeLessThan(0.5 * meanWidth(boundsOf(unsure)));
      for (const some of [sure, unsure, fresh]) {
        expect(coverage(boundsOf(some), some, 'y')).toBeGreaterThan(0.86);
        expect(coverage(boundsOf(some), some, 'y')).toBeLessThan(0.95);
      }
    }
  });

  test('are not taken where it is as sure of all: of the intervals of twenty tables two at most are scaled', () => {
    const scaled = Array.from({ length: 20 }, (_, seed) =>
      withIntervals({ declaration, train: noisyRows(300, seed, even), estimator: 'linear' }),
    ).filter(({ intervals }) => intervals.scale !== null);
    expect(scaled.length).toBeLessThanOrEqual(2);
  });

  test('are the same however often they are learned', () => {
    const wanted = { declaration, train: noisyRows(400, 5, uneven), estimator: 'linear' };
    expect(withIntervals(wanted).intervals).toEqual(withIntervals(wanted).intervals);
  });
});

describe('intervals', () => {
  test('have one list of a model that was fitted on all rows, and one for each fold of one that is their mean', () => {
    const declaration = withRoles({});
    const train = noisyRows(90, 1, even);
    const lists = (bagged: boolean, repeats: number) =>
      withIntervals({ declaration, train, estimator: 'decision_tree', bagged, repeats }).intervals.lists;
    expect(lists(false, 2).map(({ parts, residuals }) => [parts, residuals.length])).toEqual([[[-1], 180]]);
    expect(lists(true, 2).map(({ parts, residuals }) => [parts, residuals.length])).toEqual(
      Array.from({ length: 10 }, (_, fold) => [[fold], 18]),
    );
  });

  test('count a row once, however many repeats hold it', () => {
    const declaration = withRoles({});
    const train = noisyRows(60, 1, even);
    const rows = [1, 3].map(
      (repeats) => withIntervals({ declaration, train, estimator: 'linear', repeats }).intervals.rows,
    );
    expect(rows).toEqual([60, 60]);
  });

  test('are unknown where there are fewer than 19 rows', () => {
    const declaration = withRoles({});
    const intervalsOf = (rows: number) => {
      const train = noisyRows(rows, 1, even);
      const { model, crossValidated } = crossValidate({ declaration, train, estimator: 'linear' });
      return fitIntervals(model, crossValidated, { declaration, train, unseen: train, seed: 1 });
    };
    expect(intervalsOf(18)).toBeNull();
    expect(intervalsOf(19)).not.toBeNull();
  });

  test('follow the weights of rows: those of kind b are noisy, and count little', () => {
    const noise = ({ kind }: { kind: number }, normal: () => number) => (kind === 1 ? 20 : 1) * normal();
    const weight = ({ kind }: { kind: number }) => (kind === 1 ? 0.001 : 1);
    const fresh = noisyRows(400, 2, { noise, weight });
    const width = (declaration: Declaration) => {
      const { intervals, boundsOf } = withIntervals({
        declaration,
        train: noisyRows(240, 1, { noise, weight }),
        estimator: 'linear',
      });
      return { rows: intervals.rows, width: meanWidth(boundsOf(fresh)) };
    };
    const counted = width(withRoles({ weight: 'w' }));
    const same = width(withRoles({}));
    expect(counted.width).toBeLessThan(0.2 * same.width);
    expect(same.rows).toBe(240);
    expect(counted.rows).toBeLessThan(150);
  });

  test('hold for other groups than those learned from, where rows of a group are alike', () => {
    const offsets = (normal: () => number, row: number, groups: Map<number, number>) => {
      const group = row % 60;
      if (!groups.has(group)) groups.set(group, 10 * normal());
      return groups.get(group) as number;
    };
    const rows = (seed: number) => {
      const groups = new Map<number, number>();
      const noise = ({ row }: { row: number }, normal: () => number) => offsets(normal, row, groups) + normal();
      return noisyRows(600, seed, { noise, group: (row) => row % 60 });
    };
    const [declared, undeclared] = [withRoles({ group: 'group' }), noisy].map((declaration) => {
      // Without the declaration the group is a feature, by which a model knows the rows of its own.
      const { boundsOf } = withIntervals({
        declaration,
        train: rows(1),
        estimator: 'random_forest',
        params: { n_estimators: 20 },
      });
      const shares = [11, 12, 13, 14].map((seed) => coverage(boundsOf(rows(seed)), rows(seed), 'y'));
      return shares.reduce((sum, share) => sum + share, 0) / shares.length;
    });
    expect(declared).toBeGreaterThan(0.84);
    expect(undeclared).toBeLessThan(0.82);
  });

  test('in time come from what later rows were off, and the first rows, which no fold holds, do not count', () => {
    const declaration = withRoles({ time: 'time' });
    const train = noisyRows(120, 1, even);
    const { intervals } = withIntervals({ declaration, train, estimator: 'linear' });
    expect(intervals.rows).toBe(100);
  });
});

test('a prediction that is not finite has no interval, and keeps no other row from its own', () => {
  const declaration = withRoles({});
  const train = noisyRows(1000, 1, uneven);
  const { intervals, boundsOf } = withIntervals({ declaration, train, estimator: 'linear' });
  expect(intervals.scale).not.toBeNull();
  const fresh = noisyRows(3, 2, uneven);
  const x = fresh.columns.get('x')?.slice() as Float64Array;
  x[1] = 1e308;
  const { low, high, predictions } = boundsOf({ ...fresh, columns: new Map([...fresh.columns, ['x', x]]) });
  expect(predictions[1]).toBe(Infinity);
  expect([...low, ...high].map(Number.isFinite)).toEqual([true, false, true, true, false, true]);
  expect(boundsOf(fresh).low[0]).toBe(low[0]);
});
