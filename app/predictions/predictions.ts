import { DataError, type LoadedRelease, type Predictor, predictorOf } from '../../ml/serving.ts';
import { type JsonQuestion, jsonAnswer, type ParsedJson, parseBody } from '../api/json-answer.ts';
import type { LinesQuestion } from '../api/ndjson/lines-answer.ts';
import { type Limits, limitsOf } from '../limits.ts';
import { type Meter, noMeter } from '../metrics/meter.ts';
import type { ApiQuestion } from '../pages/api/origin-place.ts';
import type { FormAnswer, SentForm } from '../pages/form/answer.ts';
import type { ModelPages } from '../pages/model/model-pages.ts';
import { Places } from '../rate/places.ts';
import type { CheckedRows, SentFile } from './checked-rows.ts';
import { MadeOnce } from './made-once.ts';
import type { PoolOptions, PredictionPool } from './pool.ts';
import { Turns } from './turns.ts';

/** What takes longer goes to a thread: many such requests at once still leave the event loop free in between. */
const SHORT_MS = 2;
/** What takes longer is done once in a turn of the event loop. */
const TURN_MS = 0.25;
/** What takes so long when it is tried first is not short the next time. */
const LONG_MS = 100;
/** A page of so many characters takes about as long to write. */
const SHORT_PAGE = 64_000;
/** What a page predicts beside the record that is asked for, in one array: what stands along one input. */
const PREDICTED_BESIDE = 64;
const TIMED_RUNS = 5;
/** What takes less than such a share of what is short is known well enough. */
const SURELY_SHORT = 0.1;
const MAX_LARGE = 16;

export interface PredictionsOptions extends PoolOptions {
  /** How many large requests are read, predicted or answered at a time; more are sent away. @default 16 */
  readonly maxLarge?: number;
  /** Told of what is predicted. @default nobody */
  readonly meter?: Meter;
}

/**
 * Predicts with a release: what takes no time at once, everything else in threads, so that the event loop, and with it the
 * health checks, never waits for a prediction.
 */
export class Predictions {
  readonly predictor: Predictor;
  readonly limits: Limits;
  /** Since when its release serves here. */
  readonly since = new Date();
  readonly #release: LoadedRelease;
  readonly #poolOptions: PoolOptions;
  readonly #places: Places;
  readonly #meter: Meter;
  readonly #turns = new Turns();
  readonly #msToPredict: number;
  readonly #msToExplain: number;
  #loadingPool: Promise<PredictionPool> | undefined;
  #pool: PredictionPool | undefined;
  #emptyForm: string | undefined;
  #modelPages: MadeOnce<ModelPages> | undefined;
  #apiPage: MadeOnce<string> | undefined;

  /** @param predictor predicts what takes no time. @default that of the release */
  constructor(release: LoadedRelease, predictor: Predictor = predictorOf(release), options: PredictionsOptions = {}) {
    this.predictor = predictor;
    this.limits = limitsOf(predictor);
    this.#release = release;
    const { maxLarge = MAX_LARGE, meter = noMeter, ...pool } = options;
    this.#poolOptions = pool;
    this.#places = new Places({ count: maxLarge, what: 'large requests' });
    this.#meter = meter;
    // A record of which nothing is known takes as long as any.
    const record = Object.fromEntries(predictor.features.map(({ name }) => [name, null]));
    this.#msToPredict = msTaken(() => predictor.predict(record), SHORT_MS / PREDICTED_BESIDE);
    this.#msToExplain = msTaken(() => predictor.explain(record), SHORT_MS);
  }

  /** What it predicts with, for threads that outlive this. */
  get release(): LoadedRelease {
    return this.#release;
  }

  /** The form's page before anything was sent; drawn for the first who asks. */
  async emptyForm(): Promise<string> {
    // Programs need no pages, and a server is to answer soon after its start.
    const { emptyForm } = await import('../pages/form/answer.ts');
    this.#emptyForm ??= emptyForm(this.predictor);
    return this.#emptyForm;
  }

  /** How many tasks wait for a thread. */
  get waiting(): number {
    return this.#pool?.waiting ?? 0;
  }

  /**
   * Lets a request in before its body is read, so that bodies and answers cannot fill the memory.
   *
   * @param bytes how long the body is at most, undefined where that is not known
   * @param client tells who asks
   * @returns what to call once it has been answered; nothing of a short one, which takes no place
   * @throws BusyError where there are too many large ones already, or too many of that client
   */
  admit(bytes: number | undefined, client: () => string): (() => void) | undefined {
    if (bytes !== undefined && bytes <= this.limits.record) return undefined;
    return this.#places.take(client());
  }

