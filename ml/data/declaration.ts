import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { DataError } from '../core/errors.ts';
import { formatExact } from '../core/format-number.ts';
import { rangeInWords } from '../core/range-words.ts';
import { shortList } from '../core/short-list.ts';
import { checkColumns } from './check-columns.ts';
import { declarationIssues } from './declaration-issues.ts';
import { HOW_TO_DECLARE } from './how-to-declare.ts';
import { readJsonFile } from './json-file.ts';
import { columnName } from './kinds/column-shape.ts';
import { allowedDate } from './kinds/date.ts';
import { columnSchema } from './kinds/index.ts';

const shape = {
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'must be kebab-case: letters, digits and dashes'),
  title: z.string().min(1).describe('What people read.'),
  description: z.string().optional().describe('What people read below the title.'),
  notice: z
    .string()
    .min(1)
    .optional()
    .describe('What people are to know before they rely on it, shown on the page: that its rows are made up, for one.'),
  file: z.string().min(1).describe('The CSV, relative to the folder of the declaration.'),
  target: columnName.describe(
    'The name of the column to predict, a numeric or categorical one; every other column is a feature, but for those that are named here for another purpose, and identifiers.',
  ),
  positive: z
    .string()
    // As the levels are.
    .normalize('NFC')
    .optional()
    .describe(
      'Of a target of two levels, the one that is of interest: that a customer leaves, that a loan fails. Default: the rarer one.',
    ),
  weight: columnName
    .optional()
    .describe(
      'The name of a numeric column that says how much each row counts, which is then no feature: a row of weight 2 counts as the row twice, one of weight 0 not at all.',
    ),
  group: columnName
    .optional()
    .describe(
      'The name of a column that says which rows belong together (a patient, a shop), which is then no feature: no group is both learned from and validated or held out. A row without one belongs to no other.',
    ),
  time: columnName
    .optional()
    .describe(
      'The name of a numeric or date column that says when each row was: validated and held out are later rows than those learned from. It stays a feature.',
    ),
  columns: z
    .array(columnSchema)
    .min(2)
    .describe('The columns of the CSV, in any order; those that are not here are ignored.'),
};

/** A declaration, as a release holds it. */
export const declarationSchema = z.strictObject(shape).superRefine(checkColumns);

/** The shape of dataset.json, where an editor may be told of its JSON Schema. */
export const datasetFileSchema = z
  .strictObject({ $schema: z.string().optional().describe('Where editors find this schema.'), ...shape })
  .superRefine(checkColumns);

/** What a data set's columns are; validation, encoding, form and API all follow from it. */
export type Declaration = z.infer<typeof declarationSchema>;
/** A column of any kind; its `name` is the one on the wire. */
export type Column = Declaration['columns'][number];
export type CategoricalColumn = Extract<Column, { kind: 'categorical' }>;
export type NumericColumn = Extract<Column, { kind: 'numeric' }>;
/** A column of a kind that models can predict. */
export type TargetColumn = NumericColumn | CategoricalColumn;
/** A column of a kind that models can read. */
export type FeatureColumn = Exclude<Column, { kind: 'identifier' }>;

/**
 * Reads `dataset.json` in `folder`.
 *
 * @throws DataError naming each thing that is wrong with it.
 */
export async function readDeclaration(folder: string): Promise<Declaration> {
  const path = join(folder, 'dataset.json');
  if ((await stat(folder).catch(() => undefined))?.isFile()) {
    throw new DataError(`${folder} is a file; --dataset names the folder that holds dataset.json. ${HOW_TO_DECLARE}`);
  }
  const json = await readJsonFile(path, `: --dataset names the folder that holds dataset.json. ${HOW_TO_DECLARE}`);
  return checkDeclaration(json, path);
}

/**
 * A declaration that was read, or that a program made.
 *
 * @param name what it is called where it is wrong
 * @throws DataError naming each thing that is wrong with it
 */
export function checkDeclaration(json: unknown, name = 'the declaration'): Declaration {
  const parsed = datasetFileSchema.safeParse(json);
  if (!parsed.success)
    throw new DataError(`${name} is not a valid declaration`, { issues: declarationIssues(parsed.error, json) });
  const { $schema, ...declaration } = parsed.data;
  return declaration;
}

/** The columns that a model reads, in declared order. */
export function featuresOf({ columns, target, weight, group }: Declaration): FeatureColumn[] {
  const isFeature = (column: Column): column is FeatureColumn => column.kind !== 'identifier';
  return columns.filter(isFeature).filter(({ name }) => name !== target && name !== weight && name !== group);
}

/** The column that a model predicts. */
export function targetOf(declaration: Declaration): TargetColumn {
  const column = declaration.columns.find(({ name }) => name === declaration.target);
  if (column?.kind === 'numeric' || column?.kind === 'categorical') return column;
  throw new Error(`${declaration.target} is neither a numeric nor a categorical column`);
}

/** The column that a model predicts, of which is known that it is a number. */
export function numericTargetOf(declaration: Declaration): NumericColumn {
  const column = targetOf(declaration);
  if (column.kind === 'numeric') return column;
  throw new Error(`${column.name} is not a numeric column`);
}

/** The column that says how much each row counts, where there is one; its values are at least 0. */
export function weightOf({ columns, weight }: Declaration): NumericColumn | undefined {
  const column = columns.find(({ name }) => name === weight);
  return column?.kind === 'numeric' ? { ...column, min: column.min ?? 0 } : undefined;
}

/** What a column takes, in words: "a whole number from 0 to 100", "one of: female, male". */
export function allowed(column: Column): string {
  if (column.kind === 'categorical') return `one of: ${shortList(column.levels)}`;
  if (column.kind === 'date') return allowedDate(column);
  if (column.kind === 'identifier') return 'any text';
  const { min, max, step } = column;
  const whole = step === 1 && Number.isInteger(min ?? 0);
  const words = rangeInWords(column);
  const range = words === undefined ? '' : ` ${min !== undefined && max !== undefined ? 'from' : 'of'} ${words}`;
  return `a ${whole ? 'whole ' : ''}number${range}${step === undefined || whole ? '' : `, in steps of ${formatExact(step)}`}`;
}
