// What a program needs that serves predictions: all of index.ts but training, whose code takes longer to load than all else.

export { DataError, type Issue, ParamError, ReleaseError } from './core/errors.ts';
export { formatExact, formatRounded, formatShare } from './core/format-number.ts';
export { refuseNotFinite } from './core/json.ts';
export { clip } from './core/short-list.ts';
export { controlText } from './data/control-text.ts';
export { datasetFolder } from './data/dataset-setting.ts';
export {
  type Column,
  type Declaration,
  type FeatureColumn,
  featuresOf,
  type NumericColumn,
  readDeclaration,
  targetOf,
} from './data/declaration.ts';
export { exampleRecord } from './data/example-record.ts';
export type { Control } from './data/kinds/control.ts';
export { dateRange } from './data/kinds/date.ts';
export { featureKindOf } from './data/kinds/index.ts';
export { type Amount, amountOf, rangeWithUnit, withUnit, withUnits } from './data/kinds/with-unit.ts';
export { numberFrom } from './data/number-from.ts';
export { type FeatureRecord, recordFromTexts } from './data/record.ts';
export { recordSchema } from './data/record-schema.ts';
export { START_BYTES, type TableFormat, tableFormat } from './data/sources/table-format.ts';
export type { Table } from './data/table.ts';
export type { GivenParams } from './estimators/params.ts';
export type { Method } from './explain/contribution-sum.ts';
export type { ClassExplanation, ClassPrediction, Explanation, Outside } from './explain/explanation.ts';
export type { Bounds } from './explain/intervals.ts';
export { rankedClasses } from './explain/ranked-classes.ts';
export { type CostsAt, costsAt } from './explain/threshold-costs.ts';
export type { Usual } from './explain/usual.ts';
export { knowsHowSure } from './pipeline/added-columns.ts';
export { type LoadedRelease, loadPredictor, loadRelease, ofNumbers, predictorOf } from './pipeline/predict.ts';
export { type PredictCsvOptions, type PredictedCsv, predictCsv } from './pipeline/predict-csv.ts';
export type { ClassPredictor, NumberPredictor, Predictor } from './pipeline/predictor.ts';
export { openRowsToPredict } from './pipeline/rows-to-predict.ts';
export { currentId } from './release/history.ts';
export type { Manifest, TargetHistogram } from './release/manifest.ts';
export { hasRelease } from './release/read.ts';
export { recordedVerdict } from './release/recorded-verdict.ts';
export { releasesFolder } from './release/releases-folder.ts';
export { learnedFromInWords } from './release/rows-in-words.ts';
export type { Evaluated } from './selection/evaluated.ts';
export type { Verdict } from './selection/gate.ts';
export type { Scores } from './selection/metric.ts';
export type { Progress } from './selection/progress.ts';
