import { mostProbable } from '../../../ml/core/most-probable.ts';
import type { Declaration } from '../../../ml/data/declaration.ts';
import { makeFolds } from '../../../ml/data/folds.ts';
import { columnOf, relationsOf, type Table, takeRows } from '../../../ml/data/table.ts';
import { classCountOf, taskKindOf } from '../../../ml/data/task-kind.ts';
import { estimatorNamed, paramsOf } from '../../../ml/estimators/index.ts';
import { type FittedModel, type Model, singleModel } from '../../../ml/estimators/model.ts';
import { combineParts, predictParts, predictRows } from '../../../ml/estimators/predict-rows.ts';
import { fitCalibration } from '../../../ml/explain/fit-calibration.ts';
import { fitIntervals } from '../../../ml/explain/fit-intervals.ts';
import { fitSets } from '../../../ml/explain/fit-sets.ts';
import { type Bounds, boundsOf, type Intervals } from '../../../ml/explain/intervals.ts';
import { type PredictionSets, setsOf } from '../../../ml/explain/prediction-sets.ts';
import type { CrossValidated } from '../../../ml/explain/residuals.ts';
import { fitFeatures } from '../../../ml/features/preprocess.ts';

/** What is cross-validated, and how. */
interface Wanted {
  readonly declaration: Declaration;
  readonly train: Table;
  /** Other rows. @default the same, which says too little of models that are the mean of several fits */
  readonly unseen?: Table;
  readonly estimator: string;
  readonly params?: Readonly<Record<string, number | string>>;
  /** Whether the model is the mean of the fits in the folds; else it is fitted again, on all rows. */
  readonly bagged?: boolean;
  readonly repeats?: number;
  readonly seed?: number;
}

/** A model, and what its estimator predicted of the training rows out of fold. */
export function crossValidate(wanted: Wanted): { model: Model; crossValidated: CrossValidated } {
  const { declaration, train, bagged = false, repeats = 1, seed = 1 } = wanted;
  const folds = makeFolds(train.rows, 5, seed, { ...relationsOf(train, declaration), repeats });
  const parts = folds.map(({ learned }) => learn(wanted, takeRows(train, learned)));
  const predictions = folds.map(({ held }, fold) =>
    predictRows(singleModel(parts[fold] as FittedModel), takeRows(train, held)),
  );
  const model = bagged ? { intercept: 0, members: [{ weight: 1, parts }] } : singleModel(learn(wanted, train));
  return { model, crossValidated: { folds, predictions, foldsOfParts: [bagged ? [...folds.keys()] : [null]] } };
}

function learn({ declaration, estimator: name, params, seed = 1 }: Wanted, table: Table): FittedModel {
  const task = taskKindOf(declaration);
  const estimator = estimatorNamed(name, task);
  const { preprocessor, ...training } = fitFeatures({ declaration, table, encoding: estimator.encoding, seed });
  const values = paramsOf(name, task, params);
  const classes = classCountOf(declaration) || undefined;
  const state = estimator.fit({ ...training, classes, params: values, seed });
  return { estimator: name, task, params: values, features: [], preprocessor, state };
}

/** A model with intervals, and what they are of the rows of a table. */
export function withIntervals(wanted: Wanted): {
  readonly model: Model;
  readonly intervals: Intervals;
  readonly boundsOf: (table: Table) => Bounds & { readonly predictions: Float64Array };
} {
  const { model, crossValidated } = crossValidate(wanted);
  const { declaration, train, unseen = train, seed = 1 } = wanted;
  const intervals = fitIntervals(model, crossValidated, { declaration, train, unseen, seed });
  if (!intervals) throw new Error('there are too few rows for intervals');
  const target = declaration.columns.find(({ name }) => name === declaration.target);
  if (target?.kind !== 'numeric') throw new Error('the target is no number');
  return {
    model,
    intervals,
    boundsOf: (table) => {
      const parts = predictParts(model, table);
      const { values: predictions } = combineParts(model, parts);
      return { predictions, ...boundsOf(intervals, model, target, { table, parts, predictions }) };
    },
  };
}

/** The share of the rows of a table whose target lies in its interval. */
export function coverage({ low, high }: Bounds, table: Table, target: string): number {
  const inside = columnOf(table, target).filter(
    (value, i) => value >= (low[i] as number) && value <= (high[i] as number),
  );
  return inside.length / table.rows;
}

/** How wide intervals are on average. */
export function meanWidth({ low, high }: Bounds): number {
  return high.reduce((sum, value, i) => sum + value - (low[i] as number), 0) / high.length;
}

/** A model with prediction sets. */
interface WithSets {
  readonly declaration: Declaration;
  readonly model: Model;
  readonly sets: PredictionSets;
}

export function withSets(wanted: Wanted): WithSets {
  const { model: fitted, crossValidated } = crossValidate(wanted);
  const { declaration, train, unseen = train, seed = 1 } = wanted;
  const positive = classCountOf(declaration) === 2 ? 1 : null;
  const calibrated = fitCalibration(crossValidated, { declaration, train, seed, positive });
  const model = { ...fitted, calibration: calibrated?.calibration };
  const sets = fitSets(model, crossValidated, { declaration, train, unseen, seed });
  if (!sets) throw new Error('there are too few rows for sets');
  return { declaration, model, sets };
}

/**
 * Of each class how many of a table's rows are of it, whose sets it is let into by how probable it is, whose sets hold it, and which are
 * recognised; and how many classes sets have on average.
 */
export function setMeasures({ declaration, model, sets }: WithSets, table: Table) {
  const parts = predictParts(model, table);
  const predictions = combineParts(model, parts);
  const predicted = mostProbable(predictions);
  const found = setsOf(sets, model, parts);
  const classes = Array.from(sets.groupOf, () => ({ rows: 0, held: 0, right: 0 }));
  columnOf(table, declaration.target).forEach((k, row) => {
    const own = classes[k] as (typeof classes)[number];
    own.rows += 1;
    own.held += Number(found[row]?.includes(k));
    own.right += Number(predicted[row] === k);
  });
  return { classes, size: found.reduce((sum, set) => sum + set.length, 0) / table.rows };
}
