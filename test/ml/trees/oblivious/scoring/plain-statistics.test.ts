import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../../../../../ml/core/random.ts';
import { startEngine } from '../../../../../ml/trees/oblivious/kernel/engine.ts';
import { binOf, type Candidate, splitAt, splitCount } from '../../../../../ml/trees/oblivious/scoring/candidate.ts';
import { PlainStatistics } from '../../../../../ml/trees/oblivious/scoring/plain-statistics.ts';

/** Straight from the definition: what the leaves would be worth if every one were split there, over all outputs. */
function score(leafOf: number[], candidate: Candidate, place: number, data: Data, cosine: boolean): number {
  let product = 0;
  let square = 0;
  for (const own of data.gradients) {
    const sums = new Map<number, { gradients: number; weights: number }>();
    leafOf.forEach((leaf, i) => {
      const bin = binOf(candidate, i);
      const goesRight = candidate.oneHot ? bin === place : bin > place;
      const key = 2 * leaf + (goesRight ? 1 : 0);
      const sum = sums.get(key) ?? { gradients: 0, weights: 0 };
      const weight = data.weights[i] as number;
      sums.set(key, {
        gradients: sum.gradients + weight * (own[i] as number),
        weights: sum.weights + weight * (data.own?.[i] ?? 1),
      });
    });
    for (const { gradients, weights } of sums.values()) {
      if (weights === 0) continue;
      const value = gradients / (weights + data.l2);
      product += value * gradients;
      square += value * value * weights;
    }
  }
  return cosine ? product / Math.sqrt(square + 1e-100) : product;
}

interface Data {
  /** Of each output. */
  readonly gradients: readonly Float64Array[];
  /** Of the sample. */
  readonly weights: Float64Array;
  /** Of the rows. */
  readonly own: Float64Array | undefined;
  readonly l2: number;
}

test('scores are those of the definition, level after level', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 3000 }),
      fc.nat(),
      fc.record({
        oneHot: fc.boolean(),
        cosine: fc.boolean(),
        isWeighted: fc.boolean(),
        outputs: fc.constantFrom(1, 2, 3),
      }),
      (rows, seed, { oneHot, cosine, isWeighted, outputs }) => {
        const random = createRandom(seed);
        const engine = startEngine(1);
        const gradients = Array.from({ length: outputs }, () => engine.arena.float64(rows));
        const weights = engine.arena.float64(rows);
        const own = isWeighted ? engine.arena.float64(rows) : undefined;
        own?.forEach((_, i) => {
          own[i] = 1 + random.below(3);
        });
        for (let i = 0; i < rows; i++) {
          for (const own of gradients) own[i] = random.uniform() - 0.5;
          weights[i] = random.below(3) / 2;
        }
        const data = { gradients, weights, own, l2: 3 };
        const columns = (...binCounts: number[]): Candidate[] => {
          const words = engine.arena.uint32(rows);
          return binCounts.map((binCount, member) => {
            for (let i = 0; i < rows; i++) words[i] = (words[i] as number) | (random.below(binCount) << (8 * member));
            return { words, shift: 8 * member, binCount, oneHot };
          });
        };
        const known = [...columns(2, 5, 9), ...columns(255)];
        // Those that share words need not be all that are asked for.
        const candidates = [...known.slice(1), ...columns(16, 16, 16, 16)];
        const statistics = new PlainStatistics(
          { target: weights, weights: own, depth: 4, l2: data.l2, cosine, outputs },
          known,
          engine,
        );
        statistics.begin(gradients, weights);
        let leafOf = Array.from({ length: rows }, () => 0);
        for (const [level, splitBy] of candidates.slice(0, 4).entries()) {
          statistics.prepare(candidates);
          for (const candidate of candidates) {
            const { values, highest } = statistics.scores(candidate);
            const scores = [...values.subarray(0, splitCount(candidate))];
            // Every eighth place of many: to score by the definition takes long.
            for (let place = 0; place < scores.length; place += scores.length > 16 ? 8 : 1)
              expect(scores[place]).toBeCloseTo(score(leafOf, candidate, place, data, cosine), 8);
            expect(highest).toBe(Math.max(...scores));
          }
          const split = splitAt(splitBy, 0);
          if (level < 3) statistics.split(split);
          leafOf = leafOf.map((leaf, i) => leaf + ((split.right[binOf(splitBy, i)] as number) << level));
        }
      },
    ),
    { numRuns: 20 },
  );
});
