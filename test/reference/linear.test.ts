import { describe, expect, test } from 'vitest';
import { regressorNamed } from '../../ml/estimators/index.ts';
import { resolveParams } from '../../ml/estimators/params.ts';
import { referenceAnswers } from './answers.ts';
import { referenceSample } from './data.ts';

describe.each(['linear', 'ridge', 'lasso', 'elastic_net'])('%s', (name) => {
  const regressor = regressorNamed(name);
  const { answers } = referenceAnswers(name);

  test.each(answers)(
    'predicts as scikit-learn does: $data, $params',
    async ({ data, encoding, params, predictions }) => {
      const { x, y, holdoutX } = await referenceSample(data, encoding);
      const state = regressor.fit(x, y, resolveParams(name, regressor.params, params), 0);
      const ours = regressor.predict(state, holdoutX);
      expect(ours).toHaveLength(predictions?.length as number);
      const errors = ours.map((value, i) => {
        const theirs = predictions?.[i] as number;
        return Math.abs(value - theirs) / Math.abs(theirs);
      });
      expect(Math.max(...errors)).toBeLessThan(1e-6);
    },
  );
});
