import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll } from 'vitest';
import { createApp } from '../../app/app.ts';
import type { Readiness } from '../../app/routes/health.ts';
import { loadPredictor, type Predictor, train } from '../../ml/index.ts';
import { makeFolder } from '../temporary.ts';

interface Served {
  /** The address, without a slash at its end. */
  readonly url: string;
  readonly predictor: Predictor;
  readonly logged: string[];
  readiness: Readiness;
}

/** Trains on a data set and serves it in this process for the tests of a file; `wrap` may put something in the predictor's place. */
export function serve(
  writeDataset: (folder: string) => string,
  wrap: (predictor: Predictor) => Predictor = (it) => it,
): Served {
  const served = {
    url: '',
    predictor: undefined as unknown as Predictor,
    logged: [] as string[],
    readiness: 'ready' as Readiness,
  };
  const folder = makeFolder();
  const logger = pino({ base: null }, { write: (line: string) => served.logged.push(line) });
  const server = createServer();
  beforeAll(async () => {
    const artifacts = join(folder, 'artifacts');
    await train({ dataset: writeDataset(folder), models: ['linear'], artifacts });
    served.predictor = wrap(await loadPredictor(artifacts));
    server.on('request', createApp({ predictor: served.predictor, logger, readiness: () => served.readiness }));
    await new Promise<void>((resolve) => server.listen(0, resolve));
    served.url = `http://localhost:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true });
  });
  return served;
}
