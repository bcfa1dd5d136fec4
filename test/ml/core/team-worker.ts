// A thread of the tests: it counts, throws, or ends, as it is told.

import { workerData } from 'node:worker_threads';
import { followTeam, type TeamMemory } from '../../../ml/core/worker-team.ts';

const { team, counts, worker } = workerData as { team: TeamMemory; counts: Int32Array; worker: number };

followTeam(team, (command) => {
  if (command === 1) Atomics.add(counts, worker, 1);
  if (command === 2 && worker === 1) throw new Error('as it was told');
  if (command === 3 && worker === 1) process.exit(7);
});
