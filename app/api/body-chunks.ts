import { HttpError } from '../http-errors.ts';
import { readError } from './read-body.ts';
import type { UnpackedBody } from './unpacked-body.ts';

/** So much longer may a body be than what it is packed in; JSON lines and CSV are some thirty times. */
const MOST_TIMES_LONGER = 250;
/** What may be unpacked whatever it is packed in. */
const UNPACKED_SLACK = 1024 * 1024;

/** The bytes of a body as they come. @throws HttpError where they are far more than what they are packed in. @throws GoneError */
export async function* bodyChunks({ stream, packedLength, release }: UnpackedBody): AsyncGenerator<Buffer> {
  let length = 0;
  try {
    // The answer goes by the same connection, so it stays where nobody reads on.
    for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
      length += chunk.length;
      if (packedLength && length > UNPACKED_SLACK + MOST_TIMES_LONGER * packedLength())
        throw new HttpError(`The body is more than ${MOST_TIMES_LONGER} times as long as what it is packed in.`, {
          problem: 'body-too-large',
        });
      yield chunk;
    }
  } catch (error) {
    throw error instanceof HttpError ? error : readError(error as Error);
  } finally {
    release();
  }
}
