import type { Declaration } from '../data/declaration.ts';
import { classesOf } from '../data/task-kind.ts';

/** Something that is learned of each row, as a number: a recipe may ask for its mean. */
export interface LearnedTarget {
  /** What people read: "mean target", "share of yes". */
  readonly title: string;
  /** One a row. */
  readonly values: Float64Array;
}

/** The title of a target that is a number. */
export const MEAN_TARGET = 'mean target';

/** Of more classes, those past so many have no columns of their own: what recipes make would be more than what was declared. */
const MOST_CLASSES = 10;

/**
 * What is learned of rows: the target; of classes whether a row is of each, but for one that the others tell. Of two classes that
 * is the one of interest, where the declaration names it, else the second.
 *
 * @param y numbers, or the classes of rows by their indices
 */
export function learnedTargets(declaration: Declaration, y: Float64Array): readonly LearnedTarget[] {
  const levels = classesOf(declaration);
  if (!levels) return [{ title: MEAN_TARGET, values: y }];
  const classes = [...levels.keys()].slice(1, 1 + MOST_CLASSES);
  const told = levels.length === 2 && declaration.positive === levels[0] ? [0] : classes;
  return told.map((k) => ({ title: `share of ${levels[k]}`, values: y.map((own) => Number(own === k)) }));
}
