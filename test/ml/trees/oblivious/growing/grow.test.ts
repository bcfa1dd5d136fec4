import { expect, test } from 'vitest';
import { RandomStream } from '../../../../../ml/core/random-stream.ts';
import { growTree, type SplitStatistics } from '../../../../../ml/trees/oblivious/growing/grow.ts';
import type { Candidate } from '../../../../../ml/trees/oblivious/scoring/candidate.ts';

/** Columns of two bins, each with its score. */
function candidatesOf(...columns: { score: number; ensemble?: number }[]) {
  return columns.map(({ score, ensemble }) => {
    const candidate: Candidate = { words: Uint32Array.of(0, 1), shift: 0, binCount: 2, oneHot: false };
    return { ...candidate, score, ...(ensemble !== undefined && { ensemble }) };
  });
}
type Scored = ReturnType<typeof candidatesOf>[number];

/** Grows one level so often, and tells how often each column was taken. */
function taken(candidates: readonly Scored[], noise: number, times = 4000): number[] {
  const random = new RandomStream(1);
  const statistics: SplitStatistics = {
    scores: (candidate) => {
      const { score } = candidate as Scored;
      return { values: Float64Array.of(score), highest: score };
    },
    split: () => {},
    isTaken: () => true,
  };
  const counts = candidates.map(() => 0);
  for (let i = 0; i < times; i++) {
    const rows = { place: () => {}, isTaken: () => true };
    const growth = { statistics, depth: 1, noise, random, weight: () => 1, use: () => {}, ...rows };
    const [split] = growTree({ ...growth, candidates: () => candidates });
    const at = candidates.indexOf(split?.candidate as Scored);
    counts[at] = (counts[at] as number) + 1;
  }
  return counts;
}

test('without noise the best score wins, and of equals the first', () => {
  const scores = [{ score: 1 }, { score: 3, ensemble: 0 }, { score: 3, ensemble: 0 }, { score: 3 }];
  expect(taken(candidatesOf(...scores), 0, 5)).toEqual([0, 5, 0, 0]);
});

test('columns of an ensemble compete as one: their noise is drawn once', () => {
  const share = (counts: number[]) => (counts[0] as number) / 4000;
  const equal = { score: 1 };
  // One of three that are alike wins every third time; beside an ensemble of two, every second time.
  expect(share(taken(candidatesOf(equal, equal, equal), 1))).toBeCloseTo(1 / 3, 1);
  const packed = { score: 1, ensemble: 0 };
  const counts = taken(candidatesOf(equal, packed, packed), 1);
  expect(share(counts)).toBeCloseTo(1 / 2, 1);
  expect((counts[1] as number) / (counts[2] as number)).toBeCloseTo(1, 0);
  // Two ensembles are two.
  const other = { score: 1, ensemble: 1 };
  expect(share(taken(candidatesOf(packed, packed, other, other), 1))).toBeCloseTo(1 / 4, 1);
});
