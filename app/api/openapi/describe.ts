// The pieces that a description of an API is made of.

import { type ProblemName, problemAddress, problemTypes } from '../../problems/problem-types.ts';

const PROBLEM = 'application/problem+json';
export const JSON_TYPE = 'application/json';
export const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
export const arrayOf = (name: string) => ({ type: 'array', items: ref(name) });
export const content = (type: string, schema: object, more: object = {}) => ({ [type]: { schema, ...more } });
export const answer = (description: string, body: object) => ({ description, headers: requestId, content: body });
const requestId = {
  'X-Request-Id': { description: 'The id of the request, as the log has it.', schema: { type: 'string' } },
};

/** What every route may answer. */
const anywhere: readonly ProblemName[] = ['invalid-request', 'internal-error'];

export function operation(operationId: string, summary: string, body: object) {
  return { operationId, summary, responses: { 200: answer(summary, body), ...problems() } };
}

/** The errors that a route may answer, by their status: each says by its `type` which it is. */
export function problems(...names: readonly ProblemName[]) {
  const byStatus = Map.groupBy([...names, ...anywhere], (name) => problemTypes[name].status);
  return Object.fromEntries(
    [...byStatus].map(([status, same]) => {
      const type = { properties: { type: { enum: same.map(problemAddress) } } };
      const description = same.map((name) => `${problemTypes[name].title}.`).join(' ');
      return [status, answer(description, content(PROBLEM, { allOf: [ref('Problem'), type] }))];
    }),
  );
}
