import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { featureKindOf, type Predictor, recordSchema } from '../../../ml/serving.ts';
import { jobSchema } from '../../jobs/job.ts';
import { type ProblemName, problemAddress, problemTypes } from '../../problems/problem-types.ts';
import { answerSchemas } from '../openapi/answers.ts';
import { problemSchema } from '../problem.ts';
import { servedModelSchema } from '../served-model.ts';
import { commentOf, type JsonSchema, keyOf, typeOf } from './schema-type.ts';

const code = new URL('client.ts', import.meta.url);
/** The line of that code in whose place the types of a model come. */
const IMPORT = /^import type .* from '\.\/model-types\.ts';\n/;

/**
 * A client of the API in TypeScript, one file without dependencies, with the types of this very model: what a field may be, and what is
 * answered.
 */
export function writeClient(predictor: Predictor): string {
  const { dataset } = predictor.manifest;
  const { prediction, explanation } = answerSchemas(predictor);
  const types = [
    comment(
      `${dataset.title}: what a prediction of ${predictor.target.title} is made from. A value that is not known is null.`,
    ),
    `export interface Input ${inputType(predictor)}\n`,
    comment('What is predicted.'),
    `export interface Prediction ${typeOf(schemaOf(prediction))}\n`,
    comment('What is predicted, what it is made of, and how sure it is.'),
    `export interface Explanation ${typeOf(schemaOf(explanation))}\n`,
    comment('The model that serves.'),
    `export interface Model ${typeOf(schemaOf(servedModelSchema))}\n`,
    comment('A file of rows that are predicted.'),
    `export interface Batch ${typeOf(schemaOf(jobSchema))}\n`,
    comment('The kinds of errors, by their addresses.'),
    `export type ProblemType =\n${(Object.keys(problemTypes) as ProblemName[]).map((name) => `  | '${problemAddress(name)}'`).join('\n')};\n`,
    comment('An error, as RFC 9457 has it.'),
    `export interface Problem ${typeOf(schemaOf(problemSchema)).replace('type: string;', 'type: ProblemType;')}\n`,
  ].map((text) => (text.endsWith('*/\n') ? `\n${text}` : text));
  const header =
    `// A client of the prediction service "${dataset.title.replaceAll(/\s+/g, ' ')}", made for its release ${predictor.release}.\n` +
    '// Do not edit it: make it anew where the model has other fields (npm run client, or /api/client.ts).\n';
  return `${header}${types.join('')}\n${readFileSync(code, 'utf8').replace(IMPORT, '').trimStart()}`;
}

const comment = (text: string) => commentOf(text, '');

/** What a record has: a property for each field, with what it may be. */
function inputType({ features, manifest }: Predictor): string {
  const { properties } = recordSchema(manifest.dataset);
  const lines = features.map((column) => {
    const { unit, allowed } = featureKindOf(column);
    const title = unit === undefined ? column.title : `${column.title}, ${unit}`;
    const type = valueType(properties[column.name] ?? {});
    return `${commentOf(`${title}: ${allowed()}.`, '  ')}  ${keyOf(column.name)}: ${type};\n`;
  });
  return `{\n${lines.join('')}}`;
}

/** Of a field that takes any text, editors offer those that are listed. */
function valueType(schema: JsonSchema): string {
  const listed = schema.examples?.filter((example) => typeof example === 'string');
  if (!schema.type?.includes('string') || !listed || listed.length < 2) return typeOf(schema);
  return [...listed.map((example) => JSON.stringify(example)), '(string & {})', 'null'].join(' | ');
}

const schemaOf = (schema: z.ZodType) => z.toJSONSchema(schema) as JsonSchema;
