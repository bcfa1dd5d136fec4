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

/** What every route may answer but those that are open to everybody: what a request has to pass, and what it may meet. */
const anywhere: readonly ProblemName[] = [
  'invalid-request',
  'unauthorized',
  'too-many-requests',
  'internal-error',
  'overloaded',
];

/** Where a service asks for keys. */
export const securitySchemes = {
  key: { type: 'http', scheme: 'bearer', description: 'A key, where the service asks for one.' },
};
export const withKeyOrOpen = [{}, { key: [] }];
/** Of a route that is open to everybody whatever the service asks for. */
export const open: readonly never[] = [];

export function operation(operationId: string, summary: string, body: object) {
  return { operationId, summary, responses: { 200: answer(summary, body), ...problems() } };
}

/** The errors that a route may answer that only reads, by their status: each says by its `type` which it is. */
export const problems = (...names: readonly ProblemName[]) => byStatus([...names, ...anywhere]);

/** Likewise of a route that changes something, which no other site may have a browser do. */
export const problemsOfChange = (...names: readonly ProblemName[]) => problems(...names, 'cross-origin-request');

function byStatus(names: readonly ProblemName[]) {
  const statuses = Map.groupBy(new Set(names), (name) => problemTypes[name].status);
  return Object.fromEntries(
    [...statuses].map(([status, same]) => {
      const type = { properties: { type: { enum: same.map(problemAddress) } } };
      const description = same.map((name) => `${problemTypes[name].title}.`).join(' ');
      return [status, answer(description, content(PROBLEM, { allOf: [ref('Problem'), type] }))];
    }),
  );
}
