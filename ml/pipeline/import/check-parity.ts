import { DataError } from '../../core/errors.ts';
import type { Model } from '../../estimators/model.ts';
import { predictRows } from '../../estimators/predict-rows.ts';
import type { MatchedFeature } from './match-features.ts';
import type { Proof } from './read-proof.ts';

/** What predictions may differ by: in proportion to themselves, those near 0 to a tenth of the largest, since they are sums that were rounded; probabilities as they are. */
const TOLERANCE = 1e-6;
const NEAR_ZERO = 0.1;
const TOLD = 10;

/**
 * Whether a model predicts the rows of a proof as it did where it was trained.
 *
 * @param note what is to be known of the model where it does not
 * @returns by how much it is off at most
 * @throws DataError with the first rows that it predicts otherwise
 */
export function checkParity(model: Model, proof: Proof, features: readonly MatchedFeature[], note?: string): number {
  const { table, lines, expected, classes } = proof;
  const { outputs, values } = predictRows(model, table);
  const largest = classes ? 1 : expected.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  let difference = 0;
  const wrong = new Map<number, string>();
  for (let row = 0; row < table.rows; row++) {
    for (let k = 0; k < expected.outputs; k++) {
      const asked = expected.values[row * expected.outputs + k] as number;
      const own = values[row * outputs + (classes?.[k] ?? 0)] as number;
      const unit = classes ? 1 : Math.max(Math.abs(asked), NEAR_ZERO * largest) || 1;
      const off = Math.abs(own - asked) / unit;
      if (off <= TOLERANCE) difference = Math.max(difference, off);
      else if (!wrong.has(row)) wrong.set(row, `${asked} is expected, and ${own} predicted here`);
    }
  }
  if (wrong.size === 0) return difference;
  const assumed = features
    .filter(({ source }) => source.as === 'code')
    .map(({ column, how }) => ({ path: column, message: how }));
  const rows = [...wrong].slice(0, TOLD).map(([row, message]) => ({ path: `line ${lines[row]}`, message }));
  if (wrong.size > TOLD) rows.push({ path: '', message: `… and ${wrong.size - TOLD} rows more` });
  throw new DataError(
    `${wrong.size} of ${table.rows} rows of proof are predicted otherwise, by more than ${TOLERANCE} in proportion; nothing was released. Are its rows as the model takes them, and its columns and categories the same?`,
    {
      issues: [
        ...rows,
        ...(note === undefined ? [] : [{ path: 'the model', message: note }]),
        ...assumed.map(({ path, message }) => ({ path: `taken as code: ${path}`, message })),
      ],
    },
  );
}
