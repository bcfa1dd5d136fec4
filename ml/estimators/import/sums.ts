import type { Matrix } from '../../core/matrix.ts';
import { sumTreesByClass } from '../../trees/sum-trees.ts';
import type { ImportedLinear } from './imported-model.ts';
import type { ImportedState } from './imported-state.ts';
import { eachInputs } from './input-rows.ts';

/** What a model sums for each row of `x`, before the link: rows × outputs, row-major. */
export function sumsOf({ body, sources, bases, precision }: ImportedState, x: Matrix, threads: number): Float64Array {
  const sums = new Float64Array(x.rows * bases.length);
  eachInputs(body.inputs, sources, x, (some, first) => {
    const own =
      body.kind === 'trees'
        ? sumTreesByClass(body.trees, some, bases, precision, threads)
        : sumWeights(body, some, bases, precision === 'float32');
    sums.set(own, first * bases.length);
  });
  return sums;
}

function sumWeights(
  { weights, intercepts }: ImportedLinear,
  { rows, columns, data }: Matrix,
  bases: readonly number[],
  isSingle: boolean,
): Float64Array {
  const outputs = bases.length;
  const round = isSingle ? Math.fround : (value: number) => value;
  const sums = new Float64Array(rows * outputs);
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < outputs; k++) {
      let sum = round((intercepts?.[k] ?? 0) + bases[k]!);
      for (let j = 0; j < columns; j++)
        sum = round(sum + round(round(data[row * columns + j]!) * weights[j * outputs + k]!));
      sums[row * outputs + k] = sum;
    }
  }
  return sums;
}
