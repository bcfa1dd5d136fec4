import { execFile, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pino } from 'pino';
import { afterAll, describe, expect, test } from 'vitest';
import { Access } from '../../../../app/access/access.ts';
import { makeKey } from '../../../../app/access/api-key.ts';
import { proxyTrust } from '../../../../app/client-address.ts';
import { Gate } from '../../../../app/gate.ts';
import { examplesOf } from '../../../../app/pages/api/examples.ts';
import { problemTypes } from '../../../../app/problems/problem-types.ts';
import { exampleRecord } from '../../../../ml/index.ts';
import { writeHouses } from '../../../houses.ts';
import { makeFolder } from '../../../temporary.ts';
import { writeTrips } from '../../../trips.ts';
import { serve } from '../../serve.ts';

const folder = makeFolder();
const key = makeKey('Till 3');
const file = join(folder, 'keys.json');
writeFileSync(file, JSON.stringify({ keys: [key.kept] }));
const access = await Access.open(file, pino({ enabled: false }));
afterAll(() => {
  access.close();
});

const houses = serve(writeHouses);
const trips = serve(writeTrips, { gate: new Gate({ access, trustsProxy: proxyTrust('loopback') }) });
const page = { Accept: 'text/html' };
const run = promisify(execFile);

describe('the page about the API', () => {
  test('has every operation, schema and error of the OpenAPI document', async () => {
    const html = await (await fetch(`${houses.url}/api`, { headers: page })).text();
    const { paths, components } = (await (await fetch(`${houses.url}/openapi.json`)).json()) as {
      paths: Record<string, Record<string, { operationId: string }>>;
      components: { schemas: object };
    };
    for (const [path, methods] of Object.entries(paths))
      for (const { operationId } of Object.values(methods)) {
        expect(html).toContain(`id="${operationId}"`);
        expect(html).toContain(`<code>${path}</code>`);
      }
    for (const name of Object.keys(components.schemas)) expect(html).toContain(`id="schema-${name}"`);
    for (const name of Object.keys(problemTypes)) expect(html).toContain(`href="/problems/${name}"`);
    expect(html).toContain('Floor area, m²: a number from 10 to 500.');
    expect(html).toContain(houses.url);
    expect(html).not.toContain('origin.invalid');
  });

  test('is for whoever reads pages: programs are told as before that there is nothing', async () => {
    for (const Accept of ['application/json', '*/*']) {
      const response = await fetch(`${houses.url}/api`, { headers: { Accept } });
      expect(response.status).toBe(404);
      expect(response.headers.get('Content-Type')).toContain('application/problem+json');
    }
  });

  test('writes no host into code that could not be one', async () => {
    const html = await houses.predictions.apiPage({ hasKeys: false });
    expect(html).toContain('curl http://origin.invalid/api/v1/predictions');
  });

  test('asks people to sign in where there are keys, and has a field for one', async () => {
    const refused = await fetch(`${trips.url}/api`, { headers: page, redirect: 'manual' });
    expect(refused.status).toBe(303);
    expect(refused.headers.get('Location')).toBe('/sign-in?to=%2Fapi');
    const html = await (
      await fetch(`${trips.url}/api`, { headers: { ...page, Authorization: `Bearer ${key.text}` } })
    ).text();
    expect(html).toContain('id="api-key"');
    expect(html).toContain('PLUMBLINE_KEY');
  });
});

describe.each([
  { name: 'an open service', served: houses, hasKeys: false },
  { name: 'a service with keys', served: trips, hasKeys: true },
])('the examples of $name', ({ served, hasKeys }) => {
  const environment = { ...process.env, ...(hasKeys && { PLUMBLINE_KEY: key.text }) };
  const recordOf = () => exampleRecord(served.predictor.manifest.dataset);
  const codeOf = (language: string) => {
    const example = examplesOf({ origin: served.url, record: recordOf(), hasKeys }).find(
      (each) => each.language === language,
    );
    if (!example) throw new Error(`there is no example in ${language}`);
    return example.code;
  };
  const predicted = () => served.predictor.predict(recordOf());

  test('in curl predict what the model does', async () => {
    const { stdout } = await run('bash', ['-c', codeOf('curl')], { env: environment });
    expect(JSON.parse(stdout)).toMatchObject({ prediction: predicted(), release: served.predictor.release });
  });

  test('in TypeScript do, with the client that they name', async () => {
    const headers = { Authorization: `Bearer ${key.text}` };
    writeFileSync(join(folder, 'client.ts'), await (await fetch(`${served.url}/api/client.ts`, { headers })).text());
    writeFileSync(
      join(folder, 'example.ts'),
      `${codeOf('TypeScript').replace('console.log(', 'console.log(JSON.stringify(').replace(/\);$/, '));')}\n`,
    );
    const { stdout } = await run(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', join(folder, 'example.ts')],
      { env: environment },
    );
    expect(JSON.parse(stdout)).toMatchObject({ prediction: predicted() });
  });

  const hasPython = spawnSync('python3', ['--version']).status === 0;
  test.skipIf(!hasPython)('in Python do', async () => {
    const { stdout } = await run('python3', ['-c', codeOf('Python')], { env: environment });
    expect(stdout).toContain(`'prediction': ${predicted()}`);
  });
});

test('values of all kinds are written as each language has them', () => {
  const record = { text: `it's "so"\n`, number: 1.5, yes: true, unknown: null };
  const [curl, typescript, python] = examplesOf({ origin: 'http://localhost', record, hasKeys: false });
  expect(curl?.code).toContain(String.raw`"text": "it'\''s \"so\"\n"`);
  expect(typescript?.code).toContain(String.raw`"text": "it's \"so\"\n"`);
  expect(python?.code).toContain(String.raw`"text": "it's \"so\"\n",`);
  expect(python?.code).toContain('"yes": True,');
  expect(python?.code).toContain('"unknown": None,');
});

test('a batch can be tried: a parameter of any text, one that need not be sent, and a file as text', async () => {
  const html = await (await fetch(`${houses.url}/api`, { headers: page })).text();
  expect(html).toContain('<input id="getBatch-id" name="id" data-in="path" type="text" autocomplete="off" required>');
  expect(html).toMatch(/<select id="sendBatch-interval"[^>]*><option value="" selected>not sent<\/option>/);
  const [, csv = ''] = /<option value="text\/csv" data-example="([^"]*)"/.exec(html) ?? [];
  const sent = await fetch(`${houses.url}/api/v1/batch`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/csv' },
    body: csv,
  });
  expect(sent.status).toBe(202);
});
