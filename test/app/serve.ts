import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll } from 'vitest';
import { App } from '../../app/app.ts';
import type { Gate } from '../../app/gate.ts';
import type { Readiness } from '../../app/health.ts';
import type { JobLimits } from '../../app/jobs/job-limits.ts';
import { Jobs } from '../../app/jobs/jobs.ts';
import { Predictions, type PredictionsOptions } from '../../app/predictions/predictions.ts';
import {
  type ClassPredictor,
  type GivenParams,
  loadRelease,
  type NumberPredictor,
  ofNumbers,
  type Predictor,
  predictorOf,
  train,
} from '../../ml/index.ts';
import { makeFolder } from '../temporary.ts';

interface Served<P extends Predictor> {
  /** The address, without a slash at its end. */
  readonly url: string;
  /** The folder of releases. */
  readonly artifacts: string;
  readonly predictor: P;
  readonly predictions: Predictions;
  readonly jobs: Jobs;
  /** The folder of files that are predicted. */
  readonly batches: string;
  readonly logged: string[];
  readiness: Readiness;
}

interface ServeOptions<P extends Predictor> extends PredictionsOptions {
  /** What requests have to pass. @default nothing */
  readonly gate?: Gate;
  /** Puts something in the predictor's place. */
  readonly wrap?: (predictor: P) => P;
  /** @default linear, or gradient boosting of classes */
  readonly model?: string;
  readonly params?: GivenParams;
  /** Lines below it are not logged. @default warn, so that tests see what went wrong */
  readonly logLevel?: string;
  /** Leaves a release of a data set in a folder. @default it is trained on */
  readonly release?: (dataset: string, artifacts: string) => Promise<unknown>;
  /** What batches may take of the machine. */
  readonly jobLimits?: Partial<JobLimits>;
  /** Whether there is so much to do that requests are sent away. @default never */
  readonly isOverloaded?: () => boolean;
}

type WriteDataset = (folder: string) => string;

/** Trains on a data set and serves it in this process for the tests of a file. */
export const serve = (write: WriteDataset, options: ServeOptions<NumberPredictor> = {}) =>
  served(write, ofNumbers, { model: 'linear', ...options });

/** The same of a data set whose target is a class, whatever the model's skill is. */
export const serveClasses = (write: WriteDataset, options: ServeOptions<ClassPredictor> = {}) =>
  served(write, ofClasses, { model: 'gradient_boosting', ...options });

function ofClasses(predictor: Predictor): ClassPredictor {
  if (predictor.task !== 'regression') return predictor;
  throw new Error(`release ${predictor.release} predicts numbers`);
}

function served<P extends Predictor>(
  write: WriteDataset,
  narrow: (predictor: Predictor) => P,
  options: ServeOptions<P> & { readonly model: string },
): Served<P> {
  const { wrap = (it) => it, model, params, logLevel = 'warn', gate, jobLimits, isOverloaded, ...others } = options;
  const { release: make = (dataset, artifacts) => train({ dataset, models: [model], params, artifacts }), ...pool } =
    others;
  const folder = makeFolder();
  const served = {
    url: '',
    artifacts: join(folder, 'artifacts'),
    predictor: undefined as unknown as P,
    predictions: undefined as unknown as Predictions,
    jobs: undefined as unknown as Jobs,
    batches: join(folder, 'batches'),
    logged: [] as string[],
    readiness: 'ready' as Readiness,
  };
  const logger = pino({ base: null, level: logLevel }, { write: (line: string) => served.logged.push(line) });
  const server = createServer();
  beforeAll(async () => {
    const { artifacts } = served;
    await make(write(folder), artifacts);
    const release = await loadRelease(artifacts);
    served.predictor = wrap(narrow(predictorOf(release)));
    served.predictions = new Predictions(release, served.predictor, pool);
    const { predictions } = served;
    served.jobs = new Jobs({
      folder: served.batches,
      release: () => release,
      logger,
      ...(pool.meter && { meter: pool.meter }),
      limits: jobLimits ?? {},
    });
    server.on(
      'request',
      new App({
        predictions,
        logger,
        readiness: () => served.readiness,
        gate,
        jobs: served.jobs,
        ...(isOverloaded && { isOverloaded }),
        ...(pool.meter && { meter: pool.meter }),
      }).listener,
    );
    await new Promise<void>((resolve) => server.listen(0, resolve));
    served.url = `http://localhost:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.close();
    server.closeAllConnections();
    await served.jobs.close();
    await served.predictions.close();
  });
  return served;
}
