import { type Column, type Declaration, featuresOf } from '../data/declaration.ts';
import { kindOf } from '../data/kinds/index.ts';

/** The columns whose distributions matter: those that a model reads, and the one that it predicts. */
export function distributedColumns(declaration: Declaration): Column[] {
  const target = declaration.columns.filter(({ name }) => name === declaration.target);
  return [...featuresOf(declaration), ...target];
}

/** The texts that a column's values stand for; undefined where they are numbers or days. */
export const levelsOf = (column: Column): readonly string[] | undefined => kindOf(column).levels;

/** A column without the range of its numbers or dates; undefined where there is none. */
export function withoutRange(column: Column): Column | undefined {
  if ('step' in column) {
    const { min, max, step, ...unlimited } = column;
    return unlimited;
  }
  if ('min' in column || 'max' in column) {
    const { min, max, ...unlimited } = column;
    return unlimited;
  }
  return undefined;
}
