import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../../../../../ml/core/random.ts';
import { meanWeight } from '../../../../../ml/trees/oblivious/boosting/fitting.ts';
import { addTree, wholeOf } from '../../../../../ml/trees/oblivious/boosting/prefix-learner.ts';
import { RowLeaves } from '../../../../../ml/trees/oblivious/boosting/row-leaves.ts';
import { startEngine } from '../../../../../ml/trees/oblivious/kernel/engine.ts';
import { logLoss } from '../../../../../ml/trees/oblivious/losses/log-loss.ts';
import { splitAt } from '../../../../../ml/trees/oblivious/scoring/candidate.ts';

const DEPTH = 3;

/** Adds trees to the kernel’s model of rows, and to the one straight from the definition; what leaves and gradients come to in both. */
function grow(
  rows: number,
  seed: number,
  {
    l2,
    leafIterations,
    learningRate,
    isWeighted,
    share,
  }: Record<'l2' | 'leafIterations' | 'learningRate' | 'share', number> & { isWeighted: boolean },
) {
  const random = createRandom(seed);
  const engine = startEngine(1);
  const target = Float64Array.from({ length: rows }, () => Number(random.uniform() < share));
  const weights = isWeighted ? engine.arena.float64(rows) : undefined;
  weights?.forEach((_, row) => {
    weights[row] = (1 + random.below(5)) / 4;
  });
  const fitting = { target, weights, start: 0, l2, learningRate, leafIterations };
  const scaled = { ...fitting, l2: l2 * meanWeight(weights) };
  const leaves = new RowLeaves(DEPTH, scaled, engine);
  const model = logLoss.modelsOf(scaled, DEPTH, engine)();
  const loss = logLoss.at(target, weights);
  const whole = wholeOf(fitting);
  const order = Uint32Array.from(target, (_, row) => row);
  return Array.from({ length: 4 }, () => {
    const words = engine.arena.uint32(rows).map(() => random.below(2 ** 24));
    const kept = engine.arena.uint32(rows);
    kept.set(words);
    const splits = Array.from({ length: DEPTH }, (_, level) =>
      splitAt({ words: kept, shift: 8 * level, binCount: 256, oneHot: false }, random.below(255)),
    );
    leaves.place(splits, model.gradients[0] as Float64Array);
    const values = model.learn(leaves);
    const expected = addTree(loss, whole, order, { leafOf: leaves.leafOf, leaves: leaves.leaves }, fitting);
    loss.setGradients(order, whole.approx, whole.residuals);
    return {
      values,
      expected,
      gradients: model.gradients[0]?.slice(),
      residuals: whole.residuals[0]?.slice(),
      deviation: model.deviation,
    };
  });
}

// Close to the lowest loss rounding says whether a step lessens it: the last ones may differ.
test('leaves and gradients are those of the definition, tree after tree', () => {
  const options = fc.record({
    l2: fc.constantFrom(0.1, 3, 30),
    leafIterations: fc.constantFrom(1, 2, 10),
    learningRate: fc.constantFrom(0.1, 1),
    share: fc.constantFrom(0.02, 0.4, 1),
    isWeighted: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9000 }), fc.nat(), options, (rows, seed, given) => {
      for (const { values, expected, gradients, residuals, deviation } of grow(rows, seed, given)) {
        values.forEach((value, leaf) => {
          expect(value).toBeCloseTo(expected[leaf] as number, 5);
        });
        residuals?.forEach((residual, row) => {
          if (Math.abs((gradients?.[row] as number) - residual) > 1e-5) expect(gradients?.[row]).toBe(residual);
        });
        const squares = residuals?.reduce((sum, residual) => sum + residual ** 2, 0) as number;
        expect(deviation).toBeCloseTo(Math.sqrt(squares / rows), 5);
      }
    }),
    { numRuns: 30 },
  );
});

test('without l2 leaves of one class stay finite, and the loss never grows', () => {
  for (let seed = 0; seed < 30; seed++) {
    const trees = grow(40, seed, { l2: 1e-20, leafIterations: 10, learningRate: 1, isWeighted: false, share: 0.2 });
    for (const { values, gradients } of trees) {
      expect([...values].every(Number.isFinite)).toBe(true);
      expect(gradients?.every(Number.isFinite)).toBe(true);
    }
  }
});
