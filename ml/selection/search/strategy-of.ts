import type { GivenParams } from '../../estimators/params.ts';
import { proposeFeatures } from '../../features/propose-features.ts';
import { candidatesOf } from '../candidate.ts';
import type { FitContext } from '../fit-job.ts';
import type { Plan } from '../plan.ts';
import type { Task } from '../task.ts';
import { searchAutomatically } from './auto/auto.ts';
import { sizeOf } from './auto/cost.ts';
import type { TimeLeft } from './auto/setting.ts';
import { tryEach } from './each.ts';
import { tryByHalving } from './halving.ts';
import { tryQuickest } from './last-resort.ts';
import { candidatesOfPreset } from './preset-candidates.ts';
import { presetNamed } from './presets.ts';
import { drawn, type SearchSetting, trySampled } from './sampled.ts';
import { Space } from './space.ts';
import type { Strategy } from './strategy.ts';
import { targetScaleOf } from './target-scale.ts';
import type { Trials } from './trials.ts';

/** What a random search draws of each model, and what halving begins with, where nobody says. */
const TRIALS = 20;

/**
 * The strategy of a plan for these rows.
 *
 * @param trials what it has come to so far
 * @param time that there is, where a budget ends the search
 * @throws ParamError where there is no such preset, or parameters are wrong
 */
export function strategyOf(plan: Plan, context: FitContext, task: Task, trials: Trials, time?: TimeLeft): Strategy {
  const { search, models, trials: count } = plan;
  const given = plan.given as GivenParams;
  const folds = context.folds.length;
  if (search === 'defaults') return tryEach(candidatesOf(task.kind, models, given), folds);
  if (search === 'preset')
    return tryEach(candidatesOfPreset(presetNamed(plan.preset as string, task.kind), task.kind, models, given), folds);
  const setting = settingOf(plan, task, context);
  if (search === 'grid')
    return trySampled(
      setting.spaces.flatMap((space) => space.grid()),
      setting,
    );
  const rows = Math.min(...context.folds.map(({ learned }) => learned.length));
  if (search === 'auto') {
    const { objective, baseline } = task;
    return searchAutomatically({
      ...setting,
      context,
      objective,
      baseline: baseline.model,
      trials,
      size: sizeOf(context),
      proposeRecipes: () => proposeFeatures(context.declaration, context.train, time !== undefined),
      time,
    });
  }
  const draws = drawn(setting, count ?? TRIALS);
  if (search === 'random') return trySampled(draws, setting);
  return tryByHalving(draws, rows, task.objective, setting);
}

/** The strategy of a plan whose search has come to nothing in its time. */
export function lastResortOf(plan: Plan, context: FitContext, task: Task, trials: Trials): Strategy {
  const { objective } = task;
  return tryQuickest({ ...settingOf(plan, task, context), objective, trials, size: sizeOf(context) });
}

function settingOf(
  { models, given }: Plan,
  { kind }: Task,
  { train, declaration, folds, seed }: FitContext,
): SearchSetting {
  const scale = targetScaleOf(declaration, train);
  const spaces = models.map((model) => new Space(kind, model, given[model] ?? {}, scale));
  return { spaces, given: given as GivenParams, folds: folds.length, seed };
}
