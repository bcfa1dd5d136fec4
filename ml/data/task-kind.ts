import type { Declaration } from './declaration.ts';
import { kindOf } from './kinds/index.ts';

/** What there is to predict: a number, which of two classes, or which of several. */
export const taskKinds = ['regression', 'binary', 'multiclass'] as const;
export type TaskKind = (typeof taskKinds)[number];

/** The classes of a declaration's target, in the order of their indices; undefined where it is a number. */
export function classesOf({ columns, target }: Declaration): readonly string[] | undefined {
  const column = columns.find(({ name }) => name === target);
  return column && kindOf(column).levels;
}

/** How many classes a declaration's target has; 0 where it is a number. */
export const classCountOf = (declaration: Declaration): number => classesOf(declaration)?.length ?? 0;

/** What a declaration's target asks for. */
export function taskKindOf(declaration: Declaration): TaskKind {
  const classes = classCountOf(declaration);
  if (classes === 0) return 'regression';
  return classes === 2 ? 'binary' : 'multiclass';
}
