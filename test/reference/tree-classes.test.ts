import { describe, expect, test } from 'vitest';
import { estimatorNamed, paramsOf } from '../../ml/estimators/index.ts';
import { type ClassAnswer, referenceClassAnswers } from './answers.ts';
import { classSample } from './class-data.ts';
import { referenceWeights } from './data.ts';
import { meanLogLoss } from './log-loss.ts';

describe.each(['decision_tree', 'random_forest', 'extra_trees', 'gradient_boosting', 'adaboost'])('%s', (name) => {
  const { answers } = referenceClassAnswers(name);

  function predict({ data, encoding, params, weighted }: ClassAnswer, seed: number) {
    const { x, y, classes, holdoutX, holdoutY } = classSample(data, encoding);
    const task = classes === 2 ? 'binary' : 'multiclass';
    const estimator = estimatorNamed(name, task);
    const weights = weighted ? referenceWeights(x.rows) : undefined;
    const state = estimator.fit({ x, y, weights, classes, params: paramsOf(name, task, params), seed });
    const predictions = estimator.predict(state, holdoutX);
    const { values, outputs } = predictions;
    return { values, outputs, logLoss: meanLogLoss(holdoutY, predictions) };
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
      { timeout: 120_000 },
      (answer) => {
        const { seeds = 0, log_loss } = answer;
        let sum = 0;
        for (let seed = 0; seed < seeds; seed++) sum += predict(answer, seed).logLoss;
        expect(Math.abs(sum / seeds - log_loss)).toBeLessThanOrEqual(0.005);
      },
    );
  }
});
