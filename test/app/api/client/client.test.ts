import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { Client, ProblemError } from '../../../../app/api/client/client.ts';
import { typeOf } from '../../../../app/api/client/schema-type.ts';
import { writeClient } from '../../../../app/api/client/write-client.ts';
import { writeFlowers } from '../../../class-data.ts';
import { writeHouses } from '../../../houses.ts';
import { temporaryFolder } from '../../../temporary.ts';
import { writeTrips } from '../../../trips.ts';
import { serve, serveClasses } from '../../serve.ts';

const houses = serve(writeHouses);
const flowers = serveClasses((folder) => writeFlowers(folder, ['red', 'it\'s "blue"', '__proto__']));
const trips = serve(writeTrips);
const run = promisify(execFile);
const root = join(import.meta.dirname, '../../../..');
const tsc = join(root, 'node_modules/.bin/tsc');

/** Checks the types of a program as strictly as anybody does. */
async function check(folder: string, ...files: string[]): Promise<string> {
  const strict = ['--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess', '--noUnusedLocals'];
  const node = ['--module', 'nodenext', '--target', 'es2022', '--lib', 'es2024,dom', '--types', ''];
  const options = [...strict, ...node, '--noEmit', '--allowImportingTsExtensions', '--erasableSyntaxOnly'];
  return run(tsc, [...options, ...files], { cwd: folder }).then(
    () => '',
    ({ stdout }) => stdout,
  );
}

const program = `
import { Client, ProblemError, type Input } from './client.ts';

const client = new Client({ url: process.argv[2] ?? '' });
const input: Input = { area: 100, rooms: 3, heating: 'gas' };
// @ts-expect-error a level that there is not
const wrong: Input = { ...input, heating: 'coal' };
// @ts-expect-error a field that lacks
const short: Input = { area: 100, heating: null };
// @ts-expect-error a field that there is not
const long: Input = { ...input, colour: 'red' };

const { prediction, target } = await client.predict(input);
const price: 'price' = target;
const [low] = (await client.explain(input)).interval ?? [0, 0];
const { area } = (await client.explainAll([input]))[0]!.contributions;
const lines = [];
for await (const line of client.predictLines([input, wrong])) lines.push('line' in line ? line.line : line.prediction);
const refused = await client.predict(wrong).catch((error: unknown) => {
  if (!(error instanceof ProblemError)) throw error;
  return error.problem.type === '/problems/invalid-record' ? error.problem.errors : error.requestId;
});
const { release, limits } = await client.model();
const all = await client.predictAll([input, input]);
const schema = await client.schema();
const { id } = await client.sendBatch(new Blob(['area,rooms,heating\\n100,3,gas\\n5,3,gas\\n']), { interval: false });
const { status, result } = await client.awaitBatch(id);
const csv = await new Response(await client.batchResult(id)).text();
await client.cancelBatch(id);
const { openapi } = (await client.openApi()) as { openapi: string };
console.log(JSON.stringify({ prediction, price, low, area, lines, refused, release, limits, all: all.length, schema, openapi, short, long, batch: [status, result?.predicted, csv] }));
declare const process: { argv: string[] };
`;

test('a program that is written against the types of a model calls its service', async () => {
  const folder = temporaryFolder();
  const client = await (await fetch(`${houses.url}/api/client.ts`)).text();
  expect(client).toBe(writeClient(houses.predictor));
  writeFileSync(join(folder, 'client.ts'), client);
  writeFileSync(join(folder, 'program.ts'), program);
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
  expect(await check(folder, 'program.ts')).toBe('');
  const { stdout } = await run(process.execPath, ['program.ts', houses.url], { cwd: folder });
  const input = { area: 100, rooms: 3, heating: 'gas' };
  const { contributions, interval } = houses.predictor.explain(input);
  expect(JSON.parse(stdout)).toMatchObject({
    prediction: houses.predictor.predict(input),
    price: 'price',
    low: interval?.[0],
    area: contributions.area,
    lines: [houses.predictor.predict(input), 2],
    refused: [{ field: 'heating' }],
    release: houses.predictor.release,
    limits: { batch: houses.predictions.limits.batch },
    all: 2,
    schema: { required: ['area', 'rooms', 'heating'] },
    openapi: '3.1.1',
    batch: ['done', 1, expect.stringMatching(/^area,rooms,heating,prediction,problem\n100,3,gas,\d/)],
  });
}, 30_000);