  /**
   * The answer to a body of JSON, at once where it takes no time; see `jsonAnswer` and `PredictionPool.run` for what it throws, or rejects with.
   *
   * @param gone makes what ends the task when nobody waits for it any more; asked for only where it takes long
   */
  answerJson(question: JsonQuestion, gone: () => AbortSignal): string | Promise<string | Uint8Array<ArrayBuffer>> {
    const { body, isExplained } = question;
    if (body.bytes.length > this.limits.record) return this.#answerInThread(question, gone());
    const parsed = parseBody(body);
    const records = Array.isArray(parsed.json) ? parsed.json.length : 1;
    const ms = records * (isExplained ? this.#msToExplain : this.#msToPredict);
    if (ms > SHORT_MS) return this.#answerInThread(question, gone());
    if (ms > TURN_MS) return this.#turns.next().then(() => this.#answer(parsed, isExplained));
    return this.#answer(parsed, isExplained);
  }

  #answer(parsed: ParsedJson, isExplained: boolean): string {
    try {
      const { text, tally } = jsonAnswer(this.predictor, parsed, isExplained);
      this.#meter.predicted(tally);
      return text;
    } catch (error) {
      throw this.#counted(error);
    }
  }

  async #answerInThread(question: JsonQuestion, gone: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    try {
      const { bytes, tally } = await (await this.#threads()).answerJson(question, gone);
      this.#meter.predicted(tally);
      return bytes;
    } catch (error) {
      throw this.#counted(error);
    }
  }

  /** What is thrown of a request; one that does not fit the declaration is counted. */
  #counted(error: unknown): unknown {
    if (error instanceof DataError) this.#meter.refused();
    return error;
  }

  /** The answer to lines of JSON; see `linesAnswer` and `PredictionPool.run` for what it throws. */
  async answerLines(question: LinesQuestion, gone: AbortSignal): Promise<Uint8Array> {
    const { bytes, tally } = await (await this.#threads()).answerLines(question, gone);
    this.#meter.predicted(tally);
    return bytes;
  }

  /** The answer to a form; see `formAnswer` and `PredictionPool.run` for what it throws. */
  async answerForm(form: SentForm, gone: AbortSignal): Promise<FormAnswer> {
    const { formAnswer } = await import('../pages/form/answer.ts');
    const ms = this.#msToExplain + PREDICTED_BESIDE * this.#msToPredict;
    const isShort = ms <= SHORT_MS && (await this.emptyForm()).length <= SHORT_PAGE;
    // Drawing the page takes its time too.
    if (isShort) await this.#turns.next();
    const answer = isShort
      ? formAnswer(this.predictor, this.limits, form)
      : await (await this.#threads()).answerForm(form, gone);
    const { status, tally } = answer;
    if (tally) this.#meter.predicted(tally);
    else if (status === 422) this.#meter.refused();
    return answer;
  }

  /** Looks whether a file can be predicted; see `checkRows` of thread.ts and `PredictionPool.run` for what it throws. */
  async checkRows(file: SentFile): Promise<CheckedRows> {
    return (await this.#threads()).checkRows(file);
  }

  /** The pages about the release, made in a thread for the first who asks. @throws BusyError where there is too much to do for that */
  modelPages(): Promise<ModelPages> {
    this.#modelPages ??= new MadeOnce(async () => (await this.#threads()).modelPages({ since: this.since }));
    return this.#modelPages.get();
  }

  /** The page about the API, likewise: a service asks the same each time. */
  apiPage(question: ApiQuestion): Promise<string> {
    this.#apiPage ??= new MadeOnce(async () => (await this.#threads()).apiPage(question));
    return this.#apiPage.get();
  }

  async close(): Promise<void> {
    await (await this.#loadingPool)?.close();
  }

  /** The threads; what starts them is loaded by those who need some. */
  #threads(): Promise<PredictionPool> {
    this.#loadingPool ??= import('./pool.ts').then(({ PredictionPool }) => {
      this.#pool = new PredictionPool(this.#release, this.#poolOptions);
      return this.#pool;
    });
    return this.#loadingPool;
  }
}

/**
 * How long some work takes, in milliseconds: of several runs the shortest, since the first ones take longer.
 *
 * @param shortMs what is short
 */
function msTaken(work: () => unknown, shortMs: number): number {
  let shortest = Infinity;
  for (let i = 0; i < TIMED_RUNS && (i === 0 || (shortest > SURELY_SHORT * shortMs && shortest < LONG_MS)); i++) {
    const start = performance.now();
    try {
      work();
    } catch {
      // That it cannot be done is for whoever asks; here only the time counts.
    }
    shortest = Math.min(shortest, performance.now() - start);
  }
  return shortest;
}
