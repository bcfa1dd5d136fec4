import { afterEach, expect, test } from 'vitest';
import { WorkerPool } from '../../../ml/core/worker-pool.ts';

const module = new URL('pool-worker.ts', import.meta.url);
const pools: WorkerPool[] = [];
const makePool = (size: number) => {
  const pool = new WorkerPool(module, size);
  pools.push(pool);
  pool.share('data');
  return pool;
};
afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.close())));

test('tasks are done first come, first served, and tell on the way', async () => {
  const pool = makePool(1);
  const begun: string[] = [];
  const notes: unknown[] = [];
  const run = (task: string) => pool.run(task, { onStart: () => begun.push(task), onNote: (note) => notes.push(note) });
  expect(await Promise.all(['a', 'b', 'c'].map(run))).toEqual(['data: a', 'data: b', 'data: c']);
  expect(begun).toEqual(['a', 'b', 'c']);
  expect(notes).toEqual(['begins a', 'begins b', 'begins c']);
  expect(pool.busy).toEqual([]);
});

test('tasks wait until it is said what they have in common', async () => {
  const pool = new WorkerPool(module, 1);
  pools.push(pool);
  const begun: string[] = [];
  const tasks = ['a', 'b'].map((task) => pool.run(task, { onStart: () => begun.push(task) }));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(begun).toEqual([]);
  pool.share('late');
  expect(await Promise.all(tasks)).toEqual(['late: a', 'late: b']);
});

test('what a task throws is thrown, and its thread goes on', async () => {
  const pool = makePool(1);
  await expect(pool.run('throw')).rejects.toThrow('as it was told');
  expect(await pool.run('a')).toBe('data: a');
});

test('a thread that dies fails its task alone, with the cause, and another takes its place', async () => {
  const pool = makePool(2);
  const dying = pool.run('end');
  const others = Promise.all(['a', 'b', 'c', 'd'].map((other) => pool.run(other)));
  await expect(dying).rejects.toThrow('ended with the code 7');
  await expect(dying).rejects.toMatchObject({ name: 'WorkerDied' });
  expect(await others).toHaveLength(4);
  expect(await Promise.all([pool.run('e'), pool.run('f')])).toEqual(['data: e', 'data: f']);
});

test('a thread that is killed from outside fails its task', async () => {
  const pool = makePool(1);
  const looping = pool.run('loop', { onNote: () => pool.busy[0]?.terminate() });
  await expect(looping).rejects.toMatchObject({ name: 'WorkerDied' });
  expect(await pool.run('a')).toBe('data: a');
});

test('a signal ends a task that waits for its turn, and one that runs, with its thread', async () => {
  const pool = makePool(1);
  const [running, waiting] = [new AbortController(), new AbortController()];
  const looping = pool.run('loop', { signal: running.signal });
  const next = pool.run('a', { signal: waiting.signal });
  const last = pool.run('b');
  waiting.abort(new Error('never mind'));
  await expect(next).rejects.toThrow('never mind');
  running.abort(new Error('enough'));
  await expect(looping).rejects.toThrow('enough');
  expect(await last).toBe('data: b');
  await expect(pool.run('c', { signal: running.signal })).rejects.toThrow('enough');
});

test('a pool that is closed ends what runs and what waits', async () => {
  const pool = makePool(1);
  const tasks = [pool.run('wait'), pool.run('a')];
  const ended = Promise.allSettled(tasks);
  await pool.close();
  for (const { status } of await ended) expect(status).toBe('rejected');
});

test('idle threads are let go of, and others start when there is a task', async () => {
  const pool = makePool(2);
  expect(await pool.run('a')).toBe('data: a');
  const controller = new AbortController();
  const waiting = pool.run('wait', { signal: controller.signal });
  await pool.letGo();
  expect(pool.busy).toHaveLength(1);
  expect(await Promise.all([pool.run('b'), pool.run('c')])).toEqual(['data: b', 'data: c']);
  controller.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
});
