import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll } from 'vitest';
import { createApp } from '../../app/app.ts';
import type { Readiness } from '../../app/health.ts';
import { Predictions, type PredictionsOptions } from '../../app/predictions/predictions.ts';
import { type GivenParams, loadRelease, type NumberPredictor, ofNumbers, predictorOf, train } from '../../ml/index.ts';
import { makeFolder } from '../temporary.ts';

interface Served {
  /** The address, without a slash at its end. */
  readonly url: string;
  /** The folder of releases. */
  readonly artifacts: string;
  readonly predictor: NumberPredictor;
  readonly predictions: Predictions;
  readonly logged: string[];
  readiness: Readiness;
}

interface ServeOptions extends PredictionsOptions {
  /** Puts something in the predictor's place. */
  readonly wrap?: (predictor: NumberPredictor) => NumberPredictor;
  /** @default linear */
  readonly model?: string;
  readonly params?: GivenParams;
}

/** Trains on a data set and serves it in this process for the tests of a file. */
export function serve(writeDataset: (folder: string) => string, options: ServeOptions = {}): Served {
  const { wrap = (it) => it, model = 'linear', params, ...pool } = options;
  const folder = makeFolder();
  const served = {
    url: '',
    artifacts: join(folder, 'artifacts'),
    predictor: undefined as unknown as NumberPredictor,
    predictions: undefined as unknown as Predictions,
    logged: [] as string[],
    readiness: 'ready' as Readiness,
  };
  const logger = pino({ base: null }, { write: (line: string) => served.logged.push(line) });
  const server = createServer();
  beforeAll(async () => {
    const { artifacts } = served;
    await train({ dataset: writeDataset(folder), models: [model], params, artifacts });
    const release = await loadRelease(artifacts);
    served.predictor = wrap(ofNumbers(predictorOf(release)));
    served.predictions = new Predictions(release, served.predictor, pool);
    server.on('request', createApp({ predictions: served.predictions, logger, readiness: () => served.readiness }));
    await new Promise<void>((resolve) => server.listen(0, resolve));
    served.url = `http://localhost:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.close();
    server.closeAllConnections();
    await served.predictions.close();
    rmSync(folder, { recursive: true });
  });
  return served;
}
