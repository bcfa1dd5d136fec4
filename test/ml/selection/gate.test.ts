import { describe, expect, test } from 'vitest';
import type { Chosen } from '../../../ml/selection/chosen.ts';
import type { Compared } from '../../../ml/selection/comparison.ts';
import type { Evaluated } from '../../../ml/selection/evaluated.ts';
import type { Judged } from '../../../ml/selection/gate.ts';
import * as gate from '../../../ml/selection/gate.ts';
import { regression } from '../../../ml/selection/tasks/regression.ts';

const judge = (judged: Judged) => gate.judge(judged, regression);
const remedyFor = (judged: Judged) => gate.remedyFor(judged, regression);

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
const compared = (given: Partial<Compared>): Compared => ({
  status: 'compared',
  release: '0123456789ab',
  metric: 'r2',
  champion: 0.7,
  challenger: 0.75,
  difference: 0.05,
  interval: [0.01, 0.09],
  unit: 'row',
  units: 200,
  rows: 200,
  of: 200,
  basis: 'new',
  tolerance: 0.01,
  ...given,
});

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

  test('where the search ended before any model was tried', () => {
    expect(judge(judged({ leaderboard: [], chosen: null, holdout: null })).reason).toBe(
      'the search ended before any model was tried; give it more time, or fewer rows or columns',
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

describe('what would release a model that is held back', () => {
  test('is a lower threshold, where it is all that is missing', () => {
    expect(remedyFor(judged({ holdout: holdout(0.32) }))).toEqual({ threshold: 0.3 });
    expect(remedyFor(judged({ holdout: holdout(0.3) }))).toEqual({ threshold: 0.3 });
    expect(remedyFor(judged({ holdout: holdout(0.04) }))).toEqual({ threshold: 0 });
  });

  test('is force, where the release in use is better', () => {
    expect(remedyFor(judged({ champion: compared({ difference: -0.2 }) }))).toBe('force');
    expect(remedyFor(judged({ holdout: holdout(0.32), champion: compared({ difference: -0.2 }) }))).toBe('force');
  });

  test('is nothing, where it is released or no better than nothing', () => {
    expect(remedyFor(judged())).toBeNull();
    expect(remedyFor(judged({ holdout: holdout(-0.04) }))).toBeNull();
    expect(remedyFor(judged({ holdout: holdout(0.32), baseline: scored('mean', 0.9) }))).toBeNull();
    expect(remedyFor(judged({ holdout: holdout(Number.NaN) }))).toBeNull();
    expect(remedyFor(judged({ leaderboard: [failed('knn', 'x')], chosen: null, holdout: null }))).toBeNull();
  });
});

describe('a release in use', () => {
  const against = (given: Partial<Compared>) => judge(judged({ champion: compared(given) }));

  test('gives way to what is not worse than is tolerated, and the verdict tells the difference with its interval', () => {
    expect(against({})).toEqual({
      released: true,
      reason:
        'linear, the best of 2 by cross-validation, has R² 0.7500 on the held-out rows; at least 0.6 was asked; ' +
        'on the same 200 held-out rows linear has R² 0.7500, and release 0123456789ab, which was in use, R² 0.7000: ' +
        'a difference of +0.0500 (95 % confidence interval +0.0100 to +0.0900); up to 0.01 worse is tolerated',
    });
  });

  test.each([
    [-0.01, 0.01, true],
    [-0.010000000000000002, 0.01, false],
    [-0.0099999, 0.01, true],
    [0, 0, true],
    [-1e-9, 0, false],
    [-0.2, 0.3, true],
    [0.3, 0.01, true],
  ])('at a difference of %d and a tolerance of %d: released %s', (difference, tolerance, released) => {
    // Whatever the interval says.
    for (const interval of [[-1, -0.5], [-1, 1], [0.5, 1], null] as const)
      expect(against({ difference, tolerance, interval: interval && [...interval] }).released).toBe(released);
  });

  test('a difference just beyond what is tolerated does not read as if it were not', () => {
    const { reason } = against({ difference: -0.01001 });
    expect(reason).toBe(
      'on the same 200 held-out rows linear has R² 0.7500, and release 0123456789ab, which was in use, R² 0.7000: ' +
        'a difference of −0.01001 (95 % confidence interval +0.0100 to +0.0900); up to 0.01 worse is tolerated',
    );
  });

  test('that cannot be compared holds nothing back, and the verdict says why', () => {
    const champion = { status: 'incomparable', release: 'ab', reason: 'it reads other columns: area (gone)' } as const;
    expect(judge(judged({ champion }))).toMatchObject({
      released: true,
      reason: expect.stringMatching(
        /asked; it could not be compared with release ab that was in use: it reads other columns: area \(gone\)$/,
      ),
    });
    expect(judge(judged({ champion: { ...champion, release: null } })).reason).toContain(
      'compared with the release that',
    );
  });

  test('says on which rows it was compared, and by what they were drawn', () => {
    expect(against({ rows: 40 }).reason).toContain('on the 40 of 200 held-out rows that are new to both linear has');
    expect(against({ basis: 'learned' }).reason).toContain(
      'on 200 held-out rows (from some of which release 0123456789ab has learned, to its advantage: too few are new to it)',
    );
    expect(against({ basis: 'unknown' }).reason).toContain('may have learned: it lacks its data');
    expect(against({ unit: 'group', units: 12 }).reason).toContain('+0.0900, by 12 groups)');
    expect(against({ interval: null }).reason).toContain('a difference of +0.0500; up to');
  });

  test('is not looked at where the gate holds a model back anyway', () => {
    const { reason } = judge(judged({ holdout: holdout(0.2), champion: compared({ difference: -0.5 }) }));
    expect(reason).toMatch(/below the threshold 0\.6$/);
  });
});

describe('force', () => {
  test('releases what the threshold or the release in use holds back, and says so', () => {
    expect(judge(judged({ holdout: holdout(0.2), forced: true }))).toEqual({
      released: true,
      forced: true,
      reason: expect.stringMatching(/^it is forced, although linear, .* below the threshold 0\.6$/),
    });
    expect(judge(judged({ champion: compared({ difference: -0.5 }), forced: true }))).toEqual({
      released: true,
      forced: true,
      reason: expect.stringMatching(
        /^it is forced, although on the same 200 held-out rows linear has .* is tolerated$/,
      ),
    });
  });

  test('is not said of what passes without', () => {
    expect(judge(judged({ forced: true }))).toEqual(judge(judged()));
    expect(judge(judged({ champion: compared({}), forced: true }))).not.toHaveProperty('forced');
  });

  test.each([
    ['is no better than the mean', { baseline: scored('mean', 0.9) }],
    ['is worse than the mean of the held-out rows', { holdout: holdout(-0.01) }],
    ['is not finite', { holdout: holdout(Number.NaN) }],
    ['has failed', { leaderboard: [failed('linear', 'one')], chosen: null, holdout: null }],
  ])('releases nothing that %s', (_, given) => {
    expect(judge(judged({ ...given, forced: true }))).toEqual(judge(judged(given)));
    expect(judge(judged({ ...given, forced: true })).released).toBe(false);
  });
});
