import type { Predictions } from '../core/predictions.ts';
import type { ClassTarget, FeatureColumn, NumericColumn } from '../data/declaration.ts';
import type { Table } from '../data/table.ts';
import type { TaskKind } from '../data/task-kind.ts';
import type { ClassExplanation, ClassPrediction, Explanation } from '../explain/explanation.ts';
import type { Bounds } from '../explain/intervals.ts';
import type { Usual } from '../explain/usual.ts';
import type { UnpredictedRow } from '../features/finite-predictions.ts';
import type { Manifest } from '../release/manifest.ts';

/** A release that predicts a number, or which of some classes; `task` tells which. */
export type Predictor = NumberPredictor | ClassPredictor;

interface PredictorOf<Answer, Explained> {
  /** The release's id. */
  readonly release: string;
  readonly manifest: Manifest;
  /** The chosen model, as people call it. */
  readonly modelTitle: string;
  readonly features: readonly FeatureColumn[];
  /** What is usual of each feature among the training rows, by its name. */
  readonly usual: ReadonlyMap<string, Usual>;
  /** What the model scores on the held-out rows by the metric that it was chosen by; null of a model that was imported without such rows. */
  readonly score: { readonly title: string; readonly value: number | null };
  /**
   * Predicts the target of one record.
   *
   * @throws DataError with an issue for each field that the declaration does not allow, or that makes a prediction
   * which is not finite; its path is the field's name, after the record's place in the array and a dot where there is one.
   */
  predict(record: unknown): Answer;
  /** Records as a table, as the functions of tables take them. @throws DataError as `predict`, but for predictions */
  tableOf(records: readonly unknown[]): Table;
  /**
   * Predicts each row of a table that holds every feature, for callers that tell of each row by itself: what is not finite stays,
   * and comes with its reasons.
   */
  predictRows(table: Table): { readonly predictions: Predictions; readonly unpredicted: Iterable<UnpredictedRow> };
  /**
   * Explains the prediction of one record, or of each record of an array: how sure it is, what each column contributes, and what of the
   * record the model has not learned from. The prediction is that of `predict`, bit by bit, and a record has the same explanation
   * in whatever array it is.
   *
   * @throws DataError as `predict`
   */
  explain(record: unknown): Explained;
  explainAll(records: readonly unknown[]): Explained[];
  /**
   * The same of each row of a table that holds every feature.
   *
   * @throws DataError where a prediction is not finite; an issue's path is the row's index, a dot and the column
   */
  explainTable(table: Table): Explained[];
}

/** Of a numeric target; what it predicts is in the target's unit. */
export interface NumberPredictor extends PredictorOf<number, Explanation> {
  readonly task: 'regression';
  readonly target: NumericColumn;
  /** How far a prediction was off on the held-out rows, typically: in the target's unit; null of a model that was imported without such rows. */
  readonly typicalError: number | null;
  /** Predicts each record of an array. @throws DataError as `predict` */
  predictAll(records: readonly unknown[]): Float64Array;
  /**
   * Predicts each row of a table that holds every feature.
   *
   * @throws DataError where a prediction is not finite; an issue's path is the row's index, a dot and the column.
   */
  predictTable(table: Table): Float64Array;
  /**
   * The interval of each row of a table that holds every feature, in which the true value lies in 90 % of cases: its low and its
   * high end, in the target's unit. The prediction is never outside. NaN where the prediction is not finite.
   *
   * @returns null where the release has no intervals, being of an older format, or learned from too few rows
   */
  intervalsOf(table: Table): Bounds | null;
}

/** Of a target of classes, which are its levels. */
export interface ClassPredictor extends PredictorOf<ClassPrediction, ClassExplanation> {
  readonly task: Exclude<TaskKind, 'regression'>;
  readonly target: ClassTarget;
  /** The level of a target of two that metrics and contributions are about; null of several. */
  readonly positive: string | null;
  /** Predicts each record of an array. @throws DataError as `predict` */
  predictAll(records: readonly unknown[]): ClassPrediction[];
  /**
   * The probabilities of each row of a table that holds every feature: rows × classes, in the order of the target's levels.
   *
   * @throws DataError where one is not finite; an issue's path is the row's index, a dot and the column.
   */
  predictTable(table: Table): Predictions;
  /**
   * The classes that each row of a table may be of: in 90 % of cases of each class the true one is among them. The prediction may not be, and
   * there may be none.
   *
   * @returns null where the release has no prediction sets, having learned from too few rows
   */
  setsOf(table: Table): (readonly string[])[] | null;
}
