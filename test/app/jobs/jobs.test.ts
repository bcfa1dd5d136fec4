import { existsSync, mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import type { JobRecord } from '../../../app/jobs/job.ts';
import type { JobLimits } from '../../../app/jobs/job-limits.ts';
import { JobStore } from '../../../app/jobs/job-store.ts';
import { Jobs } from '../../../app/jobs/jobs.ts';
import { type LoadedRelease, loadRelease, train } from '../../../ml/index.ts';
import { houseRows, writeHouses } from '../../houses.ts';
import { start } from '../../processes.ts';
import { makeFolder, temporaryFolder } from '../../temporary.ts';
import { until } from '../until.ts';

const folder = makeFolder();
const artifacts = join(folder, 'artifacts');
let release: LoadedRelease;
let another: LoadedRelease;
beforeAll(async () => {
  await train({ dataset: writeHouses(folder, houseRows(50)), models: ['linear'], artifacts: join(folder, 'other') });
  await train({ dataset: writeHouses(folder), models: ['linear'], artifacts });
  release = await loadRelease(artifacts);
  another = await loadRelease(join(folder, 'other'));
});

const options = { interval: true, contributions: false };
const small = 'area,rooms,heating\n50,2,gas\n';
/** What takes seconds. */
const long = `area,rooms,heating\n${'50,2,gas\n'.repeat(150_000)}`;

function open(batches: string, limits: Partial<JobLimits> = {}, serving = () => release): Jobs {
  const jobs = new Jobs({ folder: batches, release: serving, logger: pino({ level: 'silent' }), limits });
  onTestFinished(() => jobs.close());
  return jobs;
}

async function send(jobs: Jobs, text = small, more: Partial<JobRecord['options']> = {}): Promise<string> {
  const { id, path } = await jobs.expect('a client', text.length);
  writeFileSync(path, text);
  const arrival = { name: 'rows.csv', format: 'csv', options: { ...options, ...more }, expectedRows: null } as const;
  await jobs.add(id, arrival, null);
  return id;
}

const status = async (jobs: Jobs, id: string) => (await jobs.find(id, null)).status;
const becomes = (jobs: Jobs, id: string, expected: string) =>
  until(async () => ((await status(jobs, id)) === expected ? true : undefined));

test('so many are kept, those that have ended among them; further ones are sent away', async () => {
  const jobs = open(temporaryFolder(), { kept: 2 });
  const [id] = [await send(jobs), await send(jobs)];
  await becomes(jobs, id, 'done');
  await expect(jobs.expect('a client', 10)).rejects.toMatchObject({ problem: 'overloaded', retryAfter: 300 });
  await jobs.cancel(id, null);
  await send(jobs);
});

test('so many wait; further ones are sent away until there is room, and those that wait can be cancelled', async () => {
  const jobs = open(temporaryFolder(), { waiting: 1 });
  const running = await send(jobs, long, { contributions: true });
  await becomes(jobs, running, 'running');
  const waiting = await send(jobs);
  expect(await status(jobs, waiting)).toBe('waiting');
  await expect(jobs.expect('a client', 10)).rejects.toMatchObject({ problem: 'overloaded', retryAfter: 60 });
  await jobs.cancel(waiting, null);
  expect(await status(jobs, waiting)).toBe('cancelled');
  const next = await send(jobs);
  await jobs.cancel(running, null);
  await becomes(jobs, next, 'done');
  expect(await jobs.find(running, null)).toMatchObject({ status: 'cancelled', ended: expect.any(String) });
  await expect(jobs.resultOf(running, null)).rejects.toMatchObject({ problem: 'no-result' });
});

test('files have so much room on the disk, on their way too', async () => {
  const jobs = open(temporaryFolder(), { disk: 1000 });
  await jobs.expect('a client', 600);
  await expect(jobs.expect('a client', 600)).rejects.toMatchObject({ problem: 'overloaded', retryAfter: 300 });
  const { leave } = await jobs.expect('a client', 300);
  await expect(jobs.expect('a client', 300)).rejects.toThrow('There is no room for another batch');
  await leave();
  await jobs.expect('a client', 300);
});

test('a job whose result needs more room than there is fails, and leaves nothing', async () => {
  const batches = temporaryFolder();
  const jobs = open(batches, { disk: long.length + 1000 });
  const id = await send(jobs, long, { contributions: true });
  await becomes(jobs, id, 'failed');
  expect(await jobs.find(id, null)).toMatchObject({ failure: { reason: 'no-room' } });
  expect(existsSync(join(batches, id, 'result.csv'))).toBe(false);
  expect(existsSync(join(batches, id, 'uploaded-file'))).toBe(false);
});

test('a job that takes too long is ended', async () => {
  const jobs = open(temporaryFolder(), { runMs: 1 });
  const id = await send(jobs, long, { contributions: true });
  await becomes(jobs, id, 'failed');
  expect(await jobs.find(id, null)).toMatchObject({ failure: { reason: 'too-long' } });
});

test('a job is answered by the release that served when it began, and the next one by the next', async () => {
  let serving = release;
  const jobs = open(temporaryFolder(), {}, () => serving);
  const first = await send(jobs, long);
  await becomes(jobs, first, 'running');
  serving = another;
  const second = await send(jobs);
  await becomes(jobs, second, 'done');
  expect((await jobs.find(first, null)).release).toBe(release.id);
  expect((await jobs.find(second, null)).release).toBe(another.id);
});

test('files are removed once their time is over', async () => {
  const batches = temporaryFolder();
  const jobs = open(batches, { keepMs: 1, leaseMs: 40 });
  const id = await send(jobs);
  jobs.start();
  await until(() => (existsSync(join(batches, id)) ? undefined : true));
  await expect(jobs.find(id, null)).rejects.toMatchObject({ problem: 'not-found' });
});

test('what is wrong with one job is no trouble to the others', async () => {
  const batches = temporaryFolder();
  const breakSome = (letter: string) => {
    for (let i = 10; i < 30; i++)
      mkdirSync(join(batches, `${letter}${i}`.padEnd(32, letter), 'job.json'), { recursive: true });
  };
  breakSome('a');
  const jobs = open(batches, { keepMs: 1, leaseMs: 40 });
  const id = await send(jobs);
  breakSome('b');
  jobs.start();
  await until(() => (existsSync(join(batches, id)) ? undefined : true));
});

test('nobody else on the machine reads the files, or the ids by which they can be asked for', async () => {
  const batches = join(temporaryFolder(), 'batches');
  const id = await send(open(batches));
  for (const path of [batches, join(batches, id)]) expect(statSync(path).mode & 0o777, path).toBe(0o700);
});

test('a server that ends while it begins with a job gives that back too', async () => {
  const batches = temporaryFolder();
  const before = open(batches);
  const id = await send(before, long);
  await before.close();
  expect(await status(open(batches), id)).not.toBe('done');
  // Whoever looks next finds that nobody is at it.
  expect(statSync(join(batches, id, 'job.json')).mtimeMs).toBe(0);
});

test('a server that ends gives its jobs to the next', async () => {
  const batches = temporaryFolder();
  const before = open(batches);
  const ids = [await send(before, long), await send(before)];
  await becomes(before, ids[0] as string, 'running');
  await before.close();
  const after = open(batches);
  after.start();
  for (const id of ids) await becomes(after, id, 'done');
  expect((await after.find(ids[0] as string, null)).result).toMatchObject({ rows: 150_000, predicted: 150_000 });
});

test('where nothing can be written nothing is taken, which is no bug', async () => {
  const batches = join(temporaryFolder(), 'batches');
  writeFileSync(batches, 'a file');
  for (const folder of [batches, join(batches, 'below')])
    await expect(open(folder).expect('a client', 10)).rejects.toMatchObject({
      problem: 'overloaded',
      message: expect.stringMatching(/the folder that BATCHES names cannot be written to \((EEXIST|ENOTDIR)\)/),
    });
});

/** What a server leaves that was killed while it was at a job for the so-many-th time, a while ago. */
function leaveBehind(batches: string, attempts: number): string {
  const id = 'a'.repeat(32);
  const job = join(batches, id);
  mkdirSync(job);
  for (let i = 1; i <= attempts; i++) mkdirSync(join(job, `attempt-${i}`));
  writeFileSync(join(job, 'uploaded-file'), small);
  writeFileSync(join(job, 'result.csv.7.half.tmp'), 'area,ro');
  const record = {
    ...{ id, status: 'running', file: { name: 'rows.csv', format: 'csv', bytes: small.length }, options, owner: null },
    ...{ created: new Date().toISOString(), progress: { rows: 0, share: 0 }, expectedRows: 1, release: 'x' },
  };
  writeFileSync(join(job, 'job.json'), JSON.stringify(record));
  const past = new Date(Date.now() - 120_000);
  utimesSync(join(job, 'job.json'), past, past);
  return id;
}

test('what a killed server was at is taken up by one of those that look, and by nobody while it lives', async () => {
  const batches = temporaryFolder();
  const id = leaveBehind(batches, 1);
  const servers = [open(batches), open(batches)];
  for (const server of servers) server.start();
  await becomes(servers[0] as Jobs, id, 'done');
  expect(existsSync(join(batches, id, 'attempt-2'))).toBe(true);
  expect(existsSync(join(batches, id, 'attempt-3'))).toBe(false);
  expect(existsSync(join(batches, id, 'result.csv.7.half.tmp'))).toBe(false);
});

test('one that is being taken up is taken up by no other, however slow that is', async () => {
  const batches = temporaryFolder();
  const id = leaveBehind(batches, 1);
  const { claim } = JobStore.prototype;
  const { promise: whenLookedAt, resolve: goOn } = Promise.withResolvers<void>();
  const claimed = vi.spyOn(JobStore.prototype, 'claim').mockImplementationOnce(async function (this: JobStore, ...job) {
    const isOurs = await claim.apply(this, job);
    await whenLookedAt;
    return isOurs;
  });
  const looked = vi.spyOn(JobStore.prototype, 'idleFor');
  onTestFinished(() => {
    vi.restoreAllMocks();
  });
  const [first, second] = [open(batches), open(batches)];
  first.start();
  await until(() => existsSync(join(batches, id, 'attempt-2')) || undefined);
  looked.mockClear();
  second.start();
  await until(() => looked.mock.calls.length > 0 || undefined);
  await sleep(100);
  goOn();
  await becomes(first, id, 'done');
  expect(claimed.mock.calls).toEqual([[id, 2]]);
});

test('a job that was interrupted three times fails, and says what to do', async () => {
  const batches = temporaryFolder();
  const id = leaveBehind(batches, 3);
  const jobs = open(batches);
  jobs.start();
  await becomes(jobs, id, 'failed');
  expect((await jobs.find(id, null)).failure).toEqual({
    reason: 'interrupted',
    detail: 'The server has ended 3 times while it was at this file. Send it again, or split it.',
  });
});

test('a server that is killed while it is at a job leaves it to the next', async () => {
  const batches = temporaryFolder();
  const environment = { ARTIFACTS: artifacts, BATCHES: batches, PORT: '0', DRAIN_SECONDS: '0' };
  const first = start(['app/server.ts'], environment);
  const [url] = await first.said(/http:\/\/localhost:\d+/);
  const headers = { 'Content-Type': 'text/csv' };
  const sent = await fetch(`${url}/api/batch?contributions=true`, { method: 'POST', headers, body: long });
  const { id } = (await sent.json()) as { id: string };
  const path = join(batches, id, 'job.json');
  const written = () => JSON.parse(readFileSync(path, 'utf8')) as JobRecord;
  await until(() => (written().status === 'running' ? true : undefined));
  first.signal('SIGKILL');
  await first.exit;
  // Its lease is over a minute later.
  await sleep(10);
  utimesSync(path, 0, 0);
  const second = start(['app/server.ts'], environment);
  const [again] = await second.said(/http:\/\/localhost:\d+/);
  await until(() => (existsSync(join(batches, id, 'attempt-2')) ? true : undefined));
  expect(['waiting', 'running']).toContain(written().status);
  const deleted = await fetch(`${again}/api/batch/${id}`, { method: 'DELETE' });
  expect(deleted.status).toBe(204);
  await until(() => (written().status === 'cancelled' ? true : undefined));
});
