import { predictionKernelOver } from './kernel/kernel.ts';
import { type SumTask, SumThread } from './sum-thread.ts';

/** What a thread is given to sum trees with others. */
export interface SumAssignment {
  readonly kind: 'sums';
  readonly memory: WebAssembly.Memory;
  /** Its own. */
  readonly keys: Int32Array;
  readonly tasks: readonly SumTask[];
}

export function sumThreads({ memory, keys, tasks }: SumAssignment): SumThread[] {
  const kernel = predictionKernelOver(memory);
  return tasks.map((task) => new SumThread(task, keys, kernel));
}
