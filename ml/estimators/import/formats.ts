import { DataError } from '../../core/errors.ts';
import { catBoost } from './catboost/catboost.ts';
import type { ImportedModel } from './imported-model.ts';
import { lightGbm } from './lightgbm/lightgbm.ts';
import { ModelFile } from './model-file.ts';
import type { ModelFormat } from './model-format.ts';
import { onnx } from './onnx/onnx.ts';
import { xgboostJson, xgboostUbj } from './xgboost/xgboost.ts';

const formats: readonly ModelFormat[] = [xgboostUbj, xgboostJson, lightGbm, catBoost, onnx];

/**
 * The model in a file, whose format its content tells.
 *
 * @throws DataError where it is of no format that is known, or not whole
 */
export function readImportedModel(bytes: Uint8Array): ImportedModel {
  const file = new ModelFile(bytes);
  const format = formats.find((each) => each.recognises(file));
  if (!format && isPickle(bytes))
    throw new DataError('it is a pickle, which would run code; save the model in its own format, as by save_model');
  if (!format)
    throw new DataError(
      `it is no model that can be imported; those that can be are: ${formats.map(({ title }) => title).join(', ')}`,
    );
  return format.read(file);
}

/** Python's, of protocols 2 to 5. */
const isPickle = ([first, protocol = 0]: Uint8Array) => first === 0x80 && protocol >= 2 && protocol <= 5;
