import { expect, test } from 'vitest';
import { type Matrix, rowOf } from '../../ml/core/matrix.ts';
import { estimatorNamed } from '../../ml/estimators/index.ts';
import { resolveParams } from '../../ml/estimators/params.ts';
import { referenceAnswers, referenceClassAnswers } from './answers.ts';
import { classSample } from './class-data.ts';
import { referenceSample } from './data.ts';

const knn = estimatorNamed('knn', 'regression');

/** Whether it is clear which training rows are the k nearest: of two as far away the reference takes either. */
function isClear({ rows, columns, data }: Matrix, row: Float64Array, k: number, p: number): boolean {
  // The k + 1 smallest distances, in ascending order.
  const nearest = new Float64Array(k + 1).fill(Number.POSITIVE_INFINITY);
  for (let i = 0, at = 0; i < rows; i++) {
    let sum = 0;
    for (let j = 0; j < columns; j++, at++) {
      const difference = Math.abs((data[at] as number) - (row[j] as number));
      sum += p === 1 ? difference : difference * difference;
    }
    if (sum >= (nearest[k] as number)) continue;
    let place = k;
    for (; place > 0 && (nearest[place - 1] as number) > sum; place--) nearest[place] = nearest[place - 1] as number;
    nearest[place] = sum;
  }
  return (nearest[k] as number) - (nearest[k - 1] as number) > 1e-9 * (nearest[k] as number);
}

test.each(referenceAnswers('knn').answers)(
  'predicts as scikit-learn does where no distances tie: $data, $params',
  async (answer) => {
    const { x, y, holdoutX } = await referenceSample(answer.data, answer.encoding);
    const params = resolveParams('knn', knn.params, answer.params);
    const ours = knn.predict(knn.fit({ x, y, params, seed: 0 }), holdoutX).values;
    let compared = 0;
    let worst = 0;
    ours.forEach((value, i) => {
      if (!isClear(x, rowOf(holdoutX, i), params.n_neighbors as number, params.p as number)) return;
      const theirs = answer.predictions?.[i] as number;
      worst = Math.max(worst, Math.abs(value - theirs) / Math.abs(theirs));
      compared += 1;
    });
    expect(worst).toBeLessThan(1e-6);
    expect(compared).toBeGreaterThan(0.8 * ours.length);
  },
);

test.each(referenceClassAnswers('knn').answers)(
  'its probabilities are scikit-learn’s where no distances tie: $data, $params',
  ({ data, encoding, params: given, probabilities }) => {
    const { x, y, holdoutX, classes } = classSample(data, encoding);
    const task = classes === 2 ? 'binary' : 'multiclass';
    const classifier = estimatorNamed('knn', task);
    const params = resolveParams('knn', classifier.params, given);
    const ours = classifier.predict(classifier.fit({ x, y, classes, params, seed: 0 }), holdoutX).values;
    const clear = Array.from({ length: holdoutX.rows }, (_, i) => i).filter((i) =>
      isClear(x, rowOf(holdoutX, i), params.n_neighbors as number, params.p as number),
    );
    const errors = clear.flatMap((i) =>
      Array.from({ length: classes }, (_, k) =>
        Math.abs((ours[i * classes + k] as number) - (probabilities?.[i * classes + k] as number)),
      ),
    );
    expect(Math.max(...errors)).toBeLessThan(1e-6);
    expect(clear.length).toBeGreaterThan(0.8 * holdoutX.rows);
  },
);
