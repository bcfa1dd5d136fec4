// The parameters of forests, whose trees draw rows and columns.

import { classWeightParam } from './class-weights.ts';
import { classCriterionParam, criterionParam, treeParams } from './tree-params.ts';

const trees = { type: 'integer', default: 100, min: 1, max: 100_000, description: 'how many trees' } as const;

const drawing = {
  ...treeParams,
  min_samples_leaf: {
    ...treeParams.min_samples_leaf,
    search: { low: 1, high: 20, scale: 'log', whole: true, grid: [1, 3, 10] },
  },
  max_features: {
    ...treeParams.max_features,
    default: 1,
    search: { low: 0.2, high: 1, scale: 'linear', grid: [0.33, 0.66, 1] },
  },
  bootstrap: { type: 'boolean', default: true, description: 'whether each tree draws its own rows, with replacement' },
  max_samples: {
    type: 'number',
    default: null,
    nullable: true,
    min: 1e-6,
    max: 1e9,
    description:
      'how many rows a tree draws; up to 1 a share of them (of the sum of their weights); null: as many as there are',
  },
} as const;

const oobScore = { type: 'boolean', default: false } as const;

/** Of a forest of numbers. */
export const numberForestParams = {
  n_estimators: trees,
  criterion: criterionParam,
  ...drawing,
  oob_score: { ...oobScore, description: 'whether to keep the R² of each row by the trees that did not draw it' },
} as const;

/** Of a forest of classes. */
export const classForestParams = {
  n_estimators: trees,
  criterion: classCriterionParam,
  ...drawing,
  max_features: { ...drawing.max_features, default: 'sqrt' },
  oob_score: { ...oobScore, description: 'whether to keep the accuracy of each row by the trees that did not draw it' },
  class_weight: {
    ...classWeightParam,
    choices: ['balanced', 'balanced_subsample'],
    description: `${classWeightParam.description}; balanced_subsample: in each tree by the rows that it drew`,
  },
} as const;
