import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { answerSchemas } from '../../../../app/api/openapi/answers.ts';
import { problemSchema } from '../../../../app/api/problem.ts';
import { Gate } from '../../../../app/gate.ts';
import { HttpError } from '../../../../app/http-errors.ts';
import { type ProblemName, problemTypes } from '../../../../app/problems/problem-types.ts';
import { recordSchema } from '../../../../ml/index.ts';
import { writeFlowers } from '../../../class-data.ts';
import { writeHouses } from '../../../houses.ts';
import { serve, serveClasses } from '../../serve.ts';

const houses = serve(writeHouses);
const flowers = serveClasses((folder) => writeFlowers(folder, ['red', 'blue', '__proto__']));

interface Operation {
  readonly operationId: string;
  /** Empty where everybody may ask. */
  readonly security?: readonly object[];
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema: unknown }>> }>>;
}

interface Document {
  readonly openapi: string;
  readonly security: readonly object[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Record<string, unknown>>>;
    readonly securitySchemes: object;
  };
}

async function described(url: string): Promise<Document> {
  const response = await fetch(`${url}/openapi.json`);
  expect(response.status).toBe(200);
  return (await response.json()) as Document;
}

const post = (url: string, body: unknown, query = '') =>
  fetch(`${url}/api/v1/predictions${query}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });

/** Every value of a key, however deep. */
function valuesOf(key: string, value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => (name === key ? [each] : valuesOf(key, each)));
}

test('it is OpenAPI 3.1, whose references all lead somewhere', async () => {
  const document = await described(houses.url);
  expect(document.openapi).toMatch(/^3\.1\./);
  const references = valuesOf('$ref', document);
  expect(references.length).toBeGreaterThan(5);
  for (const reference of references)
    expect(Object.keys(document.components.schemas), String(reference)).toContain(String(reference).split('/').at(-1));
  const ids = valuesOf('operationId', document);
  expect(new Set(ids).size).toBe(ids.length);
});

test('a record is described as the declaration has it', async () => {
  const { components } = await described(houses.url);
  const { $schema, ...schema } = recordSchema(houses.predictor.manifest.dataset);
  expect(components.schemas.Record).toMatchObject(JSON.parse(JSON.stringify(schema)));
  const [example] = (components.schemas.Record as { examples: unknown[] }).examples;
  expect((await post(houses.url, example)).status).toBe(200);
});

test('every route that it lists is there, and answers as it says', async () => {
  const { paths } = await described(houses.url);
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, { responses }] of Object.entries(operations)) {
      if (method !== 'get') continue;
      const response = await fetch(houses.url + path.replace('{name}', 'not-found'));
      const type = response.headers.get('Content-Type')?.split(';')[0] as string;
      expect(Object.keys(responses[response.status]?.content ?? {}), path).toEqual([type]);
    }
  }
  expect(Object.keys(paths)).toContain('/api/v1/predictions');
});

describe('what is answered fits the schemas that it is described by', () => {
  const house = { area: 83, rooms: 1, heating: 'gas' };
  const flower = { width: 14, height: 10 };

  test.each([
    ['of a number', houses, house],
    ['of classes', flowers, flower],
  ])('%s', async (_, served, record) => {
    const { prediction, explanation } = answerSchemas(served.predictor);
    const plain = await (await post(served.url, record)).json();
    expect(prediction.safeParse(plain).error).toBeUndefined();
    const explained = await (await post(served.url, record, '?explain=true')).json();
    expect(explanation.safeParse(explained).error).toBeUndefined();
    expect(explanation.safeParse(plain).success).toBe(false);
    const { components } = await described(served.url);
    const { required } = components.schemas.Explanation as { required: string[] };
    expect(required.toSorted()).toEqual(Object.keys(explained as object).toSorted());
  });

  test('errors too, each of a kind that the route lists', async () => {
    const { paths } = await described(houses.url);
    const responses = paths['/api/v1/predictions']?.post?.responses ?? {};
    const wrong = [
      await post(houses.url, { ...house, rooms: 0 }),
      await post(houses.url, house, '?explain=maybe'),
      await fetch(`${houses.url}/api/v1/predictions`, { method: 'POST' }),
    ];
    for (const response of wrong) {
      const problem = problemSchema.extend({ type: z.string().startsWith('/problems/') }).parse(await response.json());
      expect(valuesOf('enum', responses[response.status]).flat()).toContain(problem.type);
    }
  });
});

test('each kind of error is listed with its status', async () => {
  const { paths } = await described(houses.url);
  for (const { responses } of Object.values(paths).flatMap((each) => Object.values(each)))
    for (const [status, response] of Object.entries(responses))
      for (const type of valuesOf('enum', response.content?.['application/problem+json']).flat())
        expect(problemTypes[String(type).slice('/problems/'.length) as keyof typeof problemTypes].status).toBe(
          Number(status),
        );
});

describe('what may meet any request', () => {
  /** Of everybody. */
  class Closed extends Gate {
    override async pass(): Promise<void> {
      throw new HttpError('Not now.', { problem: refused });
    }
  }
  let refused: ProblemName = 'unauthorized';
  let isOverloaded = false;
  const closed = serve(writeHouses, {
    gate: new Closed({ trustsProxy: () => false }),
    isOverloaded: () => isOverloaded,
  });

  test.each<[ProblemName, RegExp]>([
    ['unauthorized', /./],
    ['too-many-requests', /./],
    ['cross-origin-request', /post|delete/],
    ['overloaded', /./],
  ])('is listed: %s', async (problem, methods) => {
    refused = problem;
    isOverloaded = problem === 'overloaded';
    const { paths } = await described(houses.url);
    for (const [path, operations] of Object.entries(paths))
      for (const [method, { security, responses }] of Object.entries(operations)) {
        const url = closed.url + path.replace('{name}', 'not-found');
        const response = await fetch(url, { method: method.toUpperCase() });
        const isOpen = security?.length === 0;
        const { status } = problemTypes[problem];
        expect([path, response.status]).toEqual([path, isOpen ? 200 : status]);
        const listed = valuesOf('enum', responses[status]?.content?.['application/problem+json']).flat();
        if (!isOpen && methods.test(method)) expect(listed, `${method} ${path}`).toContain(`/problems/${problem}`);
        else expect(listed, `${method} ${path}`).not.toContain(`/problems/${problem}`);
      }
  });

  test('and how a key is brought', async () => {
    const { security, components } = await described(houses.url);
    expect(security).toEqual([{}, { key: [] }]);
    expect(components.securitySchemes).toMatchObject({ key: { type: 'http', scheme: 'bearer' } });
  });
});

test('another method is refused as a program hears it', async () => {
  const response = await fetch(`${houses.url}/openapi.json`, { method: 'POST' });
  expect([response.status, response.headers.get('Allow')]).toEqual([405, 'GET, HEAD']);
  expect(await response.json()).toMatchObject({ type: '/problems/method-not-allowed' });
});

test('both addresses of the API are the same', async () => {
  const [v1, newest] = await Promise.all(
    ['/api/v1/schema', '/api/schema'].map(async (path) => (await fetch(houses.url + path)).text()),
  );
  expect(v1).toBe(newest);
});
