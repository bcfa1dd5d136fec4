// Grids that are known by name.

import { ParamError } from '../../core/errors.ts';

/** What is tried, by model: every combination of these values. */
export type Grid = Readonly<Record<string, Readonly<Record<string, readonly (number | string)[]>>>>;

export interface Preset {
  readonly does: string;
  readonly folds: number;
  readonly grid: Grid;
}

const trees = [8, 16, 32, 64, 128, 256];
const rates = [0.1, 0.01, 0.05, 0.001];
const adaboostRates = [0.1, 0.01, 0.5, 0.001];

const scenario: Preset = {
  does: 'the grid of the published scenario',
  folds: 3,
  grid: {
    linear: {},
    knn: {},
    decision_tree: { criterion: ['squared_error', 'friedman_mse', 'absolute_error', 'poisson'] },
    random_forest: { n_estimators: trees },
    gradient_boosting: { learning_rate: rates, subsample: [0.6, 0.7, 0.75, 0.8, 0.85, 0.9], n_estimators: trees },
    xgboost: { learning_rate: rates, n_estimators: trees },
    catboost: { depth: [6, 8, 10], learning_rate: [0.01, 0.05, 0.1], iterations: [30, 50, 100] },
    adaboost: { learning_rate: adaboostRates, n_estimators: trees },
  },
};

const presets: Readonly<Record<string, Preset>> = {
  scenario,
  'scenario-losses': {
    ...scenario,
    does: `${scenario.does}, with AdaBoost's three losses`,
    grid: {
      ...scenario.grid,
      adaboost: { loss: ['linear', 'square', 'exponential'], learning_rate: adaboostRates, n_estimators: trees },
    },
  },
};

/** The preset of this name. @throws ParamError where there is none */
export function presetNamed(name: string): Preset {
  const preset = presets[name];
  if (preset) return preset;
  throw new ParamError(`there is no preset ${JSON.stringify(name)}; there are: ${presetNames.join(', ')}`);
}

export const presetNames: readonly string[] = Object.keys(presets);
