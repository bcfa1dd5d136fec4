import type { Estimator } from '../estimator.ts';
import { importedEstimator } from './imported-estimator.ts';
import type { ImportedFormat } from './imported-model.ts';
import type { ImportedState } from './imported-state.ts';

/** The names under which releases hold models of other programs. */
export const importedNames: Readonly<Record<ImportedFormat['name'], string>> = {
  XGBoost: 'imported_xgboost',
  LightGBM: 'imported_lightgbm',
  CatBoost: 'imported_catboost',
  'ONNX-ML': 'imported_onnx',
};

export const importedEstimators: readonly (readonly [string, Estimator<Record<string, never>, ImportedState>])[] =
  Object.entries(importedNames).map(([program, name]) => [name, importedEstimator(program)]);
