import { momentsOf } from '../../core/moments.ts';
import type { Declaration } from '../../data/declaration.ts';
import { columnOf, type Table } from '../../data/table.ts';
import { classCountOf } from '../../data/task-kind.ts';

/** In what a search states parameters that are in the unit of the target: its standard deviation; 1 of classes, which have no unit. */
export function targetScaleOf(declaration: Declaration, train: Table): number {
  return classCountOf(declaration) > 0 ? 1 : momentsOf(columnOf(train, declaration.target)).deviation;
}
