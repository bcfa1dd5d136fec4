import { describe, expect, test } from 'vitest';
import { regressionScores } from '../../ml/core/regression-scores.ts';
import { estimatorNamed } from '../../ml/estimators/index.ts';
import { resolveParams } from '../../ml/estimators/params.ts';
import { type Answer, referenceAnswers } from './answers.ts';
import { referenceSample, referenceWeights } from './data.ts';

/** How far a prediction may be from the reference's, as a share of it: XGBoost's sums are float32. */
const tolerances = {
  decision_tree: 1e-6,
  gradient_boosting: 1e-6,
  random_forest: 1e-6,
  extra_trees: 1e-6,
  adaboost: 1e-6,
  xgboost: 1e-4,
};

// On the larger data sets a fit takes seconds, and seeds differ little; `npm run bench -- agreement` runs as many as theirs.
const seedsOf = ({ data, seeds = 0 }: Answer) => (data === 'students' ? seeds : 4);

describe.each(Object.entries(tolerances))('%s', (name, tolerance) => {
  const estimator = estimatorNamed(name, 'regression');
  const { answers } = referenceAnswers(name);

  async function predict({ data, encoding, params, weighted }: Answer, seed: number) {
    const { x, y, holdoutX, holdoutY } = await referenceSample(data, encoding);
    const weights = weighted ? referenceWeights(x.rows) : undefined;
    const state = estimator.fit({ x, y, weights, params: resolveParams(name, estimator.params, params), seed });
    const predictions = estimator.predict(state, holdoutX).values;
    return { predictions, r2: regressionScores(holdoutY, predictions).r2 };
  }

  const exact = answers.filter(({ predictions }) => predictions);
  if (exact.length > 0) {
    test.each(exact)(
      'predicts as its reference does where no splits tie: $data, $params, weighted: $weighted',
      async (answer) => {
        const { predictions } = await predict(answer, 0);
        const theirs = answer.predictions as Float64Array;
        expect(predictions).toHaveLength(theirs.length);
        const compared = [...predictions.keys()].filter((i) => answer.ties?.[i] !== 1);
        const errors = compared.map((i) => {
          const expected = theirs[i] as number;
          return Math.abs((predictions[i] as number) - expected) / Math.abs(expected);
        });
        expect(Math.max(...errors)).toBeLessThanOrEqual(tolerance);
        expect(compared.length).toBeGreaterThan(0.9 * theirs.length);
      },
    );
  }

  const drawn = answers.filter(({ seeds }) => seeds);
  if (drawn.length > 0) {
    test.each(drawn)(
      'scores as its reference does, over seeds: $data, $params, weighted: $weighted',
      { timeout: 60_000 },
      async (answer) => {
        const seeds = seedsOf(answer);
        let sum = 0;
        for (let seed = 0; seed < seeds; seed++) sum += (await predict(answer, seed)).r2;
        expect(Math.abs(sum / seeds - answer.r2)).toBeLessThanOrEqual(0.01);
      },
    );
  }
});
