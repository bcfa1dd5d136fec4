import { expect, test } from 'vitest';
import { WorkerTeam } from '../../../ml/core/worker-team.ts';

const module = new URL('team-worker.ts', import.meta.url);

const makeTeam = (size: number, spins = 0) => {
  const counts = new Int32Array(new SharedArrayBuffer(4 * Math.max(1, size)));
  return { counts, team: new WorkerTeam(module, size, spins, (team, worker) => ({ team, counts, worker })) };
};

test.each([
  [0, 0],
  [1, 1000],
  [3, 0],
])('%i threads all do each command before the next', (size, spins) => {
  const { team, counts } = makeTeam(size, spins);
  team.join();
  expect(team.hasStarted).toBe(true);
  for (let round = 1; round <= 20; round++) {
    team.tell(1);
    team.join();
    for (let worker = 0; worker < size; worker++) expect(counts[worker]).toBe(round);
  }
  team.close();
});

test.each([
  ['throws', 2],
  ['ends', 3],
])('a thread that %s fails the team at once, and nobody waits for it', (_, command) => {
  const { team } = makeTeam(2);
  team.join();
  team.tell(command);
  expect(() => team.join()).toThrow('a thread that works with this one has failed');
  team.close();
});
