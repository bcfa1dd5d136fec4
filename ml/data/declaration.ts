import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { DataError } from '../core/errors.ts';
import { checkColumns } from './check-columns.ts';
import { declarationIssues } from './declaration-issues.ts';
import { fileShape } from './file-shape.ts';
import { HOW_TO_DECLARE } from './how-to-declare.ts';
import { readJsonFile } from './json-file.ts';
import { columnName } from './kinds/column-shape.ts';
import { type Column, columnSchema, type FeatureColumn, isReadable, kindOf } from './kinds/index.ts';
import { type NumericColumn, numeric } from './kinds/numeric.ts';

const shape = {
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'must be kebab-case: letters, digits and dashes'),
  title: z.string().min(1).describe('What people read.'),
  description: z.string().optional().describe('What people read below the title.'),
  notice: z
    .string()
    .min(1)
    .optional()
    .describe('What people are to know before they rely on it, shown on the page: that its rows are made up, for one.'),
  file: z.string().min(1).describe('The file of the rows, relative to the folder of the declaration.'),
  ...fileShape,
  target: columnName.describe(
    'The name of the column to predict, a numeric, categorical or yes_no one; every other column is a feature, but for those that are named here for another purpose, and those of kinds that are kept out.',
  ),
  positive: z
    .string()
    // As the levels are.
    .normalize('NFC')
    .optional()
    .describe(
      'Of a target of two levels, the one that is of interest: that a customer leaves, that a loan fails. Default: yes, or the rarer one.',
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
  assumed: z
    .array(z.string().min(1))
    .optional()
    .describe(
      'What was assumed of the data or left out of it when this was written, a sentence each; trainings and releases tell it on.',
    ),
};

/** A declaration, as a release holds it. */
export const declarationSchema = z.strictObject(shape).superRefine(checkColumns);

/** The shape of dataset.json, where an editor may be told of its JSON Schema. */
export const datasetFileSchema = z
  .strictObject({ $schema: z.string().optional().describe('Where editors find this schema.'), ...shape })
  .superRefine(checkColumns);

/** What a data set's columns are; validation, encoding, form and API all follow from it. */
export type Declaration = z.infer<typeof declarationSchema>;
export type { Column, FeatureColumn } from './kinds/index.ts';
export type { NumericColumn } from './kinds/numeric.ts';

/** A column of classes that models predict. */
export interface ClassTarget extends Pick<Column, 'kind' | 'name' | 'title' | 'description'> {
  /** The classes, in the order of their indices. */
  readonly levels: readonly string[];
  /** What people read in the place of some of them. */
  readonly titles?: Readonly<Record<string, string>> | undefined;
  /** Of two levels the one of interest, as the declaration names it, or by its kind; the rarer one is where it is undefined. */
  readonly positive?: string | undefined;
}

/** A column that models predict. */
export type Target = NumericColumn | ClassTarget;

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
  return columns.filter(isReadable).filter(({ name }) => name !== target && name !== weight && name !== group);
}

/** The columns that a table holds, in declared order: all but those of kinds that are not read. */
export function storedColumns({ columns }: Declaration): Column[] {
  return columns.filter((column) => kindOf(column).values !== 'none');
}

/** The column that a model predicts. */
export function targetOf({ columns, target, positive }: Declaration): Target {
  const column = columns.find(({ name }) => name === target);
  if (column && numeric.is(column)) return column;
  const { levels, positive: ofKind } = column ? kindOf(column) : {};
  if (!column || !levels) throw new Error(`${target} is a column that no model predicts`);
  return { ...column, levels, positive: positive ?? ofKind };
}

/** The column that a model predicts, of which is known that it is a number. */
export function numericTargetOf(declaration: Declaration): NumericColumn {
  const target = targetOf(declaration);
  if ('levels' in target) throw new Error(`${target.name} is not a numeric column`);
  return target;
}

/** The column that says how much each row counts, where there is one; its values are at least 0. */
export function weightOf({ columns, weight }: Declaration): NumericColumn | undefined {
  const column = columns.find(({ name }) => name === weight);
  return column && numeric.is(column) ? { ...column, min: column.min ?? 0 } : undefined;
}
