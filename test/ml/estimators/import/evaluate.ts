import type { Matrix } from '../../../../ml/core/matrix.ts';
import { importedEstimator } from '../../../../ml/estimators/import/imported-estimator.ts';
import type { ImportedModel } from '../../../../ml/estimators/import/imported-model.ts';
import type { ImportedState } from '../../../../ml/estimators/import/imported-state.ts';

const { predict, contributions } = importedEstimator('another program');

/** The model as it reads a matrix that has its features as columns, categories as codes. */
export function stateOf({ features, body, bases, precision, link, linkScale = 1 }: ImportedModel): ImportedState {
  const sources = features.map((_, column) => ({ column, as: 'number' as const }));
  return { sources, body, bases, precision, link, linkScale, classes: bases.length > 1 ? [...bases.keys()] : null };
}

/** Of each row a number, or of classes the probability of each, of two that of the second. */
export function evaluate(model: ImportedModel, x: Matrix): number[][] {
  const { values, outputs } = predict(stateOf(model), x);
  const rows = Array.from({ length: x.rows }, (_, i) => Array.from(values.subarray(i * outputs, (i + 1) * outputs)));
  return outputs === 2 ? rows.map((row) => row.slice(1)) : rows;
}

/** What each column adds, then what predictions start from: outputs × (columns + 1) numbers of each row, before links to numbers. */
export function explain(model: ImportedModel, x: Matrix): number[][] {
  const state = stateOf(model);
  const explained = contributions?.(state.classes ? state : { ...state, link: 'identity' }, x);
  if (!explained) throw new Error('it is not explained');
  const { outputs, columns, values, bases } = explained;
  return Array.from({ length: x.rows }, (_, i) =>
    Array.from({ length: outputs }, (_, k) => {
      const at = i * outputs + k;
      return [...values.subarray(at * columns, (at + 1) * columns), bases[k] as number];
    }).flat(),
  );
}
