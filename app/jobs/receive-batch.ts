import type { IncomingMessage } from 'node:http';
import type { Request } from 'express';
import type { ClientOf } from '../access/caller.ts';
import { bodyChunks } from '../api/body-chunks.ts';
import { readOff } from '../api/read-body.ts';
import { unpackedBody } from '../api/unpacked-body.ts';
import { HttpError, tooLarge } from '../http-errors.ts';
import type { Predictions } from '../predictions/predictions.ts';
import { askedOptions } from './asked-options.ts';
import { diskError } from './disk-error.ts';
import type { Job } from './job.ts';
import type { Jobs } from './jobs.ts';
import { ownerOf } from './owner.ts';
import { type SavedUpload, saveUpload } from './save-upload.ts';
import { notTooSlow } from './slow-guard.ts';
import { safeName } from './told-file.ts';

const CSV_TYPE = /^\s*text\/csv\s*(?:;|$)/i;
const PARQUET_TYPE = /^\s*application\/(?:vnd\.apache\.parquet|x-parquet)\s*(?:;|$)/i;
const FORM_TYPE = /^\s*multipart\/form-data\s*;/i;

/** What takes files. */
export interface Receiver {
  readonly jobs: Jobs;
  readonly predictions: Predictions;
  readonly clientOf: ClientOf;
}

interface Received extends SavedUpload {
  readonly name: string;
  /** What a form says beside its file. */
  readonly fields: ReadonlyMap<string, string>;
}

/**
 * Takes a file of rows, which is the body or the one file of a form, and makes a job of it. It is written to the disk as it comes; what its
 * header says is looked at before anything is promised.
 *
 * @param query what stands after the question mark of the address
 * @throws HttpError, DataError where it is no file of rows as they are read here, or lacks a column
 * @throws BusyError where there are too many. @throws GoneError where the client goes
 */
export async function receiveBatch(
  { jobs, predictions, clientOf }: Receiver,
  request: Request,
  query: Readonly<Record<string, unknown>>,
): Promise<Job> {
  const { predictor } = predictions;
  // What is wrong with the address is told before a file is sent in vain.
  askedOptions(query, predictor);
  const length = lengthOf(request);
  if (length !== undefined && length > jobs.limits.upload + SLACK)
    throw new HttpError(tooLarge(jobs.limits.upload), { problem: 'body-too-large' });
  const { id, path, leave } = await jobs.expect(clientOf(request), length);
  try {
    const { name, format, lines, fields } = await received(request, {
      path,
      limits: jobs.limits,
      look: (name) => predictions.checkRows({ path, name }),
    });
    const options = askedOptions({ ...Object.fromEntries(fields), ...query }, predictor);
    const { rows } = await predictions.checkRows({ path, name });
    const isPlain = format === 'csv' && lines > 0;
    return await jobs.add(
      id,
      { name, format, options, expectedRows: rows ?? (isPlain ? lines : null) },
      ownerOf(request),
    );
  } catch (error) {
    // So that the answer is heard by clients that first send all.
    if (!request.complete && !request.destroyed) await readOff(request);
    throw diskError(error);
  } finally {
    await leave();
  }
}

/** What a form has around its file, in bytes. */
const SLACK = 100_000;

interface Place extends Pick<Jobs, 'limits'> {
  readonly path: string;
  /** Looks at the beginning of the file, as its owner calls it. */
  readonly look: (name: string) => Promise<unknown>;
}

async function received(request: IncomingMessage, { path, limits, look }: Place): Promise<Received> {
  const type = request.headers['content-type'] ?? '';
  const isForm = FORM_TYPE.test(type);
  const declared = CSV_TYPE.test(type) ? 'csv' : PARQUET_TYPE.test(type) ? 'parquet' : undefined;
  if (!isForm && declared === undefined)
    throw new HttpError(
      'Send a CSV with Content-Type: text/csv, Parquet with application/vnd.apache.parquet, or one of them as the file of a form (multipart/form-data).',
      { problem: 'unsupported-media-type' },
    );
  const chunks = notTooSlow(bodyChunks(unpackedBody(request)), limits.slow);
  const save = (file: AsyncIterable<Buffer>, given: string | undefined) => {
    const name = safeName(given, declared === 'parquet' ? 'rows.parquet' : 'rows.csv');
    return saveUpload(file, { path, name, limit: limits.upload, look: () => look(name) }).then((saved) => ({
      ...saved,
      name,
    }));
  };
  if (isForm) {
    // Loaded by those alone who send forms.
    const { readMultipart } = await import('./multipart.ts');
    const { file, fields } = await readMultipart(request, chunks, save);
    return { ...file, fields };
  }
  const file = await save(chunks, undefined);
  if (file.format !== declared)
    throw new HttpError(`The body is said to be ${type}, and is ${file.format === 'csv' ? 'no Parquet' : 'Parquet'}.`, {
      problem: 'unsupported-media-type',
    });
  return { ...file, fields: new Map() };
}

/** How long the body says it is; what is packed may be much longer. */
function lengthOf({ headers }: IncomingMessage): number | undefined {
  const length = headers['content-length'];
  return length === undefined || headers['content-encoding'] ? undefined : Number(length);
}
