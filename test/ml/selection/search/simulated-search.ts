// A search whose fits take no time: a clock goes on by what they would take on a machine that is as slow, for models that grow as long.

import { oneOutput } from '../../../../ml/core/predictions.ts';
import { createRandom } from '../../../../ml/core/random.ts';
import type { Declaration } from '../../../../ml/data/declaration.ts';
import { makeFolds } from '../../../../ml/data/folds.ts';
import { columnOf, type Table, takeRows } from '../../../../ml/data/table.ts';
import { growthOf } from '../../../../ml/estimators/index.ts';
import type { Candidate } from '../../../../ml/selection/candidate.ts';
import { triedRows } from '../../../../ml/selection/draw-rows.ts';
import type { FitContext } from '../../../../ml/selection/fit-job.ts';
import { score } from '../../../../ml/selection/metric.ts';
import { planOf } from '../../../../ml/selection/plan.ts';
import type { Rows } from '../../../../ml/selection/rows.ts';
import { searchAutomatically } from '../../../../ml/selection/search/auto/auto.ts';
import { costOf, expectedRounds, type Size, sizeOfRows } from '../../../../ml/selection/search/auto/cost.ts';
import { Budget } from '../../../../ml/selection/search/budget.ts';
import { reduceToBudget } from '../../../../ml/selection/search/reduce.ts';
import { SearchTime } from '../../../../ml/selection/search/search-time.ts';
import { Space } from '../../../../ml/selection/search/space.ts';
import type { Outcome, Proposal } from '../../../../ml/selection/search/strategy.ts';
import { Trials } from '../../../../ml/selection/search/trials.ts';
import { roundsOf } from '../../../../ml/selection/shared-fit.ts';
import { regression as task } from '../../../../ml/selection/tasks/regression.ts';
import { houses } from '../../../houses.ts';
import { rows as houseRows, houseTable } from '../house-table.ts';

/** What is learned from, and how much is known of it wrongly. */
export interface World {
  readonly rows: number;
  /** 0 of numbers. */
  readonly classes: number;
  readonly budget: number;
  /** How many times the seconds that they should cost fits take, by model. */
  readonly slowness: (model: string) => number;
  /** How many times the rounds that are to be expected models grow. */
  readonly growth: number;
}

/** What a search came to. */
export interface Simulated {
  /** The candidates that were tried in all folds, when, and which share of the rounds that are best they have. */
  readonly tried: readonly { readonly candidate: Candidate; readonly seconds: number; readonly grown: number }[];
  /** Of the budget, what the search spent, and on fits that did not come to their end. */
  readonly spent: number;
  readonly wasted: number;
}

const PARALLEL = 2;
const columns = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];

/** Runs the automatic search in a world. */
export function simulate(world: World): Simulated {
  const { plan, size } = planned(world);
  const folds = plan.reduced?.folds ?? plan.folds;
  const context: FitContext = {
    declaration: houses,
    train: houseTable,
    folds: makeFolds(houseRows, 5, 1).slice(-folds),
    seed: 1,
  };
  const trials = new Trials({ context, task });
  const clock = { seconds: 0 };
  const budget = new Budget(world.budget, 0, () => 1000 * clock.seconds);
  const sizeOf = (rows = size.rows): Size => ({
    ...size,
    rows: Math.min(rows, size.rows),
    held: Math.min(rows, size.held),
  });
  const time = new SearchTime(budget, { folds, sizeOf, given: {}, parallel: PARALLEL, isFree: true });
  const spaces = plan.models.map((model) => new Space('regression', model, {}, 50));
  const common = { spaces, given: {}, folds, seed: 1, context, objective: task.objective, baseline: 'mean', trials };
  const strategy = searchAutomatically({ ...common, size, proposeRecipes: () => [[{ recipe: 'pairs' }]], time });
  const tried: Simulated['tried'][number][] = [];
  for (let step = strategy.next([]); !step.done; ) {
    const { proposals } = step.value;
    const outcomes: (Outcome | undefined)[] = proposals.map(() => undefined);
    // Two at a time: one is taken while another is under way.
    const under: { readonly at: number; readonly proposal: Proposal }[] = [];
    for (let at = 0; at < proposals.length || under.length > 0; ) {
      while (under.length < PARALLEL && at < proposals.length) {
        const proposal = time.afford(proposals[at] as Proposal);
        if (proposal) under.push({ at, proposal });
        at += 1;
      }
      const [first] = under.splice(0, 1);
      if (!first) continue;
      trials.propose(first.proposal);
      const began = clock.seconds;
      const { outcome, seconds, grown } = outcomeIn(world, first.proposal, sizeOf(first.proposal.how.rows), context);
      clock.seconds += seconds;
      if (budget.secondsLeft < 0) {
        const end = clock.seconds + budget.secondsLeft;
        return { tried, spent: end / world.budget, wasted: (end - began) / world.budget };
      }
      trials.add(outcome);
      time.observe(outcome);
      outcomes[first.at] = outcome;
      const { fitted } = first.proposal.fit;
      if (trials.evaluationOf(fitted)) tried.push({ candidate: fitted, seconds: clock.seconds, grown });
    }
    step = strategy.next(outcomes);
  }
  return { tried, spent: clock.seconds / world.budget, wasted: 0 };
}

