import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom, permutation } from '../../../../../ml/core/random.ts';
import { orderByTime, type Relations } from '../../../../../ml/core/relations.ts';
import { startEngine } from '../../../../../ml/trees/oblivious/kernel/engine.ts';
import { binOf, type Projection } from '../../../../../ml/trees/oblivious/scoring/candidate.ts';
import { Grouped } from '../../../../../ml/trees/oblivious/target-statistics/fold.ts';
import { project } from '../../../../../ml/trees/oblivious/target-statistics/groups.ts';
import { FREQUENCY, PRIORS } from '../../../../../ml/trees/oblivious/target-statistics/statistics.ts';
import { relatedRows } from '../../../core/relations-arbitrary.ts';

/** The bins of each statistic of one category, by row. */
function bins(codes: Int32Array, isHigh: Uint8Array, order: Uint32Array, relations?: Relations): number[][] {
  const grouped = new Grouped([isHigh], isHigh.length, startEngine(1), relations);
  const projection = project([{ column: 0, size: 5, codes }], []) as Projection;
  const candidates = grouped.describe(projection, grouped.keep(order));
  return candidates.map((candidate) => Array.from(codes, (_, row) => binOf(candidate, row)));
}

const inFifteenths = (shares: readonly number[]) => shares.map((share) => Math.floor(15 * share + 1e-6));

test('a row is described neither by rows of its group, nor by those of its time', () => {
  const codes = Int32Array.of(0, 0, 0, 0, 0);
  const isHigh = Uint8Array.of(1, 1, 0, 1, 0);
  const order = Uint32Array.of(0, 1, 2, 3, 4);
  // What counts of the rows before each, as highs and all.
  const shares = (counts: readonly (readonly [number, number])[], prior: number) =>
    inFifteenths(counts.map(([high, all]) => (high + prior) / (all + 1)));
  const groups = Float64Array.of(7, 7, 8, 7, 8);
  const times = Float64Array.of(1, 1, 2, 2, 3);
  const expected = {
    groups: [
      [0, 0],
      [0, 0],
      [2, 2],
      [0, 1],
      [3, 3],
    ],
    times: [
      [0, 0],
      [0, 0],
      [2, 2],
      [2, 2],
      [3, 4],
    ],
    both: [
      [0, 0],
      [0, 0],
      [2, 2],
      [0, 0],
      [3, 3],
    ],
  } as const;
  PRIORS.forEach((prior, i) => {
    expect(bins(codes, isHigh, order, { groups })[i]).toEqual(shares(expected.groups, prior));
    expect(bins(codes, isHigh, order, { times })[i]).toEqual(shares(expected.times, prior));
    expect(bins(codes, isHigh, order, { groups, times })[i]).toEqual(shares(expected.both, prior));
  });
});

test('rows that are each of a group and a time of their own are described as by the kernel', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(3), fc.boolean()), { minLength: 1, maxLength: 60 }),
      fc.nat(),
      (rows, seed) => {
        const codes = Int32Array.from(rows, ([code]) => code);
        const isHigh = Uint8Array.from(rows, ([, high]) => Number(high));
        const order = permutation(rows.length, createRandom(seed));
        const times = new Float64Array(rows.length);
        order.forEach((row, at) => {
          times[row] = at;
        });
        const groups = Float64Array.from(codes, (_, row) => (row % 2 === 0 ? row : Number.NaN));
        expect(bins(codes, isHigh, order, { groups, times })).toEqual(bins(codes, isHigh, order));
      },
    ),
  );
});

test('the targets of later rows and of a row’s group make no difference to it', () => {
  fc.assert(
    fc.property(relatedRows(), fc.nat({ max: 1e6 }), ({ rows, relations }, seed) => {
      const random = createRandom(seed);
      const { groups, times } = relations;
      const codes = Int32Array.from({ length: rows }, () => random.below(4));
      const isHigh = Uint8Array.from({ length: rows }, () => random.below(2));
      const order = times ? orderByTime(times) : permutation(rows, random);
      const row = random.below(rows);
      const place = order.indexOf(row);
      const isForbidden = (other: number) =>
        other === row ||
        (groups !== undefined && groups[other] === groups[row]) ||
        (times ? (times[other] as number) >= (times[row] as number) : order.indexOf(other) > place);
      const flipped = isHigh.map((high, other) => (isForbidden(other) ? 1 - high : high));
      const [before, after] = [isHigh, flipped].map((targets) => bins(codes, targets, order, relations));
      for (let statistic = 0; statistic <= FREQUENCY; statistic++)
        expect(after?.[statistic]?.[row]).toBe(before?.[statistic]?.[row]);
    }),
  );
});
