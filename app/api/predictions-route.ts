import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse } from 'node:querystring';
import { clip } from '../../ml/serving.ts';
import type { ClientOf } from '../access/caller.ts';
import { goneSignal } from '../gone.ts';
import { HttpError } from '../http-errors.ts';
import { freeBytes } from '../owned-bytes.ts';
import type { Predictions } from '../predictions/predictions.ts';
import { answerStream, sendsLines } from './ndjson/answer-stream.ts';
import { PREDICTION_PATHS } from './prediction-paths.ts';
import { takeBody } from './read-body.ts';

/** Of what is not understood, so much is said back. */
const MAX_GIVEN = 40;

/** Answers a request, on Node's own objects; what is to be told to the client instead is handed to `refuse`. */
export type Route = (request: IncomingMessage, response: ServerResponse, refuse: (error: unknown) => void) => void;

/**
 * `POST /api/predictions`: a record gives a prediction, an array of records an array of predictions, lines of JSON (NDJSON) as many lines; with
 * `?explain=true` each comes with what it is made of and how sure it is.
 */
export function predictionsRoute(predictions: Predictions, clientOf: ClientOf): Route {
  const { batch, explained } = predictions.limits;
  return (request, response, refuse) => {
    try {
      const isExplained = explainOf(request);
      const isStream = sendsLines(request);
      const leave = predictions.admit(isStream ? undefined : lengthOf(request), () => clientOf(request));
      if (leave) response.once('close', leave);
      if (isStream) {
        answerStream(predictions, request, response, isExplained).catch(refuse);
        return;
      }
      const take = (bytes: Uint8Array) => {
        const question = { body: { bytes, charset: charsetOf(request) }, isExplained };
        const answer = predictions.answerJson(question, () => goneSignal(response));
        // Nearly all are there at once: to wait for a promise costs as much as to predict.
        if (typeof answer === 'string') send(response, answer);
        else answer.then((later) => send(response, later)).catch(refuse);
      };
      takeBody(request, isExplained ? explained : batch, take, refuse);
    } catch (error) {
      refuse(error);
    }
  };
}

function send(response: ServerResponse, answer: string | Uint8Array<ArrayBuffer>): void {
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  if (typeof answer === 'string') response.end(answer);
  else response.end(Buffer.from(answer.buffer, 0, answer.length), () => freeBytes(answer));
}

/** Whether predictions are to be explained. @throws HttpError where the request says neither yes nor no */
function explainOf({ url = '' }: IncomingMessage): boolean {
  const start = url.indexOf('?');
  if (start < 0) return false;
  const { explain = 'false' } = parse(url.slice(start + 1));
  if (explain === 'true' || explain === 'false') return explain === 'true';
  const given = clip(JSON.stringify(explain), MAX_GIVEN);
  throw new HttpError(`explain is ${given}; it must be true or false: /api/predictions?explain=true.`, {
    problem: 'invalid-parameter',
  });
}

/** How long the body is; what is compressed may be much longer than it says. */
function lengthOf({ headers }: IncomingMessage): number | undefined {
  const length = headers['content-length'];
  return length === undefined || headers['content-encoding'] ? undefined : Number(length);
}

function charsetOf({ headers }: IncomingMessage): string {
  const type = headers['content-type'] ?? '';
  if (type === 'application/json') return 'utf-8';
  return /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(type)?.[1]?.toLowerCase() ?? 'utf-8';
}

/**
 * Whether a request is answered before Express and the middleware that pages need, which takes longer than predicting one record: not where
 * the answer may be so long that compressing it pays.
 */
export function standsBeforeExpress(request: IncomingMessage, path: string, { limits }: Predictions): boolean {
  if (request.method !== 'POST' || !PREDICTION_PATHS.has(path)) return false;
  const length = lengthOf(request);
  return (length !== undefined && length <= limits.record) || sendsLines(request);
}
