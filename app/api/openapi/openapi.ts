import { z } from 'zod';
import { exampleRecord, type Predictor, recordSchema } from '../../../ml/serving.ts';
import type { Limits } from '../../limits.ts';
import { type ProblemName, problemAddress, problemTypes } from '../../problems/problem-types.ts';
import { problemSchema } from '../problem.ts';
import { servedModelSchema } from '../served-model.ts';
import { answerSchemas } from './answers.ts';

/** What is known of a release that a description of its API needs. */
export interface Described {
  readonly predictor: Predictor;
  readonly limits: Limits;
}

const PROBLEM = 'application/problem+json';
const JSON_TYPE = 'application/json';
const LINES_TYPE = 'application/x-ndjson';
const LINES = { type: 'string', description: 'JSON lines, an object each' };
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const arrayOf = (name: string) => ({ type: 'array', items: ref(name) });
const content = (type: string, schema: object, more: object = {}) => ({ [type]: { schema, ...more } });
const answer = (description: string, body: object) => ({ description, headers: requestId, content: body });
const requestId = {
  'X-Request-Id': { description: 'The id of the request, as the log has it.', schema: { type: 'string' } },
};

/** What every route may answer. */
const anywhere: readonly ProblemName[] = ['invalid-request', 'internal-error'];

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
    paths: {
      '/api/v1/predictions': { post: predictions({ predictor, limits }) },
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
          ...operation('getProblem', 'What a kind of error means, as text.', content('text/plain', { type: 'string' })),
          parameters: [{ name: 'name', in: 'path', required: true, schema: { enum: Object.keys(problemTypes) } }],
        },
      },
      '/healthz': { get: health('getHealth', 'Whether the process lives.', 200) },
      '/readyz': { get: health('getReadiness', 'Whether the process wants requests; its `release` serves.', 200, 503) },
    },
    components: { schemas: schemas(predictor) },
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
      ...problems(
        'invalid-json',
        'repeated-field',
        'invalid-parameter',
        'request-timeout',
        'body-too-large',
        'unsupported-media-type',
        'invalid-record',
        'overloaded',
      ),
    },
  };
}

function operation(operationId: string, summary: string, body: object) {
  return { operationId, summary, responses: { 200: answer(summary, body), ...problems() } };
}

function health(operationId: string, summary: string, ...statuses: readonly number[]) {
  const body = content(JSON_TYPE, { type: 'object', properties: { status: { type: 'string' } }, required: ['status'] });
  return {
    operationId,
    summary,
    responses: Object.fromEntries(statuses.map((status) => [status, answer(summary, body)])),
  };
}

/** The errors that a route may answer, by their status: each says by its `type` which it is. */
function problems(...names: readonly ProblemName[]) {
  const byStatus = Map.groupBy([...names, ...anywhere], (name) => problemTypes[name].status);
  return Object.fromEntries(
    [...byStatus].map(([status, same]) => {
      const type = { properties: { type: { enum: same.map(problemAddress) } } };
      const description = same.map((name) => `${problemTypes[name].title}.`).join(' ');
      return [status, answer(description, content(PROBLEM, { allOf: [ref('Problem'), type] }))];
    }),
  );
}

function schemas(predictor: Predictor) {
  const { $schema, ...record } = recordSchema(predictor.manifest.dataset);
  const { prediction, explanation } = answerSchemas(predictor);
  const example = exampleRecord(predictor.manifest.dataset);
  return {
    Record: { ...record, examples: [example] },
    Prediction: jsonSchema(prediction),
    Explanation: jsonSchema(explanation),
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
