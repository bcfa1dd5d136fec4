import { z } from 'zod';
import { exampleRecord, type Predictor, recordSchema } from '../../../ml/serving.ts';
import { jobSchema } from '../../jobs/job.ts';
import type { Limits } from '../../limits.ts';
import { problemTypes } from '../../problems/problem-types.ts';
import { problemSchema } from '../problem.ts';
import { servedModelSchema } from '../served-model.ts';
import { answerSchemas } from './answers.ts';
import { batchPaths } from './batch-paths.ts';
import {
  answer,
  arrayOf,
  content,
  JSON_TYPE,
  open,
  operation,
  problemsOfChange,
  ref,
  securitySchemes,
  withKeyOrOpen,
} from './describe.ts';

/** What is known of a release that a description of its API needs. */
export interface Described {
  readonly predictor: Predictor;
  readonly limits: Limits;
}

const LINES_TYPE = 'application/x-ndjson';
const LINES = { type: 'string', description: 'JSON lines, an object each' };

/** The API of a release in OpenAPI 3.1: all of it follows from the declaration and from the schemas that the code reads too. */
export function openApi({ predictor, limits }: Described): object {
  const { dataset } = predictor.manifest;
  return {
    openapi: '3.1.1',
    info: {
      title: dataset.title,
      version: '1',
      summary: `Predicts ${predictor.target.title}.`,
      ...(dataset.description !== undefined && { description: dataset.description }),
    },
    servers: [{ url: '/' }],
    security: withKeyOrOpen,
    paths: {
      '/api/v1/predictions': { post: predictions({ predictor, limits }) },
      ...batchPaths(),
      '/api/v1/model': { get: operation('getModel', 'What serves now.', content(JSON_TYPE, ref('Model'))) },
      '/api/v1/schema': {
        get: operation(
          'getSchema',
          'What a record is, as JSON Schema.',
          content('application/schema+json', { type: 'object' }),
        ),
      },
      '/api/v1/client.ts': {
        get: operation('getClient', 'A client of this API in TypeScript.', content('text/plain', { type: 'string' })),
      },
      '/openapi.json': { get: operation('getOpenApi', 'This description.', content(JSON_TYPE, { type: 'object' })) },
      '/problems/{name}': {
        get: {
          operationId: 'getProblem',
          summary: 'What a kind of error means, as text.',
          security: open,
          parameters: [{ name: 'name', in: 'path', required: true, schema: { enum: Object.keys(problemTypes) } }],
          responses: { 200: answer('What it means.', content('text/plain', { type: 'string' })) },
        },
      },
      '/healthz': { get: health('getHealth', 'Whether the process lives.', 200) },
      '/readyz': { get: health('getReadiness', 'Whether the process wants requests; its `release` serves.', 200, 503) },
    },
    components: { schemas: schemas(predictor), securitySchemes },
  };
}

function predictions({ predictor, limits }: Described) {
  const features = predictor.features.length;
  return {
    operationId: 'predict',
    summary: `Predicts ${predictor.target.title}.`,
    description:
      `Of a record, with a value for each of ${features} fields, or of each record of an array, in the same order. A value that is not known is null. ` +
      `At most ${limits.batch} bytes are read, or ${limits.explained} where predictions are to be explained.`,
    parameters: [
      {
        name: 'explain',
        in: 'query',
        description: 'Whether each prediction comes with what it is made of and how sure it is.',
        schema: { enum: ['true', 'false'], default: 'false' },
      },
    ],
    requestBody: {
      required: true,
      content: { ...content(JSON_TYPE, { oneOf: [ref('Record'), arrayOf('Record')] }), ...content(LINES_TYPE, LINES) },
    },
    responses: {
      200: answer('An answer of the same shape: to a record one, to an array an array, to lines as many lines.', {
        ...content(JSON_TYPE, { anyOf: ['Prediction', 'Explanation'].flatMap((name) => [ref(name), arrayOf(name)]) }),
        ...content(LINES_TYPE, LINES),
      }),
      ...problemsOfChange(
        'invalid-json',
        'repeated-field',
        'invalid-parameter',
        'request-timeout',
        'body-too-large',
        'unsupported-media-type',
        'invalid-record',
      ),
    },
  };
}

function health(operationId: string, summary: string, ...statuses: readonly number[]) {
  const body = content(JSON_TYPE, { type: 'object', properties: { status: { type: 'string' } }, required: ['status'] });
  return {
    operationId,
    summary,
    security: open,
    responses: Object.fromEntries(statuses.map((status) => [status, answer(summary, body)])),
  };
}

function schemas(predictor: Predictor) {
  const { $schema, ...record } = recordSchema(predictor.manifest.dataset);
  const { prediction, explanation } = answerSchemas(predictor);
  const example = exampleRecord(predictor.manifest.dataset);
  return {
    Record: { ...record, examples: [example] },
    Prediction: jsonSchema(prediction),
    Explanation: jsonSchema(explanation),
    Batch: jsonSchema(jobSchema),
    Model: jsonSchema(servedModelSchema),
    Problem: jsonSchema(problemSchema),
  };
}

/** A schema as OpenAPI has it: what is answered may have further fields, in a later version. */
function jsonSchema(schema: z.ZodType): object {
  const { $schema, ...described } = z.toJSONSchema(schema, {
    override: ({ jsonSchema: each }) => {
      if (each.additionalProperties === false) delete each.additionalProperties;
    },
  });
  return described;
}
