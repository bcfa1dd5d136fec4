import { describe, expect, test } from 'vitest';
import { chosen, rowOf } from '../../bench/table.ts';
import { ParamError } from '../../ml/core/errors.ts';

const named = { work: 'knn', unit: 'ms', target: 0.5 };

describe('a row', () => {
  test('has the ratio of ours to theirs, to four digits, and tells whether it stays below the target', () => {
    const row = { work: 'knn', unit: 'ms', ours: 1.235, theirs: 3, ratio: 0.4116, target: 0.5, holds: true };
    expect(rowOf(named, 1.23476, 3)).toEqual(row);
    expect(rowOf(named, 1.6, 3)).toMatchObject({ ratio: 0.5333, holds: false });
  });

  test('is judged before it is rounded', () => {
    expect(rowOf(named, 0.500001, 1)).toMatchObject({ ratio: 0.5, holds: false });
  });

  test('without theirs has no ratio and is not judged', () => {
    expect(rowOf(named, 1.6, null)).toMatchObject({ ours: 1.6, theirs: null, ratio: null, holds: null });
  });

  test('may be judged by ours alone, with theirs or without', () => {
    expect(rowOf(named, 0.4, 0.1, 'ours')).toMatchObject({ ratio: 4, holds: true });
    expect(rowOf(named, 0.6, null, 'ours')).toMatchObject({ ratio: null, holds: false });
  });

  test('may be judged by the difference, to either side', () => {
    expect(rowOf(named, 1, 1.4, 'difference').holds).toBe(true);
    expect(rowOf(named, 2, 1.4, 'difference').holds).toBe(false);
    expect(rowOf(named, 1.4, 2, 'difference').holds).toBe(false);
  });

  test('may be judged by how far it is behind, so that what is ahead holds', () => {
    expect(rowOf(named, 1, 1.4, 'behind').holds).toBe(true);
    expect(rowOf(named, 1, 1.6, 'behind').holds).toBe(false);
    expect(rowOf(named, 3, 1, 'behind').holds).toBe(true);
    expect(rowOf(named, 3, null, 'behind').holds).toBeNull();
  });
});

test('works are chosen by a part of their name; one that fits none is told what there is', () => {
  const works = ['knn, students', 'linear, students'].map((work) => ({ work }));
  expect(chosen(works, 'linear')).toEqual([works[1]]);
  expect(chosen(works)).toEqual(works);
  expect(() => chosen(works, 'svm')).toThrow(ParamError);
  expect(() => chosen(works, 'svm')).toThrow('no work here has "svm" in its name; there are:\n  knn, students\n');
});
