import { ParamError } from '../../core/errors.ts';
import type { Declaration } from '../../data/declaration.ts';
import { classesOf, type TaskKind, taskKindOf } from '../../data/task-kind.ts';
import { gateOn } from '../gate-on.ts';
import type { Metric } from '../metric.ts';
import type { LearnedClasses, Task } from '../task.ts';
import { classTask } from './classes.ts';
import { regression } from './regression.ts';

/** What is asked of a task in place of its defaults. */
export interface TaskSettings {
  /** The name of the metric by which candidates are compared. @default that of the task */
  readonly metric?: string | undefined;
  /** The name of the metric that must reach the threshold. @default that of the task */
  readonly gate?: string | undefined;
}

/**
 * The task of this kind, as far as people are told of it: what of classes only rows can say is not known, so that some metrics
 * compute nothing.
 *
 * @throws ParamError where it has no such metric
 */
export function taskNamed(kind: TaskKind, settings: TaskSettings = {}): Task {
  return withSettings(kind === 'regression' ? regression : classTask(kind), settings);
}

/**
 * What a declaration's target asks for.
 *
 * @param classes what the training rows say of them; undefined of a number
 * @throws ParamError where its task has no such metric
 */
export function taskOf(declaration: Declaration, settings: TaskSettings = {}, classes?: LearnedClasses): Task {
  const kind = taskKindOf(declaration);
  const levels = classesOf(declaration);
  if (kind === 'regression' || !levels || !classes) return taskNamed(kind, settings);
  const { shares, positive } = classes;
  const index = positive === null ? null : levels.indexOf(positive);
  return withSettings({ ...classTask(kind, { shares, positive: index }), classes }, settings);
}

function withSettings(task: Task, { metric, gate }: TaskSettings): Task {
  const objective = metric === undefined ? task.objective : metricNamed(metric, task);
  return {
    ...task,
    objective,
    shown: task.shown.includes(objective) ? task.shown : [objective, ...task.shown],
    gate: gate === undefined || gate === task.gate.metric.name ? task.gate : gateOn(metricNamed(gate, task)),
  };
}

function metricNamed(name: string, { kind, metrics }: Task): Metric {
  const metric = metrics.find((metric) => metric.name === name);
  if (metric) return metric;
  const what = { regression: 'a number', binary: 'one of two classes', multiclass: 'one of several classes' }[kind];
  throw new ParamError(
    `there is no metric ${JSON.stringify(name)} for a target that is ${what}; there are: ${metrics.map(({ name }) => name).join(', ')}`,
  );
}
