import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { exampleRecord, readDeclaration, train } from '../ml/index.ts';
import { MeasurementError } from './measurement-error.ts';
import { withScratchFolder } from './scratch-folder.ts';
import { RunningServer } from './serve/running-server.ts';
import { type Kind, kindAt, kindsOf, Sender, SHARES } from './soak/requests.ts';
import { growthOf, type Sample } from './soak/slope.ts';
import { type Row, rowOf } from './table.ts';

export interface SoakOptions {
  /** The folder that holds dataset.json. */
  readonly dataset: string;
  /** How many requests in all. */
  readonly requests: number;
  /** How the process of the server is started: Node's options, and its environment. */
  readonly server: { readonly flags: readonly string[]; readonly environment: Readonly<Record<string, string>> };
}

const CONNECTIONS = 32;
const LOOK_MS = 20;
/** So often memory is looked at. */
const SAMPLES = 200;
/** What is loaded and compiled by then is what there is. */
const WARM = 0.1;
/** How much memory may grow in all of the rest. */
const MOST_GROWTH = 0.01;
const app = fileURLToPath(new URL('../app/server.ts', import.meta.url));

/**
 * Whether a server's memory stays as it is while it answers requests of all kinds. Prints how it goes on.
 *
 * @throws MeasurementError where a request is not answered as it should be. @throws DataError where the data set is wrong
 */
export async function measureSoak({
  dataset,
  requests,
  server: { flags, environment },
}: SoakOptions): Promise<readonly Row[]> {
  return withScratchFolder(async (folder) => {
    const artifacts = join(folder, 'artifacts');
    await train({ dataset, models: ['linear'], artifacts });
    const server = await RunningServer.start([process.execPath, ...flags, app], {
      ...environment,
      ...{ ARTIFACTS: artifacts, PORT: '0', NODE_COMPILE_CACHE: join(folder, 'compiled') },
    });
    const sender = new Sender(server.url, CONNECTIONS);
    try {
      const start = performance.now();
      const samples = await soak(server, sender, kindsOf(exampleRecord(await readDeclaration(dataset))), requests);
      const seconds = (performance.now() - start) / 1000;
      const rest = samples.filter((sample) => sample.requests > requests * WARM);
      return [
        rowOf({ work: 'requests of all kinds', unit: 'a second', target: 0 }, requests / seconds, null, 'above'),
        rowOf({ work: 'memory at the end', unit: 'MB', target: 0 }, rest.at(-1)?.value ?? 0, null, 'above'),
        rowOf(
          { work: 'growth of memory after the first tenth', unit: 'share', target: MOST_GROWTH },
          growthOf(rest),
          null,
          'ours',
        ),
      ];
    } finally {
      sender.close();
      server.close();
    }
  });
}

/** Waits for a batch, takes its result and removes it: those that are kept would be too many in the end. */
async function takeResult(sender: Sender, path: string): Promise<void> {
  for (;;) {
    const { text } = await sender.send({ method: 'GET', path }, true);
    if (JSON.parse(text).ended !== undefined) break;
    await sleep(LOOK_MS);
  }
  const { status } = await sender.send({ method: 'GET', path: `${path}/result` });
  if (status !== 200) throw new MeasurementError(`the result of a batch was answered ${status}`);
  await sender.send({ method: 'DELETE', path });
}

/** Sends so many requests, and looks at the server's memory meanwhile. */
async function soak(
  server: RunningServer,
  sender: Sender,
  kinds: readonly Kind[],
  requests: number,
): Promise<Sample[]> {
  const samples: Sample[] = [];
  const served = new Set<string>();
  const step = Math.max(1, Math.floor(requests / SAMPLES));
  let next = 0;
  const work = async () => {
    while (next < requests) {
      const number = next++;
      const kind = kindAt(kinds, number);
      const { status, text } = await sender.send(kind, kind.statuses.includes(202));
      if (!kind.statuses.includes(status)) throw new MeasurementError(`${kind.name} was answered ${status}`);
      if (status !== 503) served.add(kind.name);
      if (status === 202) await takeResult(sender, `/api/batch/${JSON.parse(text).id}`);
      if (number % step !== 0) continue;
      const value = server.residentMegabytes();
      samples.push({ requests: number, value });
      if (samples.length % 20 === 0) console.log(`${number} requests, ${value.toFixed(0)} MB`);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  const never = kinds.filter(({ name }) => !served.has(name)).map(({ name }) => name);
  if (never.length > 0 && requests >= SHARES) throw new MeasurementError(`never served: ${never.join('; ')}`);
  return samples;
}
