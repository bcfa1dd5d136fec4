import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { goneSignal } from '../../gone.ts';
import { GoneError, HttpError, tooLarge } from '../../http-errors.ts';
import { freeBytes } from '../../owned-bytes.ts';
import type { Predictions } from '../../predictions/predictions.ts';
import { bodyChunks } from '../body-chunks.ts';
import { unpackedBody } from '../unpacked-body.ts';
import { type LineBlock, lineBlocks } from './line-blocks.ts';
import { problemLine } from './lines-answer.ts';

const NDJSON = 'application/x-ndjson';
const NDJSON_TYPE = /^\s*application\/(?:x-ndjson|ndjson|jsonl)\s*(?:;|$)/i;

/** Whether a request sends lines of JSON. */
export const sendsLines = ({ headers }: IncomingMessage) => NDJSON_TYPE.test(headers['content-type'] ?? '');

/**
 * Answers lines of JSON with as many lines, in their order and as they come. No more than two blocks of lines are held: reading waits for
 * predicting, and that for the client to take what was answered.
 *
 * @throws HttpError where nothing was answered yet. @throws GoneError where the client goes.
 */
export async function answerStream(
  predictions: Predictions,
  request: IncomingMessage,
  response: ServerResponse,
  isExplained: boolean,
): Promise<void> {
  const longest = predictions.limits.record;
  const body = unpackedBody(request);
  const gone = goneSignal(response);
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => {});
  const answer = async (block: LineBlock) => {
    if (!('tooLong' in block)) return predictions.answerLines({ ...block, isExplained, longest }, gone);
    return `${problemLine(new HttpError(tooLarge(longest), { problem: 'body-too-large' }), block.line)}\n`;
  };
  response.setHeader('Content-Type', NDJSON);
  let before = Promise.resolve();
  let last = Promise.resolve();
  try {
    const blocks = lineBlocks(bodyChunks(body), longest);
    for (;;) {
      await before;
      const { value: block, done } = await Promise.race([blocks.next(), failed.promise]);
      if (done) break;
      const answered = answer(block);
      before = last;
      last = last.then(async () => send(response, await answered, gone));
      last.catch(failed.reject);
    }
    await last;
    response.end();
  } catch (error) {
    endWith(response, gone.aborted ? new GoneError('nobody waits for the predictions', { cause: error }) : error);
  }
}

/** Sends what was answered, and waits until there is room for more. */
async function send(response: ServerResponse, answer: string | Uint8Array, signal: AbortSignal): Promise<void> {
  const sent = () => {
    if (typeof answer !== 'string') freeBytes(answer);
  };
  if (!response.write(answer, sent)) await once(response, 'drain', { signal });
}

/** What has begun ends with a line that says why. @throws the error where nothing has begun, or it is a bug */
function endWith(response: ServerResponse, error: unknown): void {
  if (!response.headersSent || !(error instanceof HttpError)) throw error;
  response.end(`${problemLine(error, 0)}\n`);
}
