import fc from 'fast-check';
import { DataError } from '../../../../ml/core/errors.ts';
import { readImportedModel } from '../../../../ml/estimators/import/formats.ts';
import { evaluate } from './evaluate.ts';

/** Reads each beginning of a file, and the file with a byte changed: each is refused with a DataError, or is a model that predicts. */
export function readDamaged(bytes: Uint8Array, changes = 1500): void {
  for (let length = 0; length < bytes.length; length += 1 + Math.floor(bytes.length / 2000))
    readOrRefuse(bytes.subarray(0, length));
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, byte) => {
      const changed = bytes.slice();
      changed[at] = byte;
      readOrRefuse(changed);
    }),
    { numRuns: changes },
  );
}

function readOrRefuse(bytes: Uint8Array): void {
  try {
    const model = readImportedModel(bytes);
    const columns = model.features.length;
    evaluate(model, { rows: 2, columns, data: new Float64Array(2 * columns).fill(Number.NaN, columns) });
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
  }
}
