import { describe, expect, test } from 'vitest';
import type { Chosen } from '../../../ml/selection/chosen.ts';
import type { Evaluated } from '../../../ml/selection/evaluated.ts';
import type { Judged } from '../../../ml/selection/gate.ts';
import * as gate from '../../../ml/selection/gate.ts';
import { regression } from '../../../ml/selection/tasks/regression.ts';

const judge = (judged: Judged) => gate.judge(judged, regression);
const lowerThreshold = (judged: Judged) => gate.lowerThreshold(judged, regression);

const scored = (model: string, r2: number): Evaluated => ({
  status: 'scored',
  model,
  params: {},
  cv: { r2, rmse: 1, mae: 1, r2_sd: 0 },
});
const chosen = (model: string, r2: number): Chosen => ({ model, params: {}, parts: 1, cv: { r2, rmse: 1, mae: 1 } });
const failed = (model: string, reason: string): Evaluated => ({ status: 'failed', model, params: {}, reason });
const judged = (given: Partial<Judged> = {}): Judged => ({
  leaderboard: [scored('linear', 0.8), scored('knn', 0.5)],
  baseline: scored('mean', -0.01),
  chosen: chosen('linear', 0.8),
  holdout: { r2: 0.75, rmse: 1, mae: 1 },
  threshold: 0.6,
  ...given,
});
const holdout = (r2: number) => ({ r2, rmse: 1, mae: 1 });

test('a model that beats the mean and reaches the threshold is released', () => {
  expect(judge(judged())).toEqual({
    released: true,
    reason: 'linear, the best of 2 by cross-validation, has R² 0.7500 on the held-out rows; at least 0.6 was asked',
  });
  expect(judge(judged({ holdout: holdout(0.6) })).released).toBe(true);
});

describe('nothing is released', () => {
  test.each([0.5999999, -0.1, Number.NaN, Infinity, -Infinity])('at a holdout R² of %d', (r2) => {
    const { released, reason } = judge(judged({ holdout: holdout(r2) }));
    expect(released).toBe(false);
    expect(reason).toMatch(/below the threshold 0\.6$/);
  });

  test('and an R² just below the threshold does not read as if it reached it', () => {
    expect(judge(judged({ holdout: holdout(0.59999) })).reason).toContain('R² 0.59999 on');
    expect(judge(judged({ holdout: holdout(0.59994) })).reason).toContain('R² 0.5999 on');
  });

  test.each([0.8, 0.9, Number.NaN])('where the mean has R² %d over the folds, whatever the threshold', (r2) => {
    const verdict = judge(judged({ baseline: scored('mean', r2), threshold: -9 }));
    expect(verdict).toMatchObject({ released: false, reason: expect.stringMatching(/^no model does better than/) });
  });

  test('where there is no baseline to compare with', () => {
    expect(judge(judged({ baseline: failed('mean', 'it overflows') })).reason).toBe(
      'there is no baseline to compare linear with: mean failed: it overflows',
    );
  });

  test('where every model failed', () => {
    const leaderboard = [failed('linear', 'one'), failed('knn', 'two')];
    expect(judge(judged({ leaderboard, chosen: null, holdout: null }))).toEqual({
      released: false,
      reason: 'no model could be trained. linear: one; knn: two',
    });
  });
});

test('the mean itself is released to somebody who asks for nothing else', () => {
  const alone = {
    leaderboard: [scored('mean', -0.01)],
    chosen: chosen('mean', -0.01),
    threshold: -1,
    holdout: holdout(-0.02),
  };
  expect(judge(judged(alone)).released).toBe(true);
  expect(judge(judged({ ...alone, leaderboard: [scored('mean', -0.01), scored('knn', -1)] })).released).toBe(false);
});

test('a lower threshold is named where it is all that is missing', () => {
  expect(lowerThreshold(judged({ holdout: holdout(0.32) }))).toBe(0.3);
  expect(lowerThreshold(judged({ holdout: holdout(0.3) }))).toBe(0.3);
  expect(lowerThreshold(judged({ holdout: holdout(0.04) }))).toBe(0);
  expect(lowerThreshold(judged({ holdout: holdout(-0.04) }))).toBeNull();
  expect(lowerThreshold(judged())).toBeNull();
  expect(lowerThreshold(judged({ holdout: holdout(0.32), baseline: scored('mean', 0.9) }))).toBeNull();
  expect(lowerThreshold(judged({ holdout: holdout(Number.NaN) }))).toBeNull();
  expect(lowerThreshold(judged({ leaderboard: [failed('knn', 'x')], chosen: null, holdout: null }))).toBeNull();
});
