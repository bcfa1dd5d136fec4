import { describe, expect, test } from 'vitest';
import { estimatorNamed } from '../../ml/estimators/index.ts';
import { resolveParams } from '../../ml/estimators/params.ts';
import { referenceAnswers } from './answers.ts';
import { referenceSample, referenceWeights } from './data.ts';

describe.each(['linear', 'ridge', 'lasso', 'elastic_net'])('%s', (name) => {
  const estimator = estimatorNamed(name, 'regression');
  const { answers } = referenceAnswers(name);

  test.each(answers)(
    'predicts as scikit-learn does: $data, $params, weighted: $weighted',
    async ({ data, encoding, params, weighted, predictions }) => {
      const { x, y, holdoutX } = await referenceSample(data, encoding);
      const weights = weighted ? referenceWeights(x.rows) : undefined;
      const state = estimator.fit({ x, y, weights, params: resolveParams(name, estimator.params, params), seed: 0 });
      const ours = estimator.predict(state, holdoutX).values;
      expect(ours).toHaveLength(predictions?.length as number);
      const errors = ours.map((value, i) => {
        const theirs = predictions?.[i] as number;
        return Math.abs(value - theirs) / Math.abs(theirs);
      });
      expect(Math.max(...errors)).toBeLessThan(1e-6);
    },
  );
});
