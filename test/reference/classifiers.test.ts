import { describe, expect, test } from 'vitest';
import { estimatorNamed, paramsOf } from '../../ml/estimators/index.ts';
import { type ClassAnswer, referenceClassAnswers } from './answers.ts';
import { classSample } from './class-data.ts';
import { referenceWeights } from './data.ts';
import { meanLogLoss } from './log-loss.ts';

/** How far a probability may be from the reference's: XGBoost's sums are float32. */
const tolerances: Readonly<Record<string, number>> = { logistic: 1e-6 };

/** How many seeds a mean of ours is over at most, where rows and columns are drawn; the reference's is over 20. */
const SEEDS = 6;

describe.each(Object.entries(tolerances))('%s', (name, tolerance) => {
  const { answers } = referenceClassAnswers(name);

  function predict({ data, encoding, params, weighted, weights }: ClassAnswer, seed: number) {
    const { x, y, holdoutX, holdoutY, classes } = classSample(data, encoding);
    const task = classes === 2 ? 'binary' : 'multiclass';
    const estimator = estimatorNamed(name, task);
    const rows = { x, y, weights: weighted ? referenceWeights(x.rows) : weights };
    const state = estimator.fit({ ...rows, classes, params: paramsOf(name, task, params), seed });
    return { predictions: estimator.predict(state, holdoutX), y: holdoutY };
  }

  const exact = answers.filter(({ probabilities }) => probabilities);
  test.runIf(exact.length > 0).each(exact)(
    'predicts as its reference does where no splits tie: $data, $params, weighted: $weighted',
    (answer) => {
      const theirs = answer.probabilities as Float64Array;
      const { predictions, y } = predict(answer, 0);
      const { rows, outputs, values } = predictions;
      expect(values).toHaveLength(theirs.length);
      const compared = Array.from({ length: rows }, (_, i) => i).filter((i) => answer.ties?.[i] !== 1);
      const errors = compared.flatMap((i) =>
        Array.from({ length: outputs }, (_, k) =>
          Math.abs((values[i * outputs + k] as number) - (theirs[i * outputs + k] as number)),
        ),
      );
      expect(Math.max(...errors)).toBeLessThanOrEqual(tolerance);
      expect(compared.length).toBeGreaterThan(0.9 * rows);
      if (compared.length === rows) expect(meanLogLoss(y, predictions)).toBeCloseTo(answer.log_loss, 5);
    },
  );

  const drawn = answers.filter(({ seeds }) => seeds);
  test.runIf(drawn.length > 0).each(drawn)(
    'scores as its reference does, over seeds: $data, $params, weighted: $weighted',
    { timeout: 60_000 },
    (answer) => {
      const seeds = Math.min(SEEDS, answer.seeds as number);
      let sum = 0;
      for (let seed = 0; seed < seeds; seed++) {
        const { predictions, y } = predict(answer, seed);
        sum += meanLogLoss(y, predictions);
      }
      expect(Math.abs(sum / seeds - answer.log_loss)).toBeLessThanOrEqual(0.005);
    },
  );
});
