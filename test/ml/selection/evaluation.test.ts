import { describe, expect, test } from 'vitest';
import { DataError, ParamError } from '../../../ml/core/errors.ts';
import { oneOutput } from '../../../ml/core/predictions.ts';
import { makeFolds } from '../../../ml/data/folds.ts';
import { candidatesOf } from '../../../ml/selection/candidate.ts';
import { evaluate } from '../../../ml/selection/evaluation.ts';
import { type FitContext, type FitJob, type FitResult, failureOf } from '../../../ml/selection/fit-job.ts';
import { startFitThreads } from '../../../ml/selection/fit-threads.ts';
import { type FitHooks, type Fitting, fitHere, fitInThreads } from '../../../ml/selection/fitting.ts';
import { regression } from '../../../ml/selection/tasks/regression.ts';
import { houses } from '../../houses.ts';
import { houseTable, rows } from './house-table.ts';

const context: FitContext = { declaration: houses, train: houseTable, folds: makeFolds(rows, 5, 42), seed: 42 };
const [linear, forest, catboost, mean] = candidatesOf('regression', ['linear', 'random_forest', 'catboost', 'mean'], {
  random_forest: { n_estimators: 7 },
  catboost: { iterations: 30 },
}) as [Candidate, Candidate, Candidate, Candidate];
type Candidate = ReturnType<typeof candidatesOf>[number];

const silent = () => ({ onStart: () => {}, onNote: () => {}, onEnd: () => {} });
const evaluated = (
  candidate: Candidate,
  fitting: Fitting,
  hooksOf: (fold: number) => FitHooks = silent,
  signal?: AbortSignal,
) => evaluate(candidate, { context, task: regression, fitting, signal }, hooksOf);
const inThreads = (threads: number) => fitInThreads(startFitThreads(threads), context);

test('scores are means over the folds, with the spread of the objective', async () => {
  const fitting = fitHere(context);
  const best = await evaluated(linear, fitting);
  expect(best.entry).toMatchObject({ status: 'scored', model: 'linear', cv: { r2: expect.closeTo(1, 9) } });
  const { entry } = await evaluated(mean, fitting);
  const { r2, r2_sd, rmse, mae } = (entry as { cv: Record<string, number> }).cv as Record<string, number>;
  expect(r2).toBeLessThan(0);
  expect(r2_sd).toBeGreaterThan(0);
  expect(rmse).toBeGreaterThan(mae as number);
});

test('of the rows that each fold holds there is what was predicted without them', async () => {
  const { folds } = await evaluated(mean, fitHere(context));
  const prices = houseTable.columns.get('price') as Float64Array;
  expect(folds).toHaveLength(context.folds.length);
  for (const [fold, { held }] of context.folds.entries()) {
    const others = [...prices].filter((_, row) => !held.includes(row));
    const expected = others.reduce((sum, price) => sum + price, 0) / others.length;
    const { rows, outputs, values } = folds[fold]?.predictions ?? expect.unreachable();
    expect([rows, outputs]).toEqual([held.length, 1]);
    for (const value of values) expect(value).toBeCloseTo(expected, 9);
  }
});

describe('threads', () => {
  test('give the same bytes as this one, whatever their number and the order of the candidates', async () => {
    const all = [linear, forest, catboost, mean];
    const run = async (fitting: Fitting, candidates: readonly Candidate[]) => {
      try {
        const some = await Promise.all(candidates.map((candidate) => evaluated(candidate, fitting)));
        // Times differ.
        const results = some.map(({ entry, folds }) => ({
          entry,
          predictions: folds.map(({ predictions }) => predictions),
        }));
        return new Map(candidates.map(({ model }, i) => [model, results[i]]));
      } finally {
        await fitting.close();
      }
    };
    const here = await run(fitHere(context), all);
    expect(await run(inThreads(2), all.toReversed())).toEqual(here);
    expect(await run(inThreads(3), all)).toEqual(here);
  });

  test('that die fail their candidate at once, with the cause, and no other', async () => {
    // A thread is killed while its forest grows: at the first that is heard of it.
    const [endless] = candidatesOf('regression', ['random_forest'], { random_forest: { n_estimators: 100_000 } }) as [
      Candidate,
    ];
    const pool = startFitThreads(2);
    const fitting = fitInThreads(pool, context);
    try {
      let killed = false;
      const onNote = () => {
        if (!killed) pool.busy[0]?.terminate();
        killed = true;
      };
      const dying = evaluated(endless, fitting, () => ({ ...silent(), onNote }));
      const [{ entry }, other] = await Promise.all([dying, evaluated(linear, fitting)]);
      expect(killed).toBe(true);
      expect(entry).toMatchObject({
        status: 'failed',
        reason: expect.stringMatching(/thread has ended with the code 1/),
      });
      expect(other.entry.status).toBe('scored');
    } finally {
      await fitting.close();
    }
  });

  test.each(['here', 'in threads'])('end with the signal: %s', async (where) => {
    const controller = new AbortController();
    const [endless] = candidatesOf('regression', ['xgboost'], { xgboost: { n_estimators: 100_000 } }) as [Candidate];
    const fitting = where === 'here' ? fitHere(context) : inThreads(2);
    const reason = new Error('enough');
    const hooks = { ...silent(), onNote: () => controller.abort(reason) };
    const ended = evaluated(endless, fitting, () => hooks, controller.signal);
    await expect(ended).rejects.toBe(reason);
    await fitting.close();
  });
});

test('a fold that fails ends its candidate; the reason is that of the first fold, in whatever order they end', async () => {
  const asked: number[] = [];
  const predicted: FitResult = {
    status: 'predicted',
    predictions: [oneOutput(new Float64Array(11))],
    rounds: null,
    fitSeconds: 0,
    predictSeconds: 0,
  };
  const fitting: Fitting = {
    parallel: 5,
    async fit({ fold }: Omit<FitJob, 'threads'>, _hooks: FitHooks, signal: AbortSignal): Promise<FitResult> {
      // The later the fold, the sooner it ends.
      for (let turns = 100 - 10 * (fold as number); turns > 0; turns--) await Promise.resolve();
      signal.throwIfAborted();
      asked.push(fold as number);
      return fold === 2 || fold === 3 ? { status: 'failed', reason: `fold ${fold}` } : predicted;
    },
    forget: async () => {},
    close: async () => {},
  };
  expect((await evaluated(linear, fitting)).entry).toMatchObject({ status: 'failed', reason: 'fold 2' });
  expect(asked).toEqual([4, 3, 2, 1, 0]);
});

test.each([
  [new DataError('too many rows'), 'too many rows'],
  [
    new DataError('The prediction is not finite', {
      issues: [{ path: '3.z', keys: [3, 'z'], message: '1e308 is far' }],
    }),
    'The prediction is not finite: z: 1e308 is far',
  ],
  [new ParamError('alpha is 0'), 'alpha is 0'],
  [
    new RangeError('Array buffer allocation failed'),
    'it needs more memory than there is (Array buffer allocation failed)',
  ],
  [new TypeError('x is undefined'), 'an error in Plumbline itself: TypeError: x is undefined'],
])('a fit that meets %s has failed, and says why', (error, reason) => {
  const failure = failureOf(error);
  expect(failure).toMatchObject({ status: 'failed', reason });
  expect(failure.stack !== undefined).toBe(error instanceof TypeError);
});
