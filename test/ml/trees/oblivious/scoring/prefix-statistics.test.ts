import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom, permutation } from '../../../../../ml/core/random.ts';
import { prefixesOf, wholeOf } from '../../../../../ml/trees/oblivious/boosting/prefix-learner.ts';
import { startEngine } from '../../../../../ml/trees/oblivious/kernel/engine.ts';
import {
  inOrder,
  type SplittableColumn,
  type Unpacked,
} from '../../../../../ml/trees/oblivious/quantization/column-order.ts';
import { packColumns } from '../../../../../ml/trees/oblivious/quantization/columns.ts';
import {
  binOf,
  type Candidate,
  type LevelCandidate,
  type NumberCandidate,
  splitAt,
  splitCount,
} from '../../../../../ml/trees/oblivious/scoring/candidate.ts';
import { type Prefix, PrefixStatistics } from '../../../../../ml/trees/oblivious/scoring/prefix-statistics.ts';

const L2 = 3;

/** Straight from the definition: the leaves that there would be, valued by the body, and scored by the tail. */
function score(
  leafOf: readonly number[],
  candidate: Candidate,
  place: number,
  { order, prefixes, weights, own }: Data,
  cosine: boolean,
): number {
  let product = 0;
  let square = 0;
  for (const { body, end, residuals } of prefixes) {
    const bodyWeights = order.subarray(0, body).map((row) => own[row] as number);
    const l2 = (L2 * bodyWeights.reduce((sum, weight) => sum + weight, 0)) / body;
    const sums = new Map<number, { gradients: number; weights: number; valued: number; rows: number }>();
    order.subarray(0, end).forEach((row, at) => {
      const bin = binOf(candidate, row);
      const goesRight = candidate.oneHot ? bin === place : bin > place;
      const key = 2 * (leafOf[row] as number) + (goesRight ? 1 : 0);
      const sum = sums.get(key) ?? { gradients: 0, weights: 0, valued: 0, rows: 0 };
      const weight = weights[row] as number;
      const weighted = weight * (residuals[row] as number);
      if (body === end || (weight > 0 && at >= body)) {
        sum.gradients += weighted;
        sum.weights += weight * (own[row] as number);
      }
      if (body === end || (weight > 0 && at < body)) {
        sum.valued += body === end ? weighted : (residuals[row] as number);
        sum.rows += (body === end ? weight : 1) * (own[row] as number);
      }
      sums.set(key, sum);
    });
    for (const sum of sums.values()) {
      const value = sum.rows > 0 ? sum.valued / (sum.rows + l2) : 0;
      product += value * sum.gradients;
      square += value * value * sum.weights;
    }
  }
  return cosine ? product / Math.sqrt(square + 1e-100) : product;
}

interface Data {
  readonly order: Uint32Array;
  readonly prefixes: readonly Prefix[];
  /** Of the sample. */
  readonly weights: Float64Array;
  /** Of the rows. */
  readonly own: Float64Array;
}

/** Numbers and levels of which the reference bundles some and packs others: bin 0 is the most frequent. */
function columns(rows: number, random: ReturnType<typeof createRandom>): Candidate[] {
  const binned = (column: number, binCount: number, rare: number) => ({
    column,
    binCount,
    bins: Uint8Array.from({ length: rows }, (_, row) =>
      row % rare === column % rare ? 1 + random.below(binCount - 1) : 0,
    ),
  });
  const number = (...of: [column: number, binCount: number, rare: number]) => numberOf(binned(...of));
  const level = (...of: [column: number, binCount: number, rare: number]) => levelOf(binned(...of));
  const candidates = [
    number(0, 4, 7),
    number(1, 2, 1),
    number(2, 2, 1),
    number(3, 30, 1),
    level(4, 3, 7),
    level(5, 2, 1),
  ];
  return packColumns(inOrder(candidates, 6, true), rows, startEngine(1).arena);
}

interface Binned {
  readonly column: number;
  readonly bins: Uint8Array;
  readonly binCount: number;
}

function numberOf(binned: Binned): SplittableColumn {
  const { column, binCount } = binned;
  const borders = new Float32Array(binCount - 1);
  const candidate: Unpacked<NumberCandidate> = { kind: 'number', column, binCount, borders, oneHot: false };
  return { ...binned, candidate };
}

