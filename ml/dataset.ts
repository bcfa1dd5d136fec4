import { join } from 'node:path';
import { z } from 'zod';
import { gridCheck } from './data/decimal.ts';
import { readJsonFile } from './data/json-file.ts';
import { DataError } from './errors.ts';
import { formatExact } from './format-number.ts';
import { shortList } from './short-list.ts';

const name = z.string().regex(/^[a-z][a-z0-9_]*$/, 'must be snake_case: letters, digits, underscores');

const common = {
  /** The name on the wire: in CSV headers, form fields, JSON and flags. */
  name,
  /** What people read. */
  title: z.string().min(1),
  description: z.string().optional(),
};

const numericSchema = z
  .strictObject({
    ...common,
    kind: z.literal('numeric'),
    min: z.number().optional(),
    max: z.number().optional(),
    /** Granularity, counted from `min` (or zero): 1 for whole numbers. */
    step: z.number().positive().optional(),
    unit: z.string().optional(),
  })
  .refine((column) => (column.min ?? -Infinity) < (column.max ?? Infinity), {
    path: ['min'],
    message: 'must be below max',
  });

const categoricalSchema = z.strictObject({
  ...common,
  kind: z.literal('categorical'),
  levels: z
    .array(
      z
        .string()
        .min(1)
        .refine((level) => level === level.trim(), 'must not start or end with a space'),
    )
    .min(2)
    .refine((levels) => new Set(levels).size === levels.length, 'must not repeat a level'),
});

/** The shape of dataset.json. */
export const declarationSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'must be kebab-case'),
    title: z.string().min(1),
    description: z.string().optional(),
    /** What people are to know before they rely on it: that its rows are made up, for one. Shown on the page. */
    notice: z.string().min(1).optional(),
    /** The CSV, relative to the folder of the declaration. */
    file: z.string().min(1),
    /** The numeric column to predict; every other column is a feature. */
    target: name,
    columns: z.array(z.discriminatedUnion('kind', [numericSchema, categoricalSchema])).min(2),
  })
  .superRefine(({ columns, target }, context) => {
    const seen = new Map<string, string>();
    columns.forEach((column, i) => {
      const key = headerKey(column.name);
      const earlier = seen.get(key);
      if (earlier !== undefined) {
        context.addIssue({
          code: 'custom',
          path: ['columns', i, 'name'],
          message: `reads like ${earlier}: CSV headers could not tell them apart`,
        });
      }
      seen.set(key, column.name);
    });
    if (columns.find((column) => column.name === target)?.kind !== 'numeric') {
      context.addIssue({ code: 'custom', path: ['target'], message: 'must name a numeric column' });
    }
  });

/** What a data set's columns are; validation, encoding, form and API all follow from it. */
export type Declaration = z.infer<typeof declarationSchema>;
/** A column of either kind; its `name` is the one on the wire. */
export type Column = Declaration['columns'][number];
export type CategoricalColumn = Extract<Column, { kind: 'categorical' }>;
export type NumericColumn = Extract<Column, { kind: 'numeric' }>;

/**
 * Reads `dataset.json` in `folder`.
 *
 * @throws DataError naming each thing that is wrong with it.
 */
export async function readDeclaration(folder: string): Promise<Declaration> {
  const path = join(folder, 'dataset.json');
  const json = await readJsonFile(path, ': --dataset names the folder that holds dataset.json');
  const parsed = declarationSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  throw new DataError(`${path} is not a valid declaration`, { issues });
}

/** The columns that a model reads, in declared order. */
export function featuresOf(declaration: Declaration): Column[] {
  return declaration.columns.filter((column) => column.name !== declaration.target);
}

/** The column that a model predicts. */
export function targetOf(declaration: Declaration): NumericColumn {
  const column = declaration.columns.find(({ name }) => name === declaration.target);
  if (column?.kind !== 'numeric') throw new Error(`${declaration.target} is not a numeric column`);
  return column;
}

/** A header without case, spaces, slashes, dashes and underscores: `Race/Ethnicity` is `race_ethnicity`. */
export function headerKey(header: string): string {
  return header.toLowerCase().replace(/[\s/_-]+/g, '');
}

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

/** What a column takes, in words: "a whole number from 0 to 100", "one of: female, male". */
export function allowed(column: Column): string {
  if (column.kind === 'categorical') return `one of: ${shortList(column.levels)}`;
  const { min, max, step } = column;
  const whole = step === 1 && Number.isInteger(min ?? 0);
  const range =
    min !== undefined && max !== undefined
      ? ` from ${formatExact(min)} to ${formatExact(max)}`
      : min !== undefined
        ? ` of at least ${formatExact(min)}`
        : max !== undefined
          ? ` of at most ${formatExact(max)}`
          : '';
  return `a ${whole ? 'whole ' : ''}number${range}${step === undefined || whole ? '' : `, in steps of ${formatExact(step)}`}`;
}
