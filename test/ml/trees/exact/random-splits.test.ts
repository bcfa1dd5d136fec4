import { describe, expect, test } from 'vitest';
import type { Matrix } from '../../../../ml/core/matrix.ts';
import { createRandom } from '../../../../ml/core/random.ts';
import { ClassCriterion } from '../../../../ml/trees/exact/class-criterion.ts';
import type { Criterion } from '../../../../ml/trees/exact/criterion.ts';
import { MedianCriterion } from '../../../../ml/trees/exact/median-criterion.ts';
import { NodeRows } from '../../../../ml/trees/exact/node-rows.ts';
import { rankColumns } from '../../../../ml/trees/exact/ranks.ts';
import { SumCriterion } from '../../../../ml/trees/exact/sum-criterion.ts';

const ROWS = 40;
const MIN_LEAF = 3;
const random = createRandom(3);
/** A column of a dozen values. */
const x: Matrix = { rows: ROWS, columns: 1, data: Float64Array.from({ length: ROWS }, () => random.below(12)) };
const numbers = Float64Array.from({ length: ROWS }, (_, i) => (x.data[i] as number) + 5 * random.uniform());
const classesOf = (count: number) => Float64Array.from({ length: ROWS }, () => random.below(count));
/** Rows of weight 0 are in no node. */
const weights = Float64Array.from({ length: ROWS }, () => random.below(4));

const criteria: readonly (readonly [string, Float64Array, (rows: NodeRows) => Criterion])[] = [
  ['squared_error', numbers, (rows) => new SumCriterion(rows, MIN_LEAF, 'squared_error')],
  ['poisson', numbers, (rows) => new SumCriterion(rows, MIN_LEAF, 'poisson')],
  ['absolute_error', numbers, (rows) => new MedianCriterion(rows, MIN_LEAF)],
  ['gini of two classes', classesOf(2), (rows) => new SumCriterion(rows, MIN_LEAF, 'gini')],
  ['entropy of two classes', classesOf(2), (rows) => new SumCriterion(rows, MIN_LEAF, 'entropy')],
  ['gini', classesOf(3), (rows) => new ClassCriterion(rows, MIN_LEAF, 'gini', 3)],
  ['entropy', classesOf(3), (rows) => new ClassCriterion(rows, MIN_LEAF, 'entropy', 3)],
];

describe.each(criteria)('%s', (_, y, criterionOf) => {
  test('the best of all single splits is that which a search finds, and one with too few rows on a side is refused', () => {
    const ranks = rankColumns(x);
    const enter = (listedRows: number) => {
      const rows = new NodeRows(ranks, listedRows);
      const criterion = criterionOf(rows);
      criterion.begin({ y, weights });
      criterion.enter(0, rows.begin(weights, y));
      return { rows, criterion };
    };
    const { criterion: searched } = enter(Infinity);
    expect(searched.tryColumn(0)).toBe(true);
    const { rows, criterion } = enter(0);
    const size = weights.filter((weight) => weight > 0).length;
    const scores = Array.from({ length: 12 }, (_, rank) => {
      const left = rows.rows.subarray(0, size).filter((row) => (ranks.ranks[row] as number) <= rank).length;
      const score = criterion.scoreUpTo(0, (ranks.least[0] as Float32Array)[rank] as number);
      if (left < MIN_LEAF || size - left < MIN_LEAF) expect(score).toBe(-Infinity);
      return score;
    });
    expect(Math.max(...scores)).toBeCloseTo(searched.best.score, 9);
    expect(scores[searched.best.lowerRank]).toBeCloseTo(searched.best.score, 9);
  });
});
