import { workerData } from 'node:worker_threads';
import { followTeam } from '../../../core/worker-team.ts';
import { obliviousKernelOver } from './kernel.ts';
import type { Assignment } from './queue-workers.ts';
import { work } from './task-queue.ts';

const { team, memory, queue } = workerData as Assignment;
const kernel = obliviousKernelOver(memory);

followTeam(team, () => work(queue, kernel));
