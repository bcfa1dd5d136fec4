import { workerData } from 'node:worker_threads';
import { obliviousKernelOver } from './kernel/kernel.ts';
import { ScoreBoard } from './score-board.ts';
import { type Assignment, LOOKS, STOP } from './score-crew.ts';

const { memory, board, meeting } = workerData as Assignment;
const { round, stop, done } = meeting;
const own = new ScoreBoard(board);
const kernel = obliviousKernelOver(memory);

for (let seen = 0; ; ) {
  Atomics.add(done, 0, 1);
  Atomics.notify(done, 0);
  for (let look = 0; look < LOOKS && Atomics.load(round, 0) === seen; look++);
  Atomics.wait(round, 0, seen);
  seen = Atomics.load(round, 0);
  if (Atomics.load(stop, 0) === STOP) break;
  own.work(kernel);
}
