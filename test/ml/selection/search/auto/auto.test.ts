import { describe, expect, test } from 'vitest';
import { oneOutput } from '../../../../../ml/core/predictions.ts';
import { createRandom } from '../../../../../ml/core/random.ts';
import { makeFolds } from '../../../../../ml/data/folds.ts';
import { columnOf, takeRows } from '../../../../../ml/data/table.ts';
import type { Candidate } from '../../../../../ml/selection/candidate.ts';
import type { FitContext } from '../../../../../ml/selection/fit-job.ts';
import { score, scoreOf } from '../../../../../ml/selection/metric.ts';
import { searchAutomatically } from '../../../../../ml/selection/search/auto/auto.ts';
import { sizeOf } from '../../../../../ml/selection/search/auto/cost.ts';
import type { TimeLeft } from '../../../../../ml/selection/search/auto/setting.ts';
import { Space } from '../../../../../ml/selection/search/space.ts';
import type { Outcome, Proposal } from '../../../../../ml/selection/search/strategy.ts';
import { Trials } from '../../../../../ml/selection/search/trials.ts';
import { roundsOf } from '../../../../../ml/selection/shared-fit.ts';
import { regression as task } from '../../../../../ml/selection/tasks/regression.ts';
import { houses } from '../../../../houses.ts';
import { houseTable, rows } from '../../house-table.ts';

const context: FitContext = { declaration: houses, train: houseTable, folds: makeFolds(rows, 4, 1), seed: 1 };

/** Predictions that are off by so much, each row at random but the same for all candidates. */
function outcomeOf(proposal: Proposal, errorOf: (candidate: Candidate) => number): Outcome {
  const { fitted } = proposal.fit;
  const results = proposal.folds.map((fold) => {
    const held = takeRows(houseTable, context.folds[fold]?.held as Uint32Array);
    const truth = columnOf(held, 'price');
    const random = createRandom(fold);
    const predictions = oneOutput(truth.map((price) => price + errorOf(fitted) * (random.uniform() - 0.5)));
    const scores = score(task.metrics, truth, predictions);
    const rounds = roundsOf(fitted) === undefined ? null : 100;
    return { fold, predictions, scores, rounds, fitSeconds: 0, predictSeconds: 0 };
  });
  return { proposal, results: [results] };
}

/** All that a search proposes, batch by batch. */
function proposals(
  models: readonly string[],
  errorOf: (candidate: Candidate) => number,
  size = sizeOf(context),
  time?: TimeLeft,
) {
  const trials = new Trials({ context, task });
  const spaces = models.map((model) => new Space('regression', model, {}, 50));
  const proposeRecipes = () => [[{ recipe: 'pairs' }], [{ recipe: 'counts' }]];
  const common = { spaces, given: {}, folds: 4, seed: 1, context, objective: task.objective, baseline: 'mean', trials };
  const strategy = searchAutomatically({ ...common, size, proposeRecipes, time });
  const batches: Proposal[][] = [];
  for (let step = strategy.next([]); !step.done; ) {
    const batch = step.value.proposals;
    batches.push([...batch]);
    for (const proposal of batch) trials.propose(proposal);
    const outcomes = batch.map((proposal) => outcomeOf(proposal, errorOf));
    for (const outcome of outcomes) trials.add(outcome);
    step = strategy.next(outcomes);
  }
  return { batches, trials };
}

const modelsOf = (batch: readonly Proposal[] = []) => batch.map(({ fit }) => fit.fitted.model);
const featuresOf = ({ fit }: Proposal) => fit.fitted.features?.map(({ recipe }) => recipe).join('+') ?? '';

