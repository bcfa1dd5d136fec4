import { workerData } from 'node:worker_threads';
import { obliviousKernelOver } from './kernel.ts';
import { work } from './task-queue.ts';
import { type Assignment, SPINS, STOP } from './worker-pool.ts';

const { memory, queue, barrier } = workerData as Assignment;
const { round, stop, idle } = barrier;
const kernel = obliviousKernelOver(memory);

for (let seen = 0; ; ) {
  Atomics.add(idle, 0, 1);
  Atomics.notify(idle, 0);
  for (let spin = 0; spin < SPINS && Atomics.load(round, 0) === seen; spin++);
  Atomics.wait(round, 0, seen);
  seen = Atomics.load(round, 0);
  if (Atomics.load(stop, 0) === STOP) break;
  work(queue, kernel);
}
