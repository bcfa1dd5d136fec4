import type { Declaration } from '../../data/declaration.ts';
import { type TaskKind, taskKindOf } from '../../data/task-kind.ts';
import type { Task } from '../task.ts';
import { regression } from './regression.ts';

export const tasks: readonly Task[] = [regression];

/** The task of this kind. */
export function taskNamed(kind: TaskKind): Task {
  const task = tasks.find((task) => task.kind === kind);
  if (task === undefined) throw new Error(`there is no task ${kind}`);
  return task;
}

/** What a declaration's target asks for. */
export const taskOf = (declaration: Declaration): Task => taskNamed(taskKindOf(declaration));
