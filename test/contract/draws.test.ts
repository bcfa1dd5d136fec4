import { describe, expect, test } from 'vitest';
import { resolveParams } from '../../ml/estimators/params.ts';
import { makeData } from './data.ts';
import { learners } from './learners.ts';

// What a mean of several fits of the same rows rests on.
describe.each(learners.filter(({ estimator }) => estimator.isRandom))(
  '$name, $task',
  ({ name, classes, estimator }) => {
    const { x, y } = makeData(300, 1, classes);
    const { x: unseen } = makeData(50, 2, classes);
    const sampled = { subsample: 0.7 };
    const whole = { bootstrap_type: 'No', random_strength: 0 };
    const known = (given: object) =>
      resolveParams(name, estimator.params, {
        ...Object.fromEntries(Object.entries(given).filter(([param]) => param in estimator.params)),
        ...('iterations' in estimator.params ? { iterations: 20 } : { n_estimators: 20 }),
      });
    const predictions = (params: ReturnType<typeof known>, seed: number) =>
      estimator.predict(estimator.fit({ x, y, classes, params, seed }), unseen).values;

    test('a fit that draws differs with its seed', () => {
      const params = known(sampled);
      expect(estimator.isRandom?.(params)).toBe(true);
      expect(predictions(params, 1)).not.toEqual(predictions(params, 2));
    });

    // The seed also decides between equal splits of exact trees.
    test.skipIf(['adaboost', 'gradient_boosting'].includes(name))('one that draws nothing does not', () => {
      const params = known(whole);
      expect(estimator.isRandom?.(params)).toBe(false);
      expect(predictions(params, 1)).toEqual(predictions(params, 2));
    });
  },
);

describe.each(learners.filter(({ estimator }) => estimator.staged))('$name, $task', ({ name, classes, estimator }) => {
  const { x, y } = makeData(300, 1, classes);
  const { x: unseen } = makeData(50, 2, classes);
  const rounds = estimator.staged?.rounds as string;
  // From 200 rounds on other parameters may have other defaults, which are kept.
  const rate = 'learning_rate' in estimator.params ? { learning_rate: 0.1 } : {};
  const params = resolveParams(name, estimator.params, { ...rate, [rounds]: 220 });
  const learn = (given: typeof params) => estimator.fit({ x, y, classes, params: given, seed: 1 });

  test('a shortened fit is the beginning of the longer one, bit by bit', () => {
    const short = estimator.staged?.shortened?.(params, 30, classes);
    expect(short?.[rounds]).toBe(30);
    const own = estimator.predict(learn(short as typeof params), unseen);
    expect(own.values).toEqual(estimator.staged?.predict(learn(params), unseen, [30])[0]?.values);
  });

  test.runIf(name === 'catboost')('there is none where the learning rate hangs on the rounds', () => {
    expect(estimator.staged?.shortened?.({ ...params, learning_rate: null }, 30, classes)).toBeNull();
  });
});
