import { workerData } from 'node:worker_threads';
import { followTeam } from '../../core/worker-team.ts';
import { ShapThread } from './shap-thread.ts';
import type { Assignment } from './tree-shap.ts';

const { team, batch, memory } = workerData as Assignment;
const thread = new ShapThread(batch, memory);

followTeam(team, () => {
  while (thread.takeBlock());
});
