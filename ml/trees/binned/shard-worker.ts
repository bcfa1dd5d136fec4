import { workerData } from 'node:worker_threads';
import { commands, Shard } from './shard.ts';
import { type Assignment, STOP } from './shard-pool.ts';

const { data, barrier, shard, shards, scratch } = workerData as Assignment;
const { round, command, done, failed } = barrier;
const own = new Shard(data, shard, shards, scratch);

const report = (to: Int32Array) => {
  Atomics.add(to, 0, 1);
  Atomics.notify(done, 0);
};

try {
  for (let seen = Atomics.load(round, 0); ; ) {
    report(done);
    Atomics.wait(round, 0, seen);
    seen = Atomics.load(round, 0);
    const told = Atomics.load(command, 0);
    if (told === STOP) break;
    own.run(commands[told]!);
  }
} catch (error) {
  report(failed);
  throw error;
}
