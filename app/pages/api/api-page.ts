// The page about the API, drawn from its OpenAPI document. It is made in a thread, once for each release: of thousands of columns it takes long.

import { exampleRecord, featureKindOf, type Predictor } from '../../../ml/serving.ts';
import { openApi } from '../../api/openapi/openapi.ts';
import type { Limits } from '../../limits.ts';
import { type ProblemName, problemAddress, problemTypes } from '../../problems/problem-types.ts';
import { renderApi } from '../views.ts';
import { type DescribedContent, type DescribedOperation, describedApiSchema } from './described-api.ts';
import { examplesOf } from './examples.ts';
import { type ApiQuestion, ORIGIN_PLACE } from './origin-place.ts';
import type { Operation } from './page.ts';
import { inWords, shapeOf } from './shapes.ts';

const JSON_TYPE = 'application/json';
const LINES_TYPE = 'application/x-ndjson';
const CSV_TYPE = 'text/csv';
const PROBLEM_PREFIX = problemAddress('not-found').replace('not-found', '');

export function apiPage(predictor: Predictor, limits: Limits, { hasKeys }: ApiQuestion): string {
  const { info, paths, components } = describedApiSchema.parse(
    JSON.parse(JSON.stringify(openApi({ predictor, limits }))),
  );
  const record = exampleRecord(predictor.manifest.dataset);
  const allowed = new Map(
    predictor.features.map((column) => {
      const { unit, allowed: inRange } = featureKindOf(column);
      return [column.name, `${column.title}${unit === undefined ? '' : `, ${unit}`}: ${inRange()}.`];
    }),
  );
  return renderApi({
    ...info,
    hasKeys,
    examples: examplesOf({ origin: ORIGIN_PLACE, record, hasKeys }),
    operations: Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => operationOf(method.toUpperCase(), path, operation, record)),
    ),
    shapes: Object.entries(components.schemas).map(([name, schema]) =>
      shapeOf(name, schema, name === 'Record' ? allowed : undefined),
    ),
    problems: (Object.keys(problemTypes) as ProblemName[]).map((name) => ({
      name,
      address: problemAddress(name),
      ...problemTypes[name],
    })),
  });
}

function operationOf(method: string, path: string, operation: DescribedOperation, record: object): Operation {
  const { operationId, summary, description, parameters, requestBody, responses } = operation;
  return {
    id: operationId,
    method,
    path,
    summary,
    description,
    parameters: parameters.map(({ required, schema, ...parameter }) => ({
      ...parameter,
      isRequired: required,
      options: schema.enum,
      value: schema.default ?? (required ? schema.enum[0] : undefined),
    })),
    bodies: bodiesOf(requestBody?.content ?? {}).map((body) => ({ ...body, example: exampleOf(body.type, record) })),
    answers: Object.entries(responses).map(([status, answer]) => ({
      status,
      description: answer.description,
      bodies: bodiesOf(answer.content),
      problems: problemsIn(answer.content),
    })),
  };
}

const bodiesOf = (content: DescribedContent) =>
  Object.entries(content).map(([type, { schema }]) => ({ type, shape: inWords(schema) }));

function exampleOf(type: string, record: object): string | undefined {
  if (type === JSON_TYPE) return JSON.stringify(record, null, 2);
  if (type === LINES_TYPE) return `${JSON.stringify(record)}\n`.repeat(2);
  if (type === CSV_TYPE) return `${[Object.keys(record), Object.values(record)].map(csvLine).join('\n')}\n`;
  return undefined;
}

/** What is not known is an empty cell. */
const csvLine = (values: readonly unknown[]) =>
  values
    .map((value) => String(value ?? ''))
    .map((text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text))
    .join(',');

/** The names of the errors that an answer may be: what its schema allows of `type`. */
function problemsIn(content: DescribedContent): string[] {
  const text = JSON.stringify(content);
  return Object.keys(problemTypes).filter((name) => text.includes(JSON.stringify(`${PROBLEM_PREFIX}${name}`)));
}
