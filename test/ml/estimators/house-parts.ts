import { takeRows } from '../../../ml/data/table.ts';
import { estimatorNamed, paramsOf } from '../../../ml/estimators/index.ts';
import type { FittedModel } from '../../../ml/estimators/model.ts';
import { fitFeatures } from '../../../ml/features/preprocess.ts';
import { houses } from '../../houses.ts';
import { houseTable, rows } from '../selection/house-table.ts';

/** An estimator that has learned from the houses of one fold of three. */
export function housePart(estimator: string, fold: number): FittedModel {
  const learner = estimatorNamed(estimator, 'regression');
  const learned = takeRows(
    houseTable,
    Uint32Array.from({ length: rows }, (_, i) => i).filter((i) => i % 3 !== fold),
  );
  const { encoding } = learner;
  const { preprocessor, ...training } = fitFeatures({ declaration: houses, table: learned, encoding, seed: 1 });
  const params = paramsOf(estimator, 'regression');
  return {
    estimator,
    task: 'regression',
    params,
    features: [],
    preprocessor,
    state: learner.fit({ ...training, params, seed: 1 }),
  };
}

/** Its fits in all three folds. */
export const houseParts = (estimator: string): FittedModel[] => [0, 1, 2].map((fold) => housePart(estimator, fold));
