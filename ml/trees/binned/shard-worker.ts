import { workerData } from 'node:worker_threads';
import { followTeam } from '../../core/worker-team.ts';
import { commands, Shard } from './shard.ts';
import type { Assignment } from './shard-pool.ts';

const { team, data, shard, shards, scratch } = workerData as Assignment;
const own = new Shard(data, shard, shards, scratch);

followTeam(team, (command) => own.run(commands[command]!));
