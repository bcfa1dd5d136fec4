import { controlText, type Predictor } from '../../../ml/serving.ts';
import { NOT_KNOWN_FIELD } from './submission.ts';

/** A typical record as the form would send it: of each field the median or the most frequent level of the training rows. */
export function encodedExample({ features, usual }: Pick<Predictor, 'features' | 'usual'>): string {
  return new URLSearchParams(
    features.map((column): [string, string] => {
      const typical = usual.get(column.name)?.typical;
      return typical === undefined ? [NOT_KNOWN_FIELD, column.name] : [column.name, controlText(column, typical)];
    }),
  ).toString();
}
