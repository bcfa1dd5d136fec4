import { type Column, type Declaration, featuresOf } from '../../data/declaration.ts';
import { kindOf } from '../../data/kinds/index.ts';

/** A column as the analysis sees it, whatever its kind. */
export interface ViewedColumn {
  readonly name: string;
  readonly title: string;
  /** What a table holds of it: numbers, days since 1970-01-01 (UTC), or indices of levels. */
  readonly values: 'number' | 'days' | 'codes';
  /** The texts of codes; none of numbers. */
  readonly levels: readonly string[];
  readonly unit: string | undefined;
  /** What stands before its numbers in the file. */
  readonly prefix: string | undefined;
  /** Whether all its numbers are whole, and whether they are years. */
  readonly isWhole: boolean;
  readonly isYear: boolean;
}

function viewed(column: Column): ViewedColumn[] {
  const { values, levels = [], unit, prefix, step } = kindOf(column);
  const { name, title } = column;
  return values === 'texts' || values === 'none'
    ? []
    : [{ name, title, values, levels, unit, prefix, isWhole: step === 1, isYear: holdsYears(column) }];
}

/** Whole numbers of four digits without a unit are years, which are written without separators. */
export function holdsYears(column: Column): boolean {
  const { values, unit, step, limits } = kindOf(column);
  const { min = -Infinity, max = Infinity } = limits;
  return values === 'number' && unit === undefined && step === 1 && min >= 1500 && max <= 2200;
}

/** A year, or a mean of some: 2014, 2007.4. */
export const yearText = (year: number): string => String(Number(year.toFixed(1)));

/** The columns that a model reads, in declared order. */
export const viewedFeatures = (declaration: Declaration): ViewedColumn[] => featuresOf(declaration).flatMap(viewed);

export function viewedTarget({ columns, target }: Declaration): ViewedColumn {
  const [column] = columns.filter(({ name }) => name === target).flatMap(viewed);
  if (!column) throw new Error(`${target} is no column that can be predicted`);
  return column;
}
