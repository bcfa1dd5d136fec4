import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import busboy from 'busboy';
import { clip } from '../../ml/serving.ts';
import { HttpError } from '../http-errors.ts';

/** What stands beside the file: options, as a form sends them. */
const MOST_FIELDS = 10;
const LONGEST_FIELD = 100;
/** Of a name that is refused, so much is said back. */
const MAX_GIVEN = 40;

/** A form with one file. */
export interface Multipart<T> {
  /** What became of its file. */
  readonly file: T;
  readonly fields: ReadonlyMap<string, string>;
}

/**
 * Reads a form as browsers send it where it has a file, which is handed on as it comes.
 *
 * @param save takes the file's bytes, and its name as the client has it, where it says one
 * @throws HttpError where it is no such form, has no file, more than one, or a field twice; whatever `save` throws
 */
export async function readMultipart<T>(
  { headers }: IncomingMessage,
  chunks: AsyncIterable<Buffer>,
  save: (file: AsyncIterable<Buffer>, name: string | undefined) => Promise<T>,
): Promise<Multipart<T>> {
  const invalid = (message: string, cause?: unknown) => new HttpError(message, { problem: 'invalid-request', cause });
  const fields = new Map<string, string>();
  let saved: Promise<T> | undefined;
  let begun: Readable | undefined;
  const parser = parserFor(headers, invalid);
  // One without a name has undefined, whatever its types say.
  parser.on('field', (given: string | undefined, value, { nameTruncated, valueTruncated }) => {
    const name = given ?? '';
    const wrong = nameTruncated || valueTruncated ? 'is too long' : fields.has(name) ? 'is there twice' : undefined;
    if (wrong === undefined) fields.set(name, value);
    else parser.destroy(invalid(`The field ${clip(JSON.stringify(name), MAX_GIVEN)} of the form ${wrong}.`));
  });
  parser.on('file', (_field, file, { filename }) => {
    begun = file;
    saved = save(file, filename);
    saved.catch((error) => parser.destroy(error));
  });
  for (const event of ['filesLimit', 'fieldsLimit', 'partsLimit'] as const)
    parser.once(event, () => parser.destroy(invalid(`Send one file, and at most ${MOST_FIELDS} fields beside it.`)));
  try {
    await pipeline(Readable.from(chunks, { objectMode: false }), parser);
  } catch (error) {
    // A file that begins in the piece of which something else is refused gets no end of the parser.
    begun?.destroy();
    await saved?.catch(() => {});
    // What it says of itself: a part that does not end, a header that is none.
    throw error instanceof Error && !('code' in error) && !(error instanceof HttpError) && error.name === 'Error'
      ? invalid(`The form cannot be read: ${error.message}.`, error)
      : error;
  }
  if (saved === undefined) throw invalid('The form has no file.');
  return { file: await saved, fields };
}

function parserFor(headers: IncomingMessage['headers'], invalid: (message: string, cause: unknown) => HttpError) {
  try {
    return busboy({
      headers,
      defParamCharset: 'utf8',
      limits: {
        files: 1,
        fields: MOST_FIELDS,
        parts: MOST_FIELDS + 2,
        fieldSize: LONGEST_FIELD,
        fieldNameSize: LONGEST_FIELD,
      },
    });
  } catch (cause) {
    throw invalid('The form cannot be read: its Content-Type has no boundary.', cause);
  }
}