/** What a budget has time for. */
function planned({ rows, classes, budget }: World) {
  const declaration: Declaration = {
    name: 'simulated',
    title: 'Simulated',
    file: 'simulated.csv',
    target: 'y',
    columns: [
      ...columns.map((name) => ({ name, title: name, kind: 'numeric' as const })),
      { name: 'y', title: 'y', ...targetOf(classes) },
    ],
  };
  const values = Float64Array.from({ length: rows }, (_, i) => i % Math.max(2, classes));
  const train: Table = { rows, columns: new Map(declaration.columns.map(({ name }) => [name, values])) };
  const all: Rows = {
    ...{ declaration, all: train, train, test: train, split: 'seed' },
    ...{ dropped: 0, weightless: 0, ignored: [], rounded: [] },
  };
  const plan = planOf(classes === 0 ? 'regression' : classes === 2 ? 'binary' : 'multiclass', { search: 'auto' });
  const reduced = reduceToBudget(plan, all, { seconds: budget, workers: PARALLEL, seed: 1 });
  const tried = triedRows(reduced.plan, reduced.rows, 1).rows;
  const held = Math.floor(tried / plan.folds);
  const models = planOf('regression', { search: 'auto' }).models;
  return {
    plan: { ...reduced.plan, models },
    size: sizeOfRows(declaration, tried - held, held),
  };
}

const targetOf = (classes: number) =>
  classes === 0
    ? { kind: 'numeric' as const }
    : { kind: 'categorical' as const, levels: Array.from({ length: classes }, (_, i) => `${i}`) };

/** What comes of a proposal, and what its fits take: what grew to its end is good, and the better in small steps. */
function outcomeIn({ slowness, growth }: World, proposal: Proposal, size: Size, context: FitContext) {
  const { fit, folds, how } = proposal;
  const { fitted } = fit;
  const most = roundsOf(fitted);
  const stops = growthOf(fitted.model)?.patience !== undefined && how.patience !== undefined;
  const best = Math.ceil(growth * expectedRounds(fitted, size));
  const rounds = most === undefined ? null : stops ? Math.min(most, best) : most;
  const grown = stops ? (rounds as number) / best : 1;
  const done = rounds === null ? undefined : Math.min(most as number, rounds + (how.patience ?? 0));
  const each = slowness(fitted.model) * costOf(fitted, size, done);
  const rate = typeof fitted.params.learning_rate === 'number' ? fitted.params.learning_rate : 0.1;
  const error = stops ? 10 + 50 * (1 - grown) + 20 * rate : 60;
  const results = folds.map((fold) => {
    const truth = columnOf(takeRows(houseTable, context.folds[fold]?.held as Uint32Array), 'price');
    const random = createRandom(fold);
    const predictions = oneOutput(truth.map((price) => price + error * (random.uniform() - 0.5)));
    const scores = score(task.metrics, truth, predictions);
    return { fold, predictions, scores, rounds, fitSeconds: each, predictSeconds: 0 };
  });
  const outcome: Outcome = { proposal, results: [results] };
  return { outcome, grown, seconds: (each * folds.length) / Math.min(folds.length, PARALLEL) };
}
