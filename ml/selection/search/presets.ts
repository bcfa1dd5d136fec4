// Grids that are known by name.

import { ParamError } from '../../core/errors.ts';
import type { TaskKind } from '../../data/task-kind.ts';

/** What is tried, by model: every combination of these values. */
export type Grid = Readonly<Record<string, Readonly<Record<string, readonly (number | string)[]>>>>;

export interface Preset {
  readonly folds: number;
  readonly grid: Grid;
}

/** What a preset tries of numbers and of classes; not all have both. */
interface Presets {
  readonly numbers: Preset;
  readonly classes?: Preset;
}

const trees = [8, 16, 32, 64, 128, 256];
const rates = [0.1, 0.01, 0.05, 0.001];
const adaboostRates = [0.1, 0.01, 0.5, 0.001];

/** What the published scenario tries of models that learn numbers and classes. */
const ofBoth: Grid = {
  knn: {},
  random_forest: { n_estimators: trees },
  gradient_boosting: { learning_rate: rates, subsample: [0.6, 0.7, 0.75, 0.8, 0.85, 0.9], n_estimators: trees },
  xgboost: { learning_rate: rates, n_estimators: trees },
  catboost: { depth: [6, 8, 10], learning_rate: [0.01, 0.05, 0.1], iterations: [30, 50, 100] },
  adaboost: { learning_rate: adaboostRates, n_estimators: trees },
};

const scenario: Presets = {
  numbers: {
    folds: 3,
    grid: {
      linear: {},
      ...ofBoth,
      decision_tree: { criterion: ['squared_error', 'friedman_mse', 'absolute_error', 'poisson'] },
    },
  },
  classes: {
    folds: 3,
    grid: { logistic: {}, ...ofBoth, decision_tree: { criterion: ['gini', 'entropy', 'log_loss'] } },
  },
};

const presets: Readonly<Record<string, Presets>> = {
  /** The grid of the published scenario. */
  scenario,
  /** The same with AdaBoost's three losses. */
  'scenario-losses': {
    numbers: {
      ...scenario.numbers,
      grid: {
        ...scenario.numbers.grid,
        adaboost: { loss: ['linear', 'square', 'exponential'], learning_rate: adaboostRates, n_estimators: trees },
      },
    },
  },
};

/** The preset of this name for a task. @throws ParamError where there is none */
export function presetNamed(name: string, task: TaskKind): Preset {
  const preset = ofTask(presets[name], task);
  if (preset) return preset;
  const names = presetNames.filter((each) => ofTask(presets[each], task));
  const what = Object.hasOwn(presets, name) ? ` for ${task === 'regression' ? 'numbers' : 'classes'}` : '';
  throw new ParamError(`there is no preset ${JSON.stringify(name)}${what}; there are: ${names.join(', ')}`);
}

const ofTask = (preset: Presets | undefined, task: TaskKind) =>
  task === 'regression' ? preset?.numbers : preset?.classes;

export const presetNames: readonly string[] = Object.keys(presets);
