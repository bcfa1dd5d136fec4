// What a kind says of a column: all that other code needs to know, so that nothing else switches on the kind.

import type { z } from 'zod';
import type { CellProblem } from '../cell-problem.ts';
import type { Texts } from '../columns/text-list.ts';
import type { Control } from './control.ts';
import type { CellReading } from './reading.ts';
import type { TextNumbers } from './text-numbers.ts';
import type { ValueSchema } from './value-schema.ts';

/**
 * What a table holds of a column: numbers; days since 1970-01-01 (UTC); the indices of levels; those of texts that mean nothing;
 * or nothing at all.
 */
type Values = 'number' | 'days' | 'codes' | 'texts' | 'none';

/** What a column may be for. */
export type Role = 'target' | 'weight' | 'group' | 'time';

/** What is known of a column by its kind. */
export interface ColumnKind {
  readonly values: Values;
  /** The texts of its codes, in their order; undefined where its values are none. */
  readonly levels?: readonly string[] | undefined;
  /** Of two levels the one that is of interest, where its kind says so. */
  readonly positive?: string | undefined;
  /** What keeps models from it, in words: "an identifier", "free text: each row has its own"; undefined where nothing does. */
  readonly keptOut?: string | undefined;
  /** What its numbers are in, and what stands before them in its file. */
  readonly unit?: string | undefined;
  readonly prefix?: string | undefined;
  /** The granularity of its numbers. */
  readonly step?: number | undefined;
  /** The ends of what is allowed, as a table holds them. */
  readonly limits: { readonly min?: number | undefined; readonly max?: number | undefined };
  /** What it takes, in words: "a whole number from 0 to 100", "one of: female, male". */
  allowed(): string;
  /**
   * A function from a cell's text to its value; NaN where it is empty, or says that the value is not known; undefined where the
   * column does not allow it. Spaces around a value do not count, nor how its accents are written.
   *
   * @param texts numbers those of a column whose texts are kept
   */
  parser(reading: CellReading, texts?: TextNumbers): (text: string) => number | undefined;
  /** What is wrong with a cell that the parser refuses. */
  problem(text: string, reading: CellReading): CellProblem;
  /** Of numbers: a function from a cell's text to how JavaScript would write it. */
  literal?(reading: CellReading): (text: string) => string;
  /** A function from a known value to the text that reads as it: a level, a number, a date. @param texts by their numbers */
  writer(texts: Texts): (value: number) => string;
}

/** What is known of a column that models may read, and that people and programs fill in. */
export interface FeatureKind extends ColumnKind {
  /** A function from a value of JSON, but for null, to what a table holds; undefined where the column does not allow it. */
  valueReader(reading: CellReading): (value: unknown) => number | undefined;
  /** The value of JSON that a form's or a command line's text stands for; any other text stays, to be refused. */
  fromText(text: string): number | string;
  /** Of a column that takes any text: a function from a value to what to say of it where it is not listed. */
  unlisted?(reading: CellReading): (value: unknown) => string | undefined;
  /** A value of JSON that it allows; null, "not known", where there is none to name. */
  example(): number | string | boolean | null;
  /** What JSON Schema says of its values; a record that the column refuses may pass, by a step or a limit of dates. */
  jsonSchema(): ValueSchema;
  /** What a form asks for it by. */
  control(): Control;
}

/** Whatever has a kind. */
export interface AnyColumn {
  readonly kind: string;
}

/** A column as a schema has it. */
type ColumnOf<Schema extends z.ZodType<AnyColumn>> = Schema['_zod']['output'];

/** What declarations say of columns of a kind. */
interface Definition<Schema extends z.ZodType<AnyColumn>> {
  readonly name: ColumnOf<Schema>['kind'];
  readonly schema: Schema;
  /** What such a column may be for. */
  readonly roles: readonly Role[];
}

/** A kind of column: what declarations say of one, and what follows from that. */
export interface Kind<Schema extends z.ZodType<AnyColumn>, Described extends ColumnKind> extends Definition<Schema> {
  /** Whether a column is of this kind. */
  is(column: AnyColumn): column is ColumnOf<Schema>;
  /** What is known of a column; undefined where it is of another kind. */
  of(column: AnyColumn): Described | undefined;
}

/** A kind, by what it says of its columns. */
export function defineKind<Schema extends z.ZodType<AnyColumn>, Described extends ColumnKind>(
  definition: Definition<Schema>,
  describe: (column: ColumnOf<Schema>) => Described,
): Kind<Schema, Described> {
  const is = (column: AnyColumn): column is ColumnOf<Schema> => column.kind === definition.name;
  return { ...definition, is, of: (column) => (is(column) ? describe(column) : undefined) };
}
