import type { TaskKind } from '../../ml/data/task-kind.ts';

/** A package of a registry, at the version whose files are known. */
export interface Package {
  readonly registry: 'PyPI' | 'npm';
  readonly name: string;
  readonly version: string;
}

/** A table inside a package, and what is predicted of it. Columns go by their names in the file. */
export interface TableDeclaration {
  readonly name: string;
  readonly title: string;
  readonly from: Package;
  /** Inside the package, in CSV or JSON; several stand side by side. */
  readonly files: readonly string[];
  /** Of the bytes of the files, one after the other. */
  readonly sha256: string;
  /** A regular expression between the cells of a file. @default a comma */
  readonly separator?: string;
  /** How many lines come before the first row, or before the header. @default 0 */
  readonly skipped?: number;
  /** The names of the columns, where the files have none. @default a line of the file */
  readonly header?: readonly string[];
  readonly target: string;
  /** What is predicted. @default 'regression' */
  readonly task?: TaskKind;
  /** The target is whether its column is above that. @default the target is what its column says */
  readonly above?: number;
  /** Columns that are left out, each with its reason. */
  readonly dropped: Readonly<Record<string, string>>;
  /** Columns of numbers that are codes. Others are numeric where all of their values are numbers. */
  readonly categories: readonly string[];
  /** How many rows have a target; the others are left out. */
  readonly rows: number;
}

/** What is predicted of a table. */
export const taskOf = ({ task = 'regression' }: TableDeclaration): TaskKind => task;

/** How a score on the rows held out is called: R², or skill, 1 − log loss ÷ that of the class shares of the other rows. */
export const scoreTitle = (task: TaskKind): string => (task === 'regression' ? 'R²' : 'skill');
