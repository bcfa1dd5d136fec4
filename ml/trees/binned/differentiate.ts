import { differentiateOver } from './compiled-loss.ts';
import { addressOf, type RowData } from './row-data.ts';

/** Writes the gradients and hessians of some rows, of all outputs; undefined where those are the caller's to write. */
export function differentiateIn({
  memory,
  loss,
  outputs,
  outputBytes,
}: RowData): ((first: number, count: number) => void) | undefined {
  const [first] = outputs;
  if (!loss || !first?.hessians) return undefined;
  const { gradients, hessians, predictions } = first;
  const { targets, factors } = loss;
  const differentiate = differentiateOver(memory, loss);
  return (row, count) =>
    differentiate(
      count,
      outputs.length,
      outputBytes,
      addressOf(targets, row),
      factors ? addressOf(factors, row) : 0,
      addressOf(predictions, row),
      addressOf(gradients, row),
      addressOf(hessians, row),
    );
}
