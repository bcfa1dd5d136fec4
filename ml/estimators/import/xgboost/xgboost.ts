import { FileValue } from '../file-values.ts';
import type { ModelFile } from '../model-file.ts';
import type { ModelFormat } from '../model-format.ts';
import { readXgboost } from './read-model.ts';
import { isUbjson, parseUbjson } from './ubjson.ts';

/** The files that `save_model` writes, as JSON and as UBJ, from 1.7 to 3.2. */
export const xgboostJson: ModelFormat = {
  title: 'XGBoost (JSON)',
  recognises: ({ json }) =>
    typeof json?.value === 'object' && json.value !== null && Object.hasOwn(json.value, 'learner'),
  hasRounds: true,
  read: ({ json }: ModelFile, rounds) => readXgboost(new FileValue(json?.value, 'model'), rounds),
};

export const xgboostUbj: ModelFormat = {
  title: 'XGBoost (UBJ)',
  recognises: ({ bytes }) => isUbjson(bytes),
  hasRounds: true,
  read: ({ bytes }, rounds) => readXgboost(new FileValue(parseUbjson(bytes), 'model'), rounds),
};
