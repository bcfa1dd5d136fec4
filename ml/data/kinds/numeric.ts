import { z } from 'zod';
import { gridCheck } from '../decimal.ts';
import { columnShape } from './column-shape.ts';

export const numericSchema = z
  .strictObject({
    ...columnShape,
    kind: z.literal('numeric'),
    min: z.number().optional().describe('The smallest value that is allowed.'),
    max: z.number().optional().describe('The largest value that is allowed.'),
    step: z.number().positive().optional().describe('Granularity, counted from min (or zero): 1 for whole numbers.'),
    unit: z.string().optional().describe('Shown behind numbers: "m²".'),
  })
  .refine((column) => (column.min ?? -Infinity) < (column.max ?? Infinity), {
    path: ['min'],
    message: 'must be below max',
  })
  .refine(({ min, max, step }) => min === undefined || max === undefined || step === undefined || step <= max - min, {
    path: ['step'],
    message: 'must be at most max − min, or min is the only value',
  });

type NumericColumn = z.infer<typeof numericSchema>;

/** Whether a number is within a column's range and on its step. */
export function accepts(column: NumericColumn, value: number): boolean {
  const { min, max, step } = column;
  if (!Number.isFinite(value) || value < (min ?? -Infinity) || value > (max ?? Infinity)) return false;
  return step === undefined || gridOf(column, step)(value);
}

const grids = new WeakMap<NumericColumn, (value: number) => boolean>();

/** Made once for a column, since every cell asks. */
function gridOf(column: NumericColumn, step: number): (value: number) => boolean {
  const grid = grids.get(column) ?? gridCheck(step, column.min ?? 0);
  grids.set(column, grid);
  return grid;
}
