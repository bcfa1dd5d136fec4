import { DataError } from '../../../core/errors.ts';

export function damaged(problem: string): DataError {
  return new DataError(`the ONNX model is damaged: ${problem}`);
}
