import { HttpError } from '../http-errors.ts';

const WINDOW_MS = 30_000;

/**
 * The same pieces, as long as they come fast enough: whoever sends a byte now and then holds a place that others want. Where whoever takes them
 * was slower, as a busy disk is, the client is not to blame.
 *
 * @param least how much has to come within half a minute, in bytes; the last piece may be shorter
 * @throws HttpError where less comes
 */
export async function* notTooSlow(chunks: AsyncIterable<Buffer>, least: number, windowMs = WINDOW_MS) {
  const iterator = chunks[Symbol.asyncIterator]();
  const slow = Promise.withResolvers<never>();
  slow.promise.catch(() => {});
  let came = 0;
  // Since when the client is waited for, and how long it was in this window before that.
  let since: number | undefined;
  let waited = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    if (since !== undefined) waited += now - since;
    if (came < least && waited > windowMs / 2)
      slow.reject(
        new HttpError(`Of the file less than ${least} bytes came within ${windowMs / 1000} s.`, {
          problem: 'request-timeout',
        }),
      );
    came = 0;
    waited = 0;
    if (since !== undefined) since = now;
  }, windowMs);
  try {
    for (;;) {
      since = performance.now();
      const { value, done } = await Promise.race([iterator.next(), slow.promise]);
      if (done) return;
      waited += performance.now() - since;
      since = undefined;
      came += value.length;
      yield value as Buffer;
    }
  } finally {
    clearInterval(timer);
    void iterator.return?.();
  }
}
