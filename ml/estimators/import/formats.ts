import { DataError, ParamError } from '../../core/errors.ts';
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
 * @param rounds how many of its rounds count. @default as many as its program takes by itself
 * @throws DataError where it is of no format that is known, or not whole. @throws ParamError where it has no such rounds
 */
export function readImportedModel(bytes: Uint8Array, rounds?: number): ImportedModel {
  const file = new ModelFile(bytes);
  const format = formats.find((each) => each.recognises(file));
  if (!format && isPickle(bytes))
    throw new DataError('it is a pickle, which would run code; save the model in its own format, as by save_model');
  if (!format)
    throw new DataError(
      `it is no model that can be imported; those that can be are: ${formats.map(({ title }) => title).join(', ')}`,
    );
  if (rounds === undefined) return format.read(file);
  if (!format.hasRounds)
    throw new ParamError(`of a model of ${format.title} all rounds count: save it with those that are to count`);
  return format.read(file, rounds);
}

/** Python's, of protocols 2 to 5. */
const isPickle = ([first, protocol = 0]: Uint8Array) => first === 0x80 && protocol >= 2 && protocol <= 5;
