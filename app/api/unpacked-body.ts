import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import {
  type BrotliDecompress,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createZstdDecompress,
  type Gunzip,
  type Inflate,
  type ZstdDecompress,
} from 'node:zlib';
import { HttpError } from '../http-errors.ts';

/** The bytes of a body as they come. */
export interface UnpackedBody {
  readonly stream: Readable;
  /** How many bytes were unpacked so far; undefined where it is not packed. */
  readonly packedLength: (() => number) | undefined;
  /** Unpacks no more: what is left of the request is only read off. */
  release(): void;
}

const decoders = new Map<string, () => Gunzip | Inflate | BrotliDecompress | ZstdDecompress>([
  ['gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
  ['zstd', createZstdDecompress],
]);

/**
 * The bytes of a body, unpacked as they come where it is packed: whoever reads them has to mind how many they are.
 *
 * @throws HttpError where nobody knows how it is packed
 */
export function unpackedBody(request: IncomingMessage): UnpackedBody {
  const encoding = (request.headers['content-encoding'] ?? 'identity').toLowerCase();
  if (encoding === 'identity')
    return { stream: request, packedLength: undefined, release: () => void request.resume() };
  const decoder = decoders.get(encoding)?.();
  if (decoder === undefined)
    throw new HttpError('The content encoding of the body is not supported.', { problem: 'unsupported-media-type' });
  request.once('error', (error) => decoder.destroy(error));
  request.pipe(decoder);
  return {
    stream: decoder,
    packedLength: () => decoder.bytesWritten,
    release() {
      request.unpipe(decoder).resume();
      decoder.destroy();
    },
  };
}
