import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Predictor } from '../../ml/serving.ts';
import type { Tally } from '../api/tally.ts';
import type { Meter } from './meter.ts';

/** Upper ends of the spans that answers are counted in, in seconds: from what a prediction takes to what a batch may. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What serves, as it is told of. */
export interface Serving {
  readonly predictor: Pick<Predictor, 'release' | 'modelTitle'>;
  /** How many tasks wait for a thread. */
  readonly waiting: number;
}

/** Counts for Prometheus. Routes are templates, so that there are few of them whatever is asked for. */
export class Metrics implements Meter {
  readonly #registry = new Registry();
  readonly #requests: Counter<'route' | 'status'>;
  readonly #seconds: Histogram<'route'>;
  readonly #inFlight: Gauge;
  readonly #predictions: Counter;
  readonly #explained: Counter;
  readonly #outside: Counter;
  readonly #refused: Counter;

  /** @param serving what serves when somebody asks for the figures. @param version of Plumbline */
  constructor(serving: () => Serving, version: string) {
    const registers = [this.#registry];
    // Event loop lag, memory, garbage collection, processor time.
    collectDefaultMetrics({ register: this.#registry });
    const counter = (name: string, help: string) => new Counter({ name: `plumbline_${name}_total`, help, registers });
    this.#requests = new Counter({
      name: 'plumbline_http_requests_total',
      help: 'Requests that were answered, by the template of their route and the class of their status.',
      labelNames: ['route', 'status'],
      registers,
    });
    this.#seconds = new Histogram({
      name: 'plumbline_http_request_seconds',
      help: 'How long requests took, from their arrival to the end of their answer, by the template of their route.',
      labelNames: ['route'],
      buckets: BUCKETS,
      registers,
    });
    this.#inFlight = new Gauge({
      name: 'plumbline_http_requests_in_flight',
      help: 'Requests that are being answered.',
      registers,
    });
    this.#predictions = counter('predictions', 'Records of which a prediction was answered.');
    this.#explained = counter(
      'explained_predictions',
      'Those of them that were explained, and so compared with what was learned.',
    );
    this.#outside = counter(
      'outside_predictions',
      'Explained ones of which something lies outside of what was learned.',
    );
    this.#refused = counter(
      'validation_failures',
      'Requests, or records of a stream, that did not fit the declaration.',
    );
    new Gauge({
      name: 'plumbline_tasks_waiting',
      help: 'Predictions that wait for a thread.',
      registers,
      collect() {
        this.set(serving().waiting);
      },
    });
    new Gauge({
      name: 'plumbline_release_info',
      help: 'The release that serves, its model, and the version of Plumbline.',
      labelNames: ['release', 'model', 'version'],
      registers,
      collect() {
        const { release, modelTitle } = serving().predictor;
        this.reset();
        this.set({ release, model: modelTitle, version }, 1);
      },
    });
  }

  requestBegan(): void {
    this.#inFlight.inc();
  }

  requestEnded(route: string, status: number, seconds: number): void {
    this.#inFlight.dec();
    this.#requests.inc({ route, status: `${Math.floor(status / 100)}xx` });
    this.#seconds.observe({ route }, seconds);
  }

  predicted({ records, outside, refused }: Tally): void {
    this.#predictions.inc(records);
    this.#refused.inc(refused);
    if (outside === undefined) return;
    this.#explained.inc(records);
    this.#outside.inc(outside);
  }

  refused(): void {
    this.#refused.inc();
  }

  /** The figures as Prometheus reads them, and their type. */
  async told(): Promise<{ readonly type: string; readonly text: string }> {
    return { type: this.#registry.contentType, text: await this.#registry.metrics() };
  }
}
