import { describe, expect, test } from 'vitest';
import { compare } from '../../../bench/tune/compare.ts';

const theirs = { seconds: 50, megabytes: 600, cv: new Map(Object.entries({ linear: 0.866, svm: 0.4 })), holdout: 0.88 };
const ours = { seconds: 2.4, megabytes: 300, cv: new Map(Object.entries({ linear: 0.8645, knn: 0.7 })), holdout: 0.89 };

const holds = (...sides: Parameters<typeof compare>) =>
  Object.fromEntries(compare(...sides).rows.map(({ work, holds }) => [work, holds]));

describe('the comparison of two searches', () => {
  test('asks for a twentieth of the time, less memory, and scores that are not lower by more than 0.002', () => {
    expect(holds(ours, theirs)).toEqual({
      'whole process': true,
      'peak memory': true,
      'best CV R², behind by': true,
      'holdout R², behind by': true,
    });
    const worse = { seconds: 2.6, megabytes: 700, cv: new Map([['linear', 0.8635]]), holdout: 0.8775 };
    expect(new Set(Object.values(holds(worse, theirs)))).toEqual(new Set([false]));
  });

  test('takes the best family of each side, and lists the families of both', () => {
    const { rows, families } = compare(ours, theirs);
    expect(rows[2]).toMatchObject({ ours: 0.8645, theirs: 0.866 });
    expect(families).toEqual([
      { model: 'linear', ours: 0.8645, theirs: 0.866 },
      { model: 'knn', ours: 0.7, theirs: null },
      { model: 'svm', ours: null, theirs: 0.4 },
    ]);
  });

  test('without theirs judges nothing, and without memory has no row of it', () => {
    expect(new Set(Object.values(holds(ours, undefined)))).toEqual(new Set([null]));
    expect(compare({ ...ours, megabytes: null }, theirs).rows).toHaveLength(3);
  });
});
