import { answer, content, JSON_TYPE, problems, problemsOfChange, ref } from './describe.ts';

const CSV = 'text/csv';
const PARQUET = 'application/vnd.apache.parquet';
const binary = { type: 'string', format: 'binary' };
const job = content(JSON_TYPE, ref('Batch'));
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };

const flag = (name: string, description: string) => ({
  name,
  in: 'query',
  description,
  schema: { enum: ['true', 'false'] },
});

/** What takes files of rows, and tells what becomes of them. */
export function batchPaths() {
  return {
    '/api/v1/batch': { post: send() },
    '/api/v1/batch/{id}': {
      get: {
        operationId: 'getBatch',
        summary: 'How far a batch is.',
        parameters: [id],
        responses: { 200: answer('The batch.', job), ...problems('not-found') },
      },
      delete: {
        operationId: 'cancelBatch',
        summary: 'Cancels a batch that has not ended, and removes one that has.',
        parameters: [id],
        responses: { 204: { description: 'It is cancelled, or removed.' }, ...problemsOfChange('not-found') },
      },
    },
    '/api/v1/batch/{id}/result': {
      get: {
        operationId: 'getBatchResult',
        summary: 'The file with what was predicted of each row.',
        parameters: [id],
        responses: {
          200: answer('A CSV.', content(CSV, { type: 'string' })),
          206: answer('The part of it that the header Range asks for.', content(CSV, { type: 'string' })),
          ...problems('not-found', 'no-result', 'precondition-failed', 'range-not-satisfiable'),
        },
      },
    },
  };
}

function send() {
  const form = { type: 'object', properties: { file: binary }, required: ['file'] };
  return {
    operationId: 'sendBatch',
    summary: 'Takes a file of rows, a CSV or Parquet, to predict in the background.',
    description:
      'Its columns are the fields of a record, in any order; others are copied. Rows keep their order, and one that cannot be predicted has the reason beside it.',
    parameters: [
      flag('interval', 'Whether to add how sure each prediction is. By default, where the release knows.'),
      flag('contributions', 'Whether to add what each prediction is made of. By default not.'),
    ],
    requestBody: {
      required: true,
      content: {
        ...content(CSV, { type: 'string' }),
        ...content(PARQUET, binary),
        ...content('multipart/form-data', form),
      },
    },
    responses: {
      202: {
        ...answer('The batch, whose address is in the header Location.', job),
      },
      ...problemsOfChange(
        'invalid-parameter',
        'request-timeout',
        'body-too-large',
        'unsupported-media-type',
        'invalid-record',
      ),
    },
  };
}
