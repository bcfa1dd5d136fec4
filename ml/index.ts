export { type Column, type Declaration, featuresOf, type NumericColumn, readDeclaration, targetOf } from './dataset.ts';
export { DataError, type Issue, ParamError, ReleaseError } from './errors.ts';
export type { Evaluated, Manifest } from './manifest.ts';
export type { Scores } from './metrics.ts';
export { loadPredictor, type Predictor } from './predict.ts';
export { type FeatureRecord, recordFromTexts } from './record.ts';
export type { GivenParams } from './regressors/params.ts';
export { hasRelease } from './release.ts';
export { type Progress, type TrainOptions, type TrainResult, train } from './train.ts';