describe('the automatic search', () => {
  const byRate = ({ params, model }: Candidate) =>
    model === 'xgboost' ? 10 + 100 * Math.abs((params.learning_rate as number) - 0.12) : 60;

  test('begins with each model once, cheap ones first, and comes to an end', () => {
    const { batches } = proposals(['xgboost', 'ridge', 'mean'], byRate);
    expect(modelsOf(batches[0])).toEqual(['mean', 'ridge', 'xgboost']);
    expect(batches.flat().length).toBeGreaterThan(20);
    expect(batches.flat().length).toBeLessThan(1000);
  });

  test('proposes the same whenever it runs', () => {
    const all = () => JSON.stringify(proposals(['xgboost', 'ridge'], byRate).batches);
    expect(all()).toBe(all());
  });

  test('spends on what is best, and finds what is better than what it began with', () => {
    const { batches, trials } = proposals(['xgboost', 'ridge'], byRate);
    expect(modelsOf(batches.flat()).filter((model) => model === 'xgboost').length).toBeGreaterThan(10);
    const best = (model: string) =>
      Math.max(
        ...trials.evaluations(model).map(({ entry }) => ('cv' in entry ? scoreOf(entry.cv, task.objective) : 0)),
      );
    const [opener] = trials.evaluations('xgboost');
    expect(best('xgboost')).toBeGreaterThan(opener && 'cv' in opener.entry ? (opener.entry.cv.r2 as number) : 1);
  });

  test('tries the best in smaller steps, where there is time left in the end', () => {
    const time = { secondsLeft: () => 1e6, secondsOf: () => 1 };
    const { batches, trials } = proposals(['xgboost', 'catboost', 'ridge'], byRate, sizeOf(context), time);
    const rateOf = ({ params }: Candidate) => params.learning_rate as number;
    const last = batches.at(-1)?.map(({ fit }) => fit.fitted) ?? [];
    expect(last.map(({ model }) => model)).toEqual(['xgboost', 'catboost']);
    const [best] = trials
      .evaluations('xgboost')
      .filter(({ asFitted }) => asFitted !== last[0])
      .sort((a, b) => byRate(a.asFitted) - byRate(b.asFitted));
    expect(rateOf(last[0] as Candidate)).toBeCloseTo(rateOf(best?.asFitted as Candidate) / 3, 3);
    const hurried = proposals(['xgboost'], byRate, sizeOf(context), { ...time, secondsLeft: () => 1 });
    expect(hurried.batches.flat().filter(({ isFixed, folds }) => isFixed && folds.length === 4)).toEqual([]);
  });

  test('gives up in the first folds what is clearly worse', () => {
    const { batches } = proposals(['xgboost'], byRate);
    const all = batches.flat().filter((proposal) => featuresOf(proposal) === '');
    const first = all.filter(({ folds }) => folds.join() === '0,1');
    const later = new Set(all.filter(({ folds }) => folds.join() === '2,3').map(({ fit }) => byRate(fit.fitted)));
    const given = first.map(({ fit }) => byRate(fit.fitted)).filter((error) => !later.has(error));
    expect(given.length).toBeGreaterThan(0);
    // What is given up is worse than the best that goes on.
    expect(Math.min(...given)).toBeGreaterThan(Math.min(...later));
  });

  test('keeps recipes that pay, and leaves out those that do not', () => {
    const helped = (candidate: Candidate) =>
      byRate(candidate) * (candidate.features?.some(({ recipe }) => recipe === 'pairs') ? 0.5 : 1);
    const { batches, trials } = proposals(['xgboost'], helped);
    const later = batches.slice(4).flat().map(featuresOf);
    expect(new Set(later)).toEqual(new Set(['pairs']));
    const { batches: plain, trials: others } = proposals(['xgboost'], byRate);
    expect(new Set(plain.slice(4).flat().map(featuresOf))).toEqual(new Set(['']));
    const made = (all: Trials) => all.evaluations().filter(({ entry }) => entry.features !== undefined);
    expect(made(trials).length).toBeGreaterThan(0);
    expect(made(others)).toEqual([]);
  });

  test('of many rows tries cheap models on all, looks at costly ones on few, and gives up those that lie far behind', () => {
    const size = { rows: 100_000, held: 25_000, numbers: 20, levels: [], classes: 0 };
    const error = ({ model }: Candidate) => ({ xgboost: 10, random_forest: 90 })[model] ?? 120;
    const { batches } = proposals(['random_forest', 'xgboost', 'ridge', 'mean'], error, size);
    expect(modelsOf(batches[0])).toEqual(['mean', 'ridge', 'mean', 'ridge', 'xgboost', 'random_forest']);
    expect(batches[0]?.map(({ how }) => how.rows)).toEqual([undefined, undefined, 3000, 3000, 3000, 3000]);
    expect(batches[0]?.[0]?.folds).toEqual([0, 1, 2, 3]);
    expect(modelsOf(batches.slice(1).flat())).not.toContain('random_forest');
  });

  describe('of many rows', () => {
    const size = { rows: 100_000, held: 25_000, numbers: 20, levels: [], classes: 0 };
    const models = ['gradient_boosting', 'xgboost', 'catboost', 'ridge', 'mean'];
    const paying = ({ model, features }: Candidate) =>
      (model === 'mean' ? 200 : 60) * (features?.some(({ recipe }) => recipe === 'pairs') ? 0.5 : 1);
    const isLook = ({ how }: Proposal) => how.rows !== undefined;
    const firstOf = (batches: readonly (readonly Proposal[])[], is: (proposal: Proposal) => boolean) =>
      batches.findIndex((batch) => batch.some(is));

    test('looks at recipes on few of them, before a costly model is tried on all, and takes on what pays', () => {
      const { batches } = proposals(models, paying, size);
      const looked = firstOf(batches, (proposal) => isLook(proposal) && featuresOf(proposal) === 'pairs');
      const opened = firstOf(batches, (proposal) => !isLook(proposal) && modelsOf([proposal])[0] === 'xgboost');
      expect(looked).toBe(1);
      expect(looked).toBeLessThan(opened);
      const whole = batches.flat().filter((proposal) => !isLook(proposal) && featuresOf(proposal) !== '');
      expect(new Set(whole.map(featuresOf))).toEqual(new Set(['pairs']));
      // No recipe that brought nothing on few rows is tried on all.
      const { batches: plain } = proposals(models, ({ model }) => (model === 'mean' ? 200 : 60), size);
      expect(plain.flat().filter((proposal) => !isLook(proposal) && featuresOf(proposal) !== '')).toEqual([]);
    });

    /** All that is tried where a model takes a sixth of the time. */
    const inAHurry = (errorOf: (candidate: Candidate) => number, secondsLeft = 60) => {
      const time = {
        secondsLeft: () => secondsLeft,
        secondsOf: ({ fit, how }: Proposal) => (how.rows ? 2.5 : fit.fitted.model === 'xgboost' ? 10 : 12),
      };
      return proposals(['gradient_boosting', 'xgboost', 'catboost', 'mean'], errorOf, size, time).batches;
    };

    test('where time is short looks at recipes with the model that was begun, and begins the others with what pays', () => {
      const [begun = [], looks = [], whole = [], ...later] = inAHurry(paying);
      expect(modelsOf(begun)).toEqual(['xgboost']);
      expect(looks.every(isLook)).toBe(true);
      expect(looks.map(featuresOf)).toEqual(['', 'pairs', 'counts']);
      expect(new Set(modelsOf(looks))).toEqual(new Set(['xgboost']));
      expect(whole.map((proposal) => [...modelsOf([proposal]), featuresOf(proposal), isLook(proposal)])).toEqual([
        ['xgboost', 'pairs', false],
      ]);
      // In larger steps, where there is no time for the same.
      expect(whole[0]?.isFixed).toBeUndefined();
      const openers = later.flat().filter((proposal) => modelsOf([proposal])[0] === 'catboost');
      expect(openers.length).toBeGreaterThan(0);
      expect(new Set(openers.map(featuresOf))).toEqual(new Set(['pairs']));
    });

    test('where time is even shorter does not begin a model twice in the same steps', () => {
      const batches = inAHurry(paying, 12);
      expect(modelsOf(batches[0])).toEqual(['xgboost']);
      expect(new Set(modelsOf(batches[1]))).toEqual(new Set(['gradient_boosting', 'catboost', 'mean']));
    });

    test('where time is short leaves out what does not pay', () => {
      const batches = inAHurry(({ model }) => (model === 'mean' ? 200 : 60));
      expect(batches[1]?.every(isLook)).toBe(true);
      expect(batches.slice(2).flat().map(featuresOf).join('')).toBe('');
    });
  });
});
