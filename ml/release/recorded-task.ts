import type { Task } from '../selection/task.ts';
import { taskOf } from '../selection/tasks/index.ts';
import type { Manifest } from './manifest.ts';

/** What a release was trained to predict, and by what it was judged. */
export function recordedTask({ dataset, plan, data: { shares }, positive }: Manifest): Task {
  return taskOf(dataset, plan ?? {}, shares && { shares, positive: positive ?? null });
}
