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
}

function viewed(column: Column): ViewedColumn[] {
  const { values, levels = [], unit } = kindOf(column);
  const { name, title } = column;
  return values === 'texts' || values === 'none' ? [] : [{ name, title, values, levels, unit }];
}

/** The columns that a model reads, in declared order. */
export const viewedFeatures = (declaration: Declaration): ViewedColumn[] => featuresOf(declaration).flatMap(viewed);

export function viewedTarget({ columns, target }: Declaration): ViewedColumn {
  const [column] = columns.filter(({ name }) => name === target).flatMap(viewed);
  if (!column) throw new Error(`${target} is no column that can be predicted`);
  return column;
}
