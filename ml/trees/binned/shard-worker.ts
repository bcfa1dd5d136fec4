import { workerData } from 'node:worker_threads';
import { type Assignment, STOP } from './crew.ts';
import { commands, Shard } from './shard.ts';

const { data, meeting, shard, shards, ahead } = workerData as Assignment;
const { round, command, done, failed } = meeting;
const own = new Shard(data, shard, shards, ahead);

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
