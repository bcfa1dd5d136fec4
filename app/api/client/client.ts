import type { Batch, Explanation, Input, Model, Prediction, Problem } from './model-types.ts';

export interface ClientOptions {
  /** Where the service is, as http://localhost:8080. */
  readonly url: string;
  /** A key, where the service asks for one. */
  readonly key?: string;
  /** Ends what is under way. */
  readonly signal?: AbortSignal;
  /** What sends requests. Default: the platform's. */
  readonly fetch?: typeof fetch;
}

/** What is asked of a file, and what it is. */
export interface BatchOptions {
  /** How sure each prediction is. Default: where the model knows. */
  readonly interval?: boolean;
  /** What each prediction is made of. Default: no. */
  readonly contributions?: boolean;
  /** Default: text/csv. */
  readonly type?: 'text/csv' | 'application/vnd.apache.parquet';
}

/** Something that the service refused, or could not do. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;
  /** The id of the request, as the log of the service has it. */
  readonly requestId: string | null;
  /** After how many seconds it may be tried again; null where the service does not say so. */
  readonly retryAfter: number | null;

  constructor(problem: Problem, requestId: string | null, retryAfter: number | null = null) {
    super(`${problem.status} ${problem.title}: ${problem.detail}`);
    this.problem = problem;
    this.requestId = requestId;
    this.retryAfter = retryAfter;
  }
}

/** A problem with one line of a stream. */
export type LineProblem = Problem & { line: number };

/** Asks the service. Every function throws ProblemError where the service refuses, and what fetch throws where it does not answer. */
export class Client {
  readonly #options: ClientOptions;

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  /** Predicts of one record. */
  predict(input: Input): Promise<Prediction> {
    return this.#predictions(input, '');
  }

  /** Predicts of each of some records, in their order. One that is wrong has all refused. */
  predictAll(inputs: readonly Input[]): Promise<Prediction[]> {
    return this.#predictions(inputs, '');
  }

  /** Predicts of one record, with what the prediction is made of and how sure it is. */
  explain(input: Input): Promise<Explanation> {
    return this.#predictions(input, '?explain=true');
  }

  /** The same of each of some records, in their order. */
  explainAll(inputs: readonly Input[]): Promise<Explanation[]> {
    return this.#predictions(inputs, '?explain=true');
  }

  /** Predicts of any number of records, and gives each answer as it comes. One that is wrong gives a problem in its place. */
  async *predictLines(inputs: Iterable<Input>): AsyncGenerator<Prediction | LineProblem> {
    const body = Array.from(inputs, (input) => `${JSON.stringify(input)}\n`).join('');
    const response = await this.#ask('/api/v1/predictions', { method: 'POST', body }, 'application/x-ndjson');
    const reader = response.body?.getReader();
    const decoder = new TextDecoder();
    let text = '';
    try {
      for (;;) {
        const { value, done } = (await reader?.read()) ?? { done: true };
        if (done) return;
        const lines = (text + decoder.decode(value, { stream: true })).split('\n');
        text = lines.pop() ?? '';
        for (const line of lines) if (line) yield JSON.parse(line);
      }
    } finally {
      await reader?.cancel();
    }
  }

  /**
   * Sends a file of rows to predict in the background.
   *
   * @param file a CSV, or Parquet
   */
  async sendBatch(file: Blob, { interval, contributions, type = 'text/csv' }: BatchOptions = {}): Promise<Batch> {
    const asked = Object.entries({ interval, contributions }).filter(([, value]) => value !== undefined);
    const query = asked.map(([name, value]) => `${name}=${value}`).join('&');
    return (await this.#ask(`/api/v1/batch?${query}`, { method: 'POST', body: file }, type)).json() as Promise<Batch>;
  }

  /** How far a batch is. */
  async batch(id: string): Promise<Batch> {
    return (await this.#ask(`/api/v1/batch/${id}`)).json() as Promise<Batch>;
  }

  /** A batch once it has ended, which is asked for once a second, or as the service says where it has too much to do. */
  async awaitBatch(id: string): Promise<Batch> {
    for (;;) {
      let seconds = 1;
      try {
        const batch = await this.batch(id);
        if (batch.status !== 'waiting' && batch.status !== 'running') return batch;
      } catch (error) {
        if (!(error instanceof ProblemError) || error.retryAfter === null) throw error;
        seconds = error.retryAfter;
      }
      await this.#wait(seconds);
    }
  }

  /** The CSV of a batch that is done, as it comes. */
  async batchResult(id: string): Promise<ReadableStream<Uint8Array>> {
    const { body } = await this.#ask(`/api/v1/batch/${id}/result`);
    return body as ReadableStream<Uint8Array>;
  }

  /** Cancels a batch that has not ended, and removes one that has. */
  async cancelBatch(id: string): Promise<void> {
    await this.#ask(`/api/v1/batch/${id}`, { method: 'DELETE' });
  }

  /** What serves: the release, its data, its scores. */
  async model(): Promise<Model> {
    return (await this.#ask('/api/v1/model')).json() as Promise<Model>;
  }

  /** What a record is, as JSON Schema. */
  async schema(): Promise<object> {
    return (await this.#ask('/api/v1/schema')).json() as Promise<object>;
  }

  /** What the API is, as OpenAPI. */
  async openApi(): Promise<object> {
    return (await this.#ask('/openapi.json')).json() as Promise<object>;
  }

  async #predictions<T>(body: unknown, query: string): Promise<T> {
    const init = { method: 'POST', body: JSON.stringify(body) };
    return (await this.#ask(`/api/v1/predictions${query}`, init, 'application/json')).json() as Promise<T>;
  }

  /** Waits so many seconds, unless what is under way is ended. */
  #wait(seconds: number): Promise<void> {
    const { signal } = this.#options;
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', end);
        resolve();
      }, 1000 * seconds);
      signal?.addEventListener('abort', end, { once: true });
      if (signal?.aborted) end();
    });
  }

  async #ask(path: string, init: RequestInit = {}, type?: string): Promise<Response> {
    const { url, key, signal, fetch: send = fetch } = this.#options;
    const headers = { ...(type && { 'Content-Type': type }), ...(key && { Authorization: `Bearer ${key}` }) };
    const response = await send(url.replace(/\/+$/, '') + path, { ...init, headers, ...(signal && { signal }) });
    if (response.ok) return response;
    const text = await response.text();
    const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN);
    const requestId = response.headers.get('X-Request-Id');
    throw new ProblemError(problemIn(text, response), requestId, Number.isFinite(retryAfter) ? retryAfter : null);
  }
}

/** The problem that an answer tells; of a proxy in between, what its status says. */
function problemIn(text: string, { headers, status, statusText }: Response): Problem {
  if (headers.get('Content-Type')?.startsWith('application/problem+json')) return JSON.parse(text);
  return { type: '/problems/internal-error', title: statusText, status, detail: text.slice(0, 200) };
}