function levelOf(binned: Binned): SplittableColumn {
  const { column, binCount } = binned;
  const levels = Int32Array.from({ length: binCount }, (_, bin) => bin);
  const candidate: Unpacked<LevelCandidate> = { kind: 'level', column, binCount, levels, oneHot: binCount > 2 };
  return { ...binned, candidate };
}

test('scores are those of the definition, level after level, whichever histogram they come from', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 700 }),
      fc.nat(),
      fc.record({
        cosine: fc.boolean(),
        ordered: fc.boolean(),
        isWeighted: fc.boolean(),
        outputs: fc.constantFrom(1, 3),
      }),
      fc.constantFrom(0, 1),
      (rows, seed, { cosine, ordered, isWeighted, outputs }, randomStrength) => {
        const random = createRandom(seed);
        const order = permutation(rows, random);
        const own = Float64Array.from({ length: rows }, () => (isWeighted ? 1 + random.below(3) : 1));
        const fitting = { target: new Float64Array(rows), weights: isWeighted ? own : undefined, start: 0 };
        const models = ordered ? prefixesOf(fitting, order, outputs) : [wholeOf(fitting, outputs)];
        const prefixes = models.flatMap((model) => model.residuals.map((residuals) => ({ ...model, residuals })));
        for (const { residuals } of prefixes)
          for (let row = 0; row < rows; row++) residuals[row] = random.uniform() - 0.5;
        const weights = Float64Array.from({ length: rows }, () => random.below(3) / 2);
        const data = { order, prefixes, weights, own };
        const statistics = new PrefixStatistics(own, { depth: 4, l2: L2, cosine, randomStrength });
        statistics.begin(data.order, prefixes, weights);
        const candidates = columns(rows, random);
        let leafOf = Array.from({ length: rows }, () => 0);
        for (let level = 0; level < 4; level++) {
          for (const candidate of candidates) {
            const { values, highest } = statistics.scores(candidate);
            const scores = values.subarray(0, splitCount(candidate));
            for (let place = 0; place < scores.length; place++)
              expect(scores[place]).toBeCloseTo(score(leafOf, candidate, place, data, cosine), 8);
            expect(highest).toBe(Math.max(...scores));
          }
          const splitBy = candidates[random.below(candidates.length)] as Candidate;
          const split = splitAt(splitBy, random.below(splitCount(splitBy)));
          statistics.split(split);
          leafOf = leafOf.map((leaf, row) => leaf + ((split.right[binOf(splitBy, row)] as number) << level));
        }
      },
    ),
    { numRuns: 40 },
  );
});

test('bundled and packed columns share a histogram, and a bundled category of two splits by either level', () => {
  const bins = (...of: number[]) => Uint8Array.from(of);
  const binned = (column: number, of: Uint8Array) => ({ column, bins: of, binCount: Math.max(...of) + 1 });
  const bundled = [numberOf(binned(0, bins(0, 0, 1, 2, 0))), levelOf(binned(1, bins(0, 1, 0, 0, 0)))];
  const packed = [numberOf(binned(2, bins(1, 1, 1, 0, 1))), levelOf(binned(3, bins(1, 1, 0, 1, 1)))];
  const all = [...bundled, ...packed];
  const candidatesOf = (exact: boolean) => packColumns(inOrder(all, 4, exact), 5, startEngine(1).arena);
  const ordered = candidatesOf(true);
  expect(ordered.map(({ column }) => column)).toEqual([0, 1, 2, 3]);
  const [a, b, c, d] = ordered;
  expect(a?.share?.of).toBe(b?.share?.of);
  expect(a?.share?.of.bins).toEqual(Uint16Array.of(3, 2, 0, 1, 3));
  expect(c?.share?.of).toBe(d?.share?.of);
  expect(c?.share?.of.patterns).toEqual(bins(1, 2, 3));
  expect(ordered.map(splitCount)).toEqual([2, 2, 1, 1]);
  expect(candidatesOf(false).map(splitCount)).toEqual([2, 1, 1, 1]);
  // A bundle, and a pack.
  for (const exact of [true, false]) expect(candidatesOf(exact).map(({ ensemble }) => ensemble)).toEqual([0, 0, 1, 1]);
});
