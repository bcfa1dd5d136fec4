import { describe, expect, test } from 'vitest';
import { estimatorNamed, paramsOf } from '../../ml/estimators/index.ts';
import { type ClassAnswer, referenceClassAnswers } from './answers.ts';
import { classSample } from './class-data.ts';
import { referenceWeights } from './data.ts';

// As many seeds as the reference was asked with take minutes; `npm run bench -- agreement` runs them.
const SEEDS = 4;

describe.each(['decision_tree', 'random_forest', 'gradient_boosting', 'adaboost'])('%s', (name) => {
  const { answers } = referenceClassAnswers(name);

  function predict({ data, encoding, params, weighted }: ClassAnswer, seed: number) {
    const { x, y, classes, holdoutX, holdoutY } = classSample(data, encoding);
    const task = classes === 2 ? 'binary' : 'multiclass';
    const estimator = estimatorNamed(name, task);
    const weights = weighted ? referenceWeights(x.rows) : undefined;
    const state = estimator.fit({ x, y, weights, classes, params: paramsOf(name, task, params), seed });
    const { values, outputs } = estimator.predict(state, holdoutX);
    const losses = holdoutY.map((k, i) => -Math.log(Math.max(Number.EPSILON, values[i * outputs + k] as number)));
    return { values, outputs, logLoss: losses.reduce((sum, loss) => sum + loss, 0) / losses.length };
  }

  const exact = answers.filter(({ probabilities }) => probabilities);
  test.each(exact)(
    'predicts as its reference does where no splits tie: $data, $params, weighted: $weighted',
    (answer) => {
      const { values, outputs } = predict(answer, 0);
      const theirs = answer.probabilities as Float64Array;
      expect(values).toHaveLength(theirs.length);
      const compared = [...values.keys()].filter((at) => answer.ties?.[Math.floor(at / outputs)] !== 1);
      const errors = compared.map((at) => Math.abs((values[at] as number) - (theirs[at] as number)));
      expect(Math.max(...errors)).toBeLessThanOrEqual(1e-6);
      expect(compared.length).toBeGreaterThan(0.9 * theirs.length);
    },
  );

  const drawn = answers.filter(({ seeds }) => seeds);
  if (drawn.length > 0) {
    test.each(drawn)(
      'scores as its reference does, over seeds: $data, $params, weighted: $weighted',
      { timeout: 60_000 },
      (answer) => {
        let sum = 0;
        for (let seed = 0; seed < SEEDS; seed++) sum += predict(answer, seed).logLoss;
        expect(Math.abs(sum / SEEDS - answer.log_loss)).toBeLessThanOrEqual(0.01);
      },
    );
  }
});
