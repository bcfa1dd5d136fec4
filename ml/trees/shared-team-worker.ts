import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { followTeam } from '../core/worker-team.ts';
import { sumThreads } from './prediction/sum-assignment.ts';
import { ShapThread } from './shap/shap-thread.ts';
import type { Assignment, SharedTeamData } from './shared-team.ts';

const { team } = workerData as SharedTeamData;

/** Who does each task of what was assigned last. */
let threads: readonly { takeBlock(): boolean }[] = [];

followTeam(team, (task) => {
  // Sent before the first of its tasks is told. This thread gives its event loop no turn.
  const received = parentPort && receiveMessageOnPort(parentPort);
  if (received) threads = threadsFor(received.message as Assignment);
  while (threads[task]!.takeBlock());
});

function threadsFor(assignment: Assignment): readonly { takeBlock(): boolean }[] {
  if (assignment.kind === 'sums') return sumThreads(assignment);
  return [new ShapThread(assignment.batch, assignment.memory)];
}
