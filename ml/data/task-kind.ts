import type { Declaration } from './declaration.ts';

/** What there is to predict: a number, which of two classes, or which of several. */
export const taskKinds = ['regression', 'binary', 'multiclass'] as const;
export type TaskKind = (typeof taskKinds)[number];

/** How many classes a declaration's target has; 0 where it is a number. */
export function classCountOf({ columns, target }: Declaration): number {
  const column = columns.find(({ name }) => name === target);
  return column?.kind === 'categorical' ? column.levels.length : 0;
}

/** What a declaration's target asks for. */
export function taskKindOf(declaration: Declaration): TaskKind {
  const classes = classCountOf(declaration);
  if (classes === 0) return 'regression';
  return classes === 2 ? 'binary' : 'multiclass';
}
