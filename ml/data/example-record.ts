import { type Declaration, featuresOf } from './declaration.ts';
import { featureKindOf } from './kinds/index.ts';
import type { FeatureRecord } from './record.ts';

/** A record that a declaration allows: of each feature a value that it names, or null, "not known", where it names none. */
export function exampleRecord(declaration: Declaration): FeatureRecord {
  return Object.fromEntries(featuresOf(declaration).map((column) => [column.name, featureKindOf(column).example()]));
}
