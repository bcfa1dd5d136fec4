import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { exampleRecord, readDeclaration, train } from '../ml/index.ts';
import { MeasurementError } from './measurement-error.ts';
import { withScratchFolder } from './scratch-folder.ts';
import { type InImage, withServerInImage } from './serve/in-image.ts';
import { type Load, load, type Served } from './serve/load.ts';
import { findServingPeers, type ServingPeers, startPeer, trainPeer } from './serve/peers.ts';
import { RunningServer } from './serve/running-server.ts';
import { type Row, rowOf } from './table.ts';

export interface ServeOptions {
  /** The folder that holds dataset.json. */
  readonly dataset: string;
  /** Whether Python's servers are asked too. */
  readonly python: boolean;
  /** How the process of the server is started: Node's options, and its environment. */
  readonly server: { readonly flags: readonly string[]; readonly environment: Readonly<Record<string, string>> };
  /** How often each side is measured, and for how long each time. */
  readonly repeat: number;
  readonly seconds: number;
}

const CONNECTIONS = 32;
const RECORDS = 1000;
const REST_SECONDS = 10;
const bare = fileURLToPath(new URL('serve/bare-server.ts', import.meta.url));

/**
 * Our service of a linear model beside the least that Node's server does with the same bytes, FastAPI and Flask: in turns, on this machine,
 * the best of each. Prints how it goes on.
 *
 * @throws MeasurementError where a server does not answer. @throws DataError where the data set is wrong
 */
export async function measureServing(options: ServeOptions): Promise<readonly Row[]> {
  const { dataset, python, repeat, server } = options;
  const peers = python ? findServingPeers() : 'not asked for';
  console.log(`Node ${process.versions.node}, ${availableParallelism()} cores${toldOf(peers)}`);
  const measure = async (folder: string, built: InImage) => {
    const artifacts = join(folder, 'artifacts');
    await train({ dataset, models: ['linear'], artifacts });
    const declaration = await readDeclaration(dataset);
    const record = exampleRecord(declaration);
    const one = file(folder, 'record.json', record);
    const many = file(folder, 'records.json', Array(RECORDS).fill(record));
    const environment = { ...server.environment, ...built.environment, ARTIFACTS: artifacts, PORT: '0' };
    const start = () => RunningServer.start([process.execPath, ...server.flags, built.path], environment);
    const startMs = await firstAnswerMs(start, record, repeat);

    const ours = await start();
    const answer = file(folder, 'answer.json', await predict(ours.url, record));
    const sides = new Map([
      ['ours', { server: ours, path: '/api/predictions' }],
      ['bare node:http', { server: await RunningServer.start([process.execPath, bare, answer]), path: '/' }],
    ]);
    if (typeof peers !== 'string') {
      const model = join(folder, 'model.pickle');
      trainPeer(peers, join(dataset, 'dataset.json'), join(dataset, declaration.file), model);
      sides.set('FastAPI', { server: await startPeer('fast', peers, model), path: '/predictions' });
      sides.set('Flask', { server: await startPeer('flask', peers, model), path: '/predictions' });
    }
    try {
      return [
        ...(await measureLoads(sides, one, many, options)),
        rowOf({ work: 'first answer after the start: ours', unit: 'ms', target: 500 }, startMs, null, 'ours'),
        memoryRow(`${REST_SECONDS} s later`, await rested(ours)),
      ];
    } finally {
      for (const { server } of sides.values()) server.close();
    }
  };
  return withScratchFolder((folder) => withServerInImage(server.flags, (built) => measure(folder, built)));
}

type Sides = ReadonlyMap<string, { readonly server: RunningServer; readonly path: string }>;

/** @param one a file with a record. @param many one with an array of them */
async function measureLoads(
  sides: Sides,
  one: string,
  many: string,
  { repeat, seconds }: ServeOptions,
): Promise<Row[]> {
  const best = new Map<string, Served>();
  const measure = async (name: string, asked: Load) => {
    const served = await load(asked);
    const { requestsPerSecond, p99 } = served;
    console.error(`  ${name}: ${requestsPerSecond.toFixed(0)} requests a second, 99 in 100 within ${p99} ms`);
    if (requestsPerSecond > (best.get(name)?.requestsPerSecond ?? 0)) best.set(name, served);
    return served;
  };
  for (let turn = 0; turn < repeat; turn++)
    for (const [name, { server, path }] of sides)
      await measure(name, { url: server.url + path, body: one, connections: CONNECTIONS, seconds });
  const { server } = sides.get('ours') as { server: RunningServer };
  const ours = `${server.url}/api/predictions`;
  const megabytes = server.residentMegabytes();
  // The first array has a thread start.
  await load({ url: ours, body: many, connections: 4, seconds });
  const arrays = await measure('arrays', { url: ours, body: many, connections: 4, seconds });
  const withThreads = server.residentMegabytes();
  const rate = (best.get('ours') as Served).requestsPerSecond / 2;
  const half = await measure('at half of that', { url: ours, body: one, connections: CONNECTIONS, seconds, rate });

  const micros = (name: string) => 1e6 / (best.get(name) as Served).requestsPerSecond;
  const beside = (name: string, target: number) =>
    rowOf(
      { work: `a prediction, ${CONNECTIONS} connections; theirs: ${name}`, unit: 'µs', target },
      micros('ours'),
      best.has(name) ? micros(name) : null,
    );
  return [
    beside('bare node:http', 1.67),
    beside('FastAPI', 0.02),
    beside('Flask', 0.02),
    rowOf({ work: '99th percentile at half of that: ours', unit: 'ms', target: 10 }, half.p99, null, 'ours'),
    rowOf(
      { work: `a prediction of an array of ${RECORDS}: ours`, unit: 'µs', target: 5 },
      1e6 / arrays.requestsPerSecond / RECORDS,
      null,
      'ours',
    ),
    memoryRow('after single records', megabytes),
    memoryRow('after arrays, which threads answer', withThreads),
  ];
}

function memoryRow(when: string, megabytes: number): Row {
  return rowOf({ work: `resident memory ${when}: ours`, unit: 'MB', target: 150 }, megabytes, null, 'ours');
}

/** What a server holds once its threads have ended, and V8 has given back their pages. */
async function rested(server: RunningServer): Promise<number> {
  await sleep(REST_SECONDS * 1000);
  return server.residentMegabytes();
}

function file(folder: string, name: string, value: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(value));
  return path;
}

/** The shortest of some starts, from the process to its answer to a record. */
async function firstAnswerMs(start: () => Promise<RunningServer>, record: object, repeat: number): Promise<number> {
  let shortest = Infinity;
  for (let turn = 0; turn < repeat; turn++) {
    const begun = performance.now();
    const server = await start();
    await predict(server.url, record);
    shortest = Math.min(shortest, performance.now() - begun);
    server.close();
  }
  console.error(`  first answer: ${shortest.toFixed(0)} ms`);
  return shortest;
}

async function predict(url: string, record: object): Promise<unknown> {
  const response = await fetch(`${url}/api/predictions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(record),
  });
  if (!response.ok) throw new MeasurementError(`${url} does not predict: ${await response.text()}`);
  return response.json();
}

const toldOf = (peers: ServingPeers | string) =>
  typeof peers === 'string'
    ? `; Python's servers are not measured: ${peers}`
    : Object.entries(peers.versions)
        .map((it) => `, ${it.join(' ')}`)
        .join('');
