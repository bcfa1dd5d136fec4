import { type LoadedRelease, type Predictor, predictorOf } from '../../ml/index.ts';
import { type Body, jsonAnswer, parseBody } from '../api/json-answer.ts';
import { BusyError } from '../http-errors.ts';
import { type Limits, limitsOf } from '../limits.ts';
import { type FormAnswer, formAnswer, type SentForm } from '../pages/form/answer.ts';
import { formPage } from '../pages/form/page.ts';
import { renderForm } from '../pages/views.ts';
import { type PoolOptions, PredictionPool } from './pool.ts';

/** What takes longer goes to a thread: many such requests at once still leave the event loop free in between. */
const SHORT_MS = 2;
/** A page of so many characters takes about as long to write. */
const SHORT_PAGE = 64_000;
const TIMED_RUNS = 5;
const MAX_LARGE = 16;

export interface PredictionsOptions extends PoolOptions {
  /** How many large requests are read, predicted or answered at a time; more are sent away. @default 16 */
  readonly maxLarge?: number;
}

/**
 * Predicts with a release: what takes no time at once, everything else in threads, so that the event loop, and with it the
 * health checks, never waits for a prediction.
 */
export class Predictions {
  readonly predictor: Predictor;
  readonly limits: Limits;
  /** The form's page before anything was sent. */
  readonly emptyForm: string;
  readonly #release: LoadedRelease;
  readonly #poolOptions: PoolOptions;
  readonly #maxLarge: number;
  readonly #msEach: number;
  #large = 0;
  #pool: PredictionPool | undefined;

  /** @param predictor predicts what takes no time. @default that of the release */
  constructor(release: LoadedRelease, predictor: Predictor = predictorOf(release), options: PredictionsOptions = {}) {
    this.predictor = predictor;
    this.limits = limitsOf(predictor.features);
    this.#release = release;
    const { maxLarge = MAX_LARGE, ...pool } = options;
    this.#poolOptions = pool;
    this.#maxLarge = maxLarge;
    this.emptyForm = renderForm(formPage(predictor));
    this.#msEach = msToPredict(predictor);
  }

  /**
   * Lets a request in before its body is read, so that bodies and answers cannot fill the memory.
   *
   * @param bytes how long the body is at most, undefined where that is not known
   * @returns what to call once it has been answered
   * @throws BusyError where there are too many large ones already.
   */
  admit(bytes: number | undefined): () => void {
    if (bytes !== undefined && bytes <= this.limits.record) return () => {};
    if (this.#large >= this.#maxLarge) throw new BusyError();
    this.#large += 1;
    return () => {
      this.#large -= 1;
    };
  }

  /** The answer to a body of JSON; see `jsonAnswer` and `PredictionPool.run` for what it throws. */
  async answerJson(body: Body, gone: AbortSignal): Promise<string | Uint8Array> {
    if (body.bytes.length <= this.limits.record) {
      const parsed = parseBody(body);
      if (this.#isShort(Array.isArray(parsed.json) ? parsed.json.length : 1)) return jsonAnswer(this.predictor, parsed);
    }
    return this.#threads().answerJson(body, gone);
  }

  /** The answer to a form; see `formAnswer` and `PredictionPool.run` for what it throws. */
  async answerForm(form: SentForm, gone: AbortSignal): Promise<FormAnswer> {
    if (this.#isShort(1) && this.emptyForm.length <= SHORT_PAGE) return formAnswer(this.predictor, this.limits, form);
    return this.#threads().answerForm(form, gone);
  }

  async close(): Promise<void> {
    await this.#pool?.close();
  }

  #isShort(records: number): boolean {
    return records * this.#msEach <= SHORT_MS;
  }

  #threads(): PredictionPool {
    this.#pool ??= new PredictionPool(this.#release, this.#poolOptions);
    return this.#pool;
  }
}

/** How long one prediction takes, in milliseconds, of a record of which nothing is known. */
function msToPredict(predictor: Predictor): number {
  const record = Object.fromEntries(predictor.features.map(({ name }) => [name, null]));
  let shortest = Infinity;
  for (let i = 0; i < TIMED_RUNS && (i === 0 || shortest > SHORT_MS / 10); i++) {
    const start = performance.now();
    try {
      predictor.predict(record);
    } catch {
      // That it cannot be predicted is for whoever asks; here only the time counts.
    }
    shortest = Math.min(shortest, performance.now() - start);
  }
  return shortest;
}
