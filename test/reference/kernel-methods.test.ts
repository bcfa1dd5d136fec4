import { expect, test } from 'vitest';
import { copyRows } from '../../ml/core/matrix.ts';
import { estimatorNamed } from '../../ml/estimators/index.ts';
import { resolveParams } from '../../ml/estimators/params.ts';
import { referenceAnswers, referenceClassAnswers } from './answers.ts';
import { classSample } from './class-data.ts';
import { referenceSample, referenceWeights, type Sample } from './data.ts';

/** The first rows are learned from, and compared with: as many as there are components. */
function firstRows({ x, y }: Pick<Sample, 'x' | 'y'>, count: number, isWeighted = false) {
  const weights = isWeighted ? referenceWeights(x.rows).subarray(0, count) : undefined;
  return {
    x: copyRows(
      x,
      Uint32Array.from({ length: count }, (_, row) => row),
    ),
    y: y.subarray(0, count),
    weights,
  };
}

test.each(referenceAnswers('kernel_ridge').answers)(
  'ridge regression of a kernel predicts as scikit-learn does: $data, $params, weighted: $weighted',
  async ({ data, encoding, params: given, weighted, predictions }) => {
    const sample = await referenceSample(data, encoding);
    const estimator = estimatorNamed('kernel_ridge', 'regression');
    const params = resolveParams('kernel_ridge', estimator.params, given);
    const state = estimator.fit({ ...firstRows(sample, params.n_components as number, weighted), params, seed: 3 });
    const ours = estimator.predict(state, sample.holdoutX).values;
    const scale = Math.max(...ours.map(Math.abs));
    const errors = ours.map((value, i) => Math.abs(value - (predictions?.[i] as number)) / scale);
    expect(errors).toHaveLength(predictions?.length as number);
    expect(Math.max(...errors)).toBeLessThan(1e-6);
  },
);

test.each(referenceClassAnswers('kernel_logistic').answers)(
  'probabilities of logistic regression of a kernel are scikit-learn’s: $data, $params, weighted: $weighted',
  ({ data, encoding, params: given, weighted, probabilities }) => {
    const sample = classSample(data, encoding);
    const { classes, holdoutX } = sample;
    const estimator = estimatorNamed('kernel_logistic', classes === 2 ? 'binary' : 'multiclass');
    const params = resolveParams('kernel_logistic', estimator.params, { ...given, tol: 1e-8 });
    const rows = firstRows(sample, params.n_components as number, weighted);
    const ours = estimator.predict(estimator.fit({ ...rows, classes, params, seed: 3 }), holdoutX).values;
    const errors = ours.map((value, i) => Math.abs(value - (probabilities?.[i] as number)));
    expect(errors).toHaveLength(probabilities?.length as number);
    expect(Math.max(...errors)).toBeLessThan(1e-6);
  },
);
