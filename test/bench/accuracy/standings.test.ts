import { describe, expect, test } from 'vitest';
import type { Measurement } from '../../../bench/accuracy/measurement.ts';
import { normalised, ranks, standings } from '../../../bench/accuracy/standings.ts';

describe('ranks on a table', () => {
  test('begin with 1 at the highest score', () => {
    expect(ranks([0.2, 0.9, 0.5])).toEqual([3, 1, 2]);
  });

  test('are the mean of their places where scores are equal', () => {
    expect(ranks([0.5, 0.9, 0.5, 0.1])).toEqual([2.5, 1, 2.5, 4]);
    expect(ranks([0.5, 0.5, 0.5])).toEqual([2, 2, 2]);
  });

  test('come last together where there is no score, below the worst that there is', () => {
    expect(ranks([null, -7, null, 0.9])).toEqual([3.5, 2, 3.5, 1]);
  });
});

describe('normalised scores on a table', () => {
  test('go from 0, the worst, to 1, the best, in proportion', () => {
    expect(normalised([0.5, 0.75, 1, 0.5])).toEqual([0, 0.5, 1, 0]);
    expect(normalised([-3, 1])).toEqual([0, 1]);
  });

  test('are 0 of one that failed, which sets no end of the range', () => {
    expect(normalised([null, 0.5, 1])).toEqual([0, 0, 1]);
    expect(normalised([null, null])).toEqual([0, 0]);
  });

  test('are 1 where all are equal', () => {
    expect(normalised([0.5, 0.5])).toEqual([1, 1]);
  });
});

function row(data: string, peer: string, score: number | null): Measurement {
  const common = { data, task: 'regression', peer, budget: null, seconds: 1 } as const;
  return score === null ? { ...common, score, reason: 'no memory' } : { ...common, score };
}

describe('standings', () => {
  const rows = [
    ...[row('cars', 'ours', 0.9), row('cars', 'a', 0.8), row('cars', 'b', 0.7)],
    ...[row('seals', 'ours', 0.5), row('seals', 'a', 0.6), row('seals', 'b', null)],
    ...[row('wage', 'ours', 0.4), row('wage', 'a', 0.4)],
  ];

  test('are over the tables that every peer was tried on', () => {
    const { tables, standings: all } = standings(rows, ['ours', 'a', 'b'], 'ours');
    expect(tables).toEqual(['cars', 'seals']);
    expect(all).toEqual([
      { peer: 'ours', meanRank: 1.5, meanNormalised: 0.5, below: 0, equal: 2, above: 0 },
      { peer: 'a', meanRank: 1.5, meanNormalised: expect.closeTo(0.75), below: 1, equal: 0, above: 1 },
      { peer: 'b', meanRank: 3, meanNormalised: 0, below: 2, equal: 0, above: 0 },
    ]);
  });

  test('count ties of two', () => {
    const { tables, standings: all } = standings(rows, ['ours', 'a'], 'ours');
    expect(tables).toEqual(['cars', 'seals', 'wage']);
    expect(all[1]).toMatchObject({ below: 1, equal: 1, above: 1 });
  });
});
