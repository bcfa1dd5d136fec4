import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../../../../ml/core/random.ts';
import { type Candidate, splitAt, splitCount } from '../../../../ml/trees/oblivious/candidate.ts';
import { PlainStatistics } from '../../../../ml/trees/oblivious/plain-statistics.ts';
import { scoreOf } from '../../../../ml/trees/oblivious/score.ts';

/** Straight from the definition: what the leaves would be worth if every one were split there. */
function score(leafOf: number[], { bins, oneHot }: Candidate, place: number, data: Data, cosine: boolean): number {
  const sums = new Map<number, { gradients: number; weights: number }>();
  leafOf.forEach((leaf, i) => {
    const goesRight = oneHot ? bins[i] === place : (bins[i] as number) > place;
    const key = 2 * leaf + (goesRight ? 1 : 0);
    const sum = sums.get(key) ?? { gradients: 0, weights: 0 };
    const weight = data.weights[i] as number;
    sums.set(key, {
      gradients: sum.gradients + weight * (data.gradients[i] as number),
      weights: sum.weights + weight,
    });
  });
  let product = 0;
  let square = 0;
  for (const { gradients, weights } of sums.values()) {
    if (weights === 0) continue;
    const value = gradients / (weights + data.l2);
    product += value * gradients;
    square += value * value * weights;
  }
  return cosine ? product / Math.sqrt(square + 1e-100) : product;
}

interface Data {
  readonly gradients: Float64Array;
  readonly weights: Float64Array;
  readonly l2: number;
}

test('scores are those of the definition, level after level', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 3000 }),
      fc.nat(),
      fc.boolean(),
      fc.boolean(),
      (rows, seed, oneHot, cosine) => {
        const random = createRandom(seed);
        const gradients = Float64Array.from({ length: rows }, () => random.uniform() - 0.5);
        const weights = Float64Array.from({ length: rows }, () => random.below(3) / 2);
        const data = { gradients, weights, l2: 3 };
        const column = (binCount: number): Candidate => ({
          bins: Uint8Array.from({ length: rows }, () => random.below(binCount)),
          binCount,
          oneHot,
        });
        const candidates = [column(2), column(5), column(9)];
        const statistics = new PlainStatistics(rows, { depth: 4, l2: data.l2, threads: 1 }, candidates.slice(1));
        statistics.begin(gradients, weights);
        let leafOf = Array.from({ length: rows }, () => 0);
        for (const [level, splitBy] of candidates.entries()) {
          for (const candidate of candidates) {
            const sums = statistics.sums(candidate);
            for (let place = 0; place < splitCount(candidate); place++)
              expect(scoreOf(sums, place, cosine)).toBeCloseTo(score(leafOf, candidate, place, data, cosine), 8);
          }
          const split = splitAt(splitBy, 0);
          statistics.split(split);
          leafOf = leafOf.map((leaf, i) => leaf + ((split.right[splitBy.bins[i] as number] as number) << level));
        }
      },
    ),
    { numRuns: 20 },
  );
});
