import { classShares } from '../../core/class-shares.ts';
import { type Declaration, targetOf } from '../../data/declaration.ts';
import { columnOf, type Table, weightsOf } from '../../data/table.ts';
import type { LearnedClasses, Task } from '../task.ts';
import { type TaskSettings, taskOf } from './index.ts';

/** Rows that are learned from. */
interface TrainingRows {
  readonly declaration: Declaration;
  readonly train: Table;
}

/**
 * The task of a training, with what its rows say of the classes.
 *
 * @throws ParamError where it has no such metric
 */
export function taskOfRows({ declaration, train }: TrainingRows, settings: TaskSettings = {}): Task {
  return taskOf(declaration, settings, learnedClasses(declaration, train));
}

function learnedClasses(declaration: Declaration, train: Table): LearnedClasses | undefined {
  const target = targetOf(declaration);
  if (!('levels' in target)) return undefined;
  const { levels, positive } = target;
  const shares = classShares(columnOf(train, target.name), levels.length, weightsOf(train, declaration));
  return {
    shares: [...shares],
    positive: levels.length === 2 ? (positive ?? rarer(levels, shares)) : null,
  };
}

/** Of two levels the one with the smaller share: a customer who leaves, a loan that fails. Of equal ones the second. */
function rarer(levels: readonly string[], shares: Float64Array): string {
  return levels[(shares[0] as number) < (shares[1] as number) ? 0 : 1] as string;
}
