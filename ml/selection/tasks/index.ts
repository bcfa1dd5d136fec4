import type { Declaration } from '../../data/declaration.ts';
import type { TaskKind } from '../../estimators/estimator.ts';
import type { Task } from '../task.ts';
import { regression } from './regression.ts';

const byKind: Readonly<Record<TaskKind, Task>> = { regression };

export const tasks: readonly Task[] = Object.values(byKind);

/** The task of this kind. */
export const taskNamed = (kind: TaskKind): Task => byKind[kind];

/** What a declaration's target asks for; the declaration was checked to have a numeric one. */
export const taskOf = (_declaration: Declaration): Task => byKind.regression;
