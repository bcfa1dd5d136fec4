import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { GoneError, HttpError, tooLarge } from '../http-errors.ts';
import { freeBytes } from '../owned-bytes.ts';
import { unpackedBody } from './unpacked-body.ts';

/** A body that has not come by then does not come: nobody holds a place by sending a byte now and then. */
const SECONDS = 60;
/** So much of a body that is too large is read off, so that the answer is heard by clients that first send all. */
const MAX_READ_OFF = 8 * 1024 * 1024;
/** In bytes; no limit is smaller. */
export const SHORT_BODY = 16 * 1024;

/** What a body has to be. */
interface BodyType {
  /** What Content-Type says then. */
  readonly pattern: RegExp;
  /** What to do where it is anything else. */
  readonly remedy: string;
}

const json: BodyType = {
  pattern: /^\s*application\/json\s*(?:;|$)/i,
  remedy: 'Send JSON in the body, with Content-Type: application/json.',
};

/**
 * The body of a request.
 *
 * @param limit in bytes, once it is unpacked
 * @param type what it has to be. @default JSON
 * @throws HttpError where it is of another type, too large, too slow, or packed as nobody knows. @throws GoneError where the client goes.
 */
export function readBody(request: IncomingMessage, limit: number, type = json): Promise<Uint8Array> {
  return new Promise((resolve, reject) => takeBody(request, limit, resolve, reject, type));
}

/**
 * The same without a promise, which costs as much as predicting.
 *
 * @param take is given the body; what it throws is refused. @param refuse is given what `readBody` throws
 */
export function takeBody(
  request: IncomingMessage,
  limit: number,
  take: (body: Uint8Array) => void,
  refuse: (error: unknown) => void,
  type = json,
): void {
  const { headers } = request;
  const hasBody = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
  if (!hasBody || !type.pattern.test(headers['content-type'] ?? ''))
    refuse(new HttpError(type.remedy, { problem: 'unsupported-media-type' }));
  else if (isShort(request)) takeShort(request, take, refuse);
  else readLong(request, limit).then(take).catch(refuse);
}

/** Whether a body says of itself that it fits into the few packets in which most come, and so takes no place from others. */
function isShort({ headers }: IncomingMessage): boolean {
  return Number(headers['content-length']) <= SHORT_BODY && headers['content-encoding'] === undefined;
}

/** A short body, without what costs as much as predicting: the server itself ends a request that takes minutes. */
function takeShort(request: IncomingMessage, take: (body: Uint8Array) => void, refuse: (error: unknown) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    try {
      take(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks));
    } catch (error) {
      refuse(error);
    }
  });
  request.on('error', (cause) => refuse(readError(cause)));
}

async function readLong(request: IncomingMessage, limit: number): Promise<Uint8Array> {
  const { stream, release } = unpackedBody(request);
  const body = await collect(stream, limit);
  if (body !== undefined) return body;
  release();
  await readOff(request);
  throw new HttpError(tooLarge(limit), { problem: 'body-too-large' });
}

/** All of a stream; undefined where it is longer than the limit. */
function collect(stream: Readable, limit: number): Promise<Uint8Array | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    let isOver = false;
    const timer = setTimeout(() => {
      end();
      reject(new HttpError(`The body did not arrive within ${SECONDS} s.`, { problem: 'request-timeout' }));
    }, SECONDS * 1000);
    const end = () => {
      isOver = true;
      clearTimeout(timer);
    };
    const take = (chunk: Buffer) => {
      length += chunk.length;
      if (length <= limit) {
        chunks.push(chunk);
        return;
      }
      end();
      stream.off('data', take).pause();
      resolve(undefined);
    };
    stream.on('data', take);
    stream.once('end', () => {
      end();
      resolve(whole(chunks, length));
    });
    stream.once('error', (cause) => {
      end();
      reject(readError(cause));
    });
    stream.once('close', () => {
      // Every stream closes once it has ended.
      if (isOver) return;
      end();
      reject(new GoneError('the client went before it had sent all'));
    });
  });
}

function whole(chunks: readonly Buffer[], length: number): Buffer {
  if (chunks.length === 1) return chunks[0] as Buffer;
  const body = Buffer.concat(chunks, length);
  chunks.forEach(freeBytes);
  return body;
}

/** What it means that a body cannot be read: that the client has gone, or that it is not packed as it says. */
export function readError(cause: Error): Error {
  const isGone = 'code' in cause && ['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE', 'EPIPE'].includes(String(cause.code));
  if (isGone) return new GoneError('the client went before it had sent all', { cause });
  return new HttpError('The body is not packed as Content-Encoding says.', { problem: 'invalid-request', cause });
}

/** Reads what is left of a request, up to a limit. */
export async function readOff(request: IncomingMessage): Promise<void> {
  let left = MAX_READ_OFF;
  await new Promise<void>((resolve) => {
    request.on('data', (chunk: Buffer) => {
      left -= chunk.length;
      if (left < 0) resolve();
    });
    request.once('end', resolve).once('close', resolve);
    if (request.readableEnded) resolve();
    request.resume();
  });
}