/** A client whose requests are answered one after the other; the last answer again and again. */
function answeredBy(...answers: readonly (() => Response)[]) {
  const left = [...answers];
  const controller = new AbortController();
  const fetch = async () => ((left.length > 1 ? left.shift() : left[0]) as () => Response)();
  return { client: new Client({ url: 'http://localhost', signal: controller.signal, fetch }), controller };
}
const problem = (status: number, headers: Record<string, string> = {}) =>
  Response.json(
    { type: '/problems/too-many-requests', title: 'Too many requests', status, detail: 'Try again.' },
    { status, headers: { 'Content-Type': 'application/problem+json', ...headers } },
  );
const busy = () => problem(429, { 'Retry-After': '0' });
const batch = (status: string) => () => Response.json({ id: 'a', status });

test('a batch is awaited where the service has too much to do meanwhile, as long as it says when to ask again', async () => {
  const { client } = answeredBy(busy, () => problem(503, { 'Retry-After': '0' }), batch('done'));
  expect(await client.awaitBatch('a')).toMatchObject({ status: 'done' });
  const unsaid = answeredBy(() => problem(503), batch('done')).client.awaitBatch('a');
  await expect(unsaid).rejects.toMatchObject({ problem: { status: 503 }, retryAfter: null });
  const refused = await answeredBy(() => problem(429, { 'Retry-After': '7' }))
    .client.batch('a')
    .catch((error) => error);
  expect(refused).toBeInstanceOf(ProblemError);
  expect(refused.retryAfter).toBe(7);
});

test('awaiting a batch ends at once where it is not wanted any more', async () => {
  const { client, controller } = answeredBy(() => {
    setImmediate(() => controller.abort(new Error('not wanted')));
    return problem(429, { 'Retry-After': '86400' });
  });
  await expect(client.awaitBatch('a')).rejects.toThrow('not wanted');
});

test('levels, units and what is allowed stand in the types', () => {
  const client = writeClient(houses.predictor);
  expect(client).toContain('  /** Floor area, m²: a number from 10 to 500. */\n  area: number | null;\n');
  expect(client).toContain('  heating: "gas" | "heat pump" | "none" | null;\n');
  const any = writeClient(trips.predictor);
  expect(any).toContain('  city: "Rome" | "other" | (string & {}) | null;\n');
  expect(any).toContain('  express: true | false | "ja" | "JA" | "nein" | null;\n');
});

test('levels of any name are types', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'client.ts'), writeClient(flowers.predictor));
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
  const use = `import type { Prediction } from './client.ts';
export const prediction: Prediction['prediction'][] = ['red', 'it\\'s "blue"', '__proto__'];\n`;
  writeFileSync(join(folder, 'use.ts'), use);
  expect(await check(folder, 'use.ts')).toBe('');
}, 30_000);

test.each([
  [{ const: 'a' }, '"a"'],
  [{ type: ['string', 'null'] }, 'string | null'],
  [{ type: 'array', items: { type: ['number', 'null'] } }, '(number | null)[]'],
  [{ type: 'array', prefixItems: [{ type: 'number' }, { type: 'string' }] }, '[number, string]'],
  [{ type: 'object', additionalProperties: { type: 'number' } }, 'Record<string, number>'],
  [
    { type: 'object', properties: { 'a-b': { type: 'integer', description: 'so */ much' }, c: {} }, required: ['c'] },
    '{\n  /** so *\\/ much */\n  "a-b"?: number;\n  c: unknown;\n}',
  ],
  [{ anyOf: [{ type: 'null' }, { type: 'null' }, { enum: [1, true] }] }, 'null | 1 | true'],
])('%j is the type %s', (schema, type) => {
  expect(typeOf(schema)).toBe(type);
});
