import type { FeatureColumn } from './declaration.ts';
import { featureKindOf } from './kinds/index.ts';
import { isoText } from './kinds/iso-date.ts';

/** The text that the control of a form holds of a known value of a table; `fromText` of the column's kind reads it back. */
export function controlText(column: FeatureColumn, value: number): string {
  const { control, writer } = featureKindOf(column);
  const asked = control();
  // Browsers write dates in ISO 8601, whatever the file's format is.
  return asked.control === 'date' ? isoText(value, asked.hasTime ? 'date-time' : 'date') : writer([])(value);
}
