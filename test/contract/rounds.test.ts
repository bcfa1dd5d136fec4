import { describe, expect, test } from 'vitest';
import type { Matrix } from '../../ml/core/matrix.ts';
import type { Predictions } from '../../ml/core/predictions.ts';
import { resolveParams } from '../../ml/estimators/params.ts';
import { meanLogLoss } from '../reference/log-loss.ts';
import { makeData } from './data.ts';
import { learners } from './learners.ts';

// What an estimator promises of its rounds: that they can be ended, counted, and chosen by validation rows.
describe.each(learners)('$name, $task', ({ name, classes, estimator }) => {
  const params = resolveParams(name, estimator.params);
  const { x, y } = makeData(200, 1, classes);
  const { x: unseen, y: truth } = makeData(100, 2, classes);

  test('it ends once its signal is aborted', () => {
    const controller = new AbortController();
    const { signal } = controller;
    const reason = new Error('stop');
    let rounds = 0;
    const onRound = () => {
      rounds += 1;
      controller.abort(reason);
    };
    const fit = () => estimator.fit({ x, y, classes, params, seed: 42, signal, onRound });
    if (estimator.staged) {
      expect(fit).toThrow(reason);
      expect(rounds).toBe(1);
    }
    controller.abort(reason);
    expect(fit).toThrow(reason);
  });

  test.runIf(estimator.staged)('fewer rounds of one fit predict as a fit of fewer rounds', () => {
    const { rounds, count, predict } = estimator.staged as NonNullable<typeof estimator.staged>;
    // What CatBoost derives from the number of rounds is given, since it would differ.
    const given = name === 'catboost' ? { learning_rate: 0.1, max_ctr_complexity: 2 } : {};
    const grow = (count: number) =>
      estimator.fit({
        ...{ x, y, classes, seed: 42 },
        params: resolveParams(name, estimator.params, { ...given, [rounds]: count }),
      });
    const counts = [1, 2, 7, 20, 1000];
    const grown = grow(20);
    expect(count(grown)).toBe(20);
    const stages = predict(grown, unseen, counts);
    expect(stages).toHaveLength(counts.length);
    for (const [k, stage] of stages.entries()) {
      expect(stage).toMatchObject({ rows: unseen.rows, outputs: classes ?? 1 });
      const fewer = Math.min(20, counts[k] as number);
      expect(stage.values, `${fewer} rounds`).toEqual(estimator.predict(grow(fewer), unseen).values);
    }
  });

  test.runIf(estimator.params.early_stopping_rounds ?? estimator.params.n_iter_no_change ?? estimator.params.od_wait)(
    'early stopping follows the validation rows that it is given, and learns from all others',
    () => {
      const [patience, fraction] = [
        ['early_stopping_rounds', 'validation_fraction'],
        ['n_iter_no_change', 'validation_fraction'],
        ['od_wait', 'eval_fraction'],
      ].find(([param]) => param && estimator.params[param]) as [string, string];
      const rounds = estimator.staged?.rounds as string;
      const params = resolveParams(name, estimator.params, { [rounds]: 300, learning_rate: 0.3, [patience]: 5 });
      const noise = Float64Array.from(truth, (_, i) =>
        classes === undefined ? ((i * 7919) % 13) - 6 : ((i * 7919) % 13) % classes,
      );
      const grown = (validation: { x: Matrix; y: Float64Array }, given = params) => {
        let last = 0;
        estimator.fit({
          x,
          y,
          classes,
          validation,
          params: given,
          seed: 42,
          onRound: (done) => {
            last = done;
          },
        });
        return last;
      };
      // Nothing can be learned of noise, so it ends at once; of the truth, more rounds help for longer.
      expect(grown({ x: unseen, y: noise })).toBeLessThan(grown({ x: unseen, y: truth }));
      expect(grown({ x: unseen, y: noise })).toBeLessThan(60);
      // The share that is held out otherwise no longer counts.
      const other = resolveParams(name, estimator.params, { ...params, [fraction]: 0.5 });
      expect(grown({ x: unseen, y: truth }, other)).toBe(grown({ x: unseen, y: truth }));
    },
  );

  test.runIf(estimator.staged?.patience)('what is stopped by given rows ends with its best round', () => {
    const { rounds, patience, count, predict } = estimator.staged as NonNullable<typeof estimator.staged>;
    const given = { [rounds]: 300, learning_rate: 0.3 };
    let last = 0;
    const state = estimator.fit({
      x,
      y,
      classes,
      validation: { x: unseen, y: truth },
      params: resolveParams(name, estimator.params, { ...given, [patience as string]: 8 }),
      seed: 42,
      onRound: (done) => {
        last = done;
      },
    });
    const all = estimator.fit({ x, y, classes, params: resolveParams(name, estimator.params, given), seed: 42 });
    const stages = predict(
      all,
      unseen,
      Array.from({ length: last }, (_, k) => k + 1),
    );
    const lossOf = (predictions: Predictions) =>
      classes === undefined
        ? predictions.values.reduce((sum, value, i) => sum + (value - (truth[i] as number)) ** 2, 0)
        : meanLogLoss(truth, predictions);
    const losses = stages.map(lossOf);
    expect(last).toBeLessThan(300);
    expect(count(state)).toBeLessThan(last);
    expect(count(state)).toBe(losses.indexOf(Math.min(...losses)) + 1);
    expect(estimator.predict(state, unseen)).toEqual(stages[count(state) - 1]);
  });
});
