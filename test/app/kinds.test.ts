// A data set that has a column of every kind, from its file to the API, the form and a CSV of predictions.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { predictCsv } from '../../ml/pipeline/predict-csv.ts';
import { assumed, columns } from '../../ml/report/data.ts';
import { readReleaseRecord } from '../../ml/report/records.ts';
import { temporaryFile, temporaryFolder } from '../temporary.ts';
import { fareOf, writeTrips } from '../trips.ts';
import { serve } from './serve.ts';

const served = serve(writeTrips);
const record = { km: 1234.5, express: true, day: '11.01.2024', city: 'Rome' };
const fare = fareOf(1234.5, true, 10, 'Rome');

interface Answer {
  readonly prediction: number;
  readonly outside: readonly unknown[];
  readonly errors: readonly unknown[];
}

async function post(sent: unknown, query = '') {
  const response = await fetch(`${served.url}/api/predictions${query}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(sent),
  });
  return { status: response.status, json: (await response.json()) as Answer };
}

describe('the API', () => {
  test.each([
    ['yes as JSON has it, a date as the file has it', record],
    ['yes as the file has it, a date as ISO 8601 has it', { ...record, express: 'ja', day: '2024-01-11' }],
    ['a further text for yes', { ...record, express: 'JA' }],
  ])('takes %s', async (_, sent) => {
    expect((await post(sent)).json).toMatchObject({ prediction: expect.closeTo(fare, 6) });
  });

  test('follows each field into its own column', async () => {
    const changed = [{ km: 20 }, { express: false }, { day: '01.01.2024' }, { city: 'other' }];
    const answers = await Promise.all(changed.map((change) => post({ ...record, ...change })));
    expect(answers.map(({ json }) => Math.round(1e6 * json.prediction) / 1e6)).toEqual([
      fareOf(20, true, 10, 'Rome'),
      fareOf(1234.5, false, 10, 'Rome'),
      fareOf(1234.5, true, 0, 'Rome'),
      fareOf(1234.5, true, 10, 'other'),
    ]);
  });

  test('takes a city that is not listed as another one, and says so', async () => {
    const { json } = await post({ ...record, city: 'Paris' }, '?explain=true');
    expect(json).toMatchObject({ prediction: expect.closeTo(fare - 10, 6) });
    expect(json.outside).toContainEqual({
      column: 'city',
      reason: 'unseen',
      message: 'City Paris is not listed, and is taken as other',
    });
    const listed = await post({ ...record, city: 'other' }, '?explain=true');
    expect(JSON.stringify(listed.json.outside)).not.toContain('not listed');
  });

  test.each([
    [{ express: 'maybe' }, 'express', 'must be yes or no: ja or nein, or true or false'],
    [{ express: 1 }, 'express', 'must be yes or no: ja or nein, or true or false'],
    [{ day: '2024-13-01' }, 'day', 'must be a date as DD.MM.YYYY, from 01.01.2024 on'],
    [{ day: '31.12.2023' }, 'day', 'must be a date as DD.MM.YYYY, from 01.01.2024 on'],
    [{ km: '1.234,5' }, 'km', expect.stringMatching(/must be a number from 0 to 5,000$/)],
    [{ city: '' }, 'city', expect.stringMatching(/^must be one of: Rome, other/)],
    [{ note: 'x' }, 'note', expect.stringMatching(/^not a field/)],
  ])('refuses %j', async (wrong, field, detail) => {
    const { status, json } = await post({ ...record, ...wrong });
    expect(status).toBe(422);
    expect(json.errors).toMatchObject([{ field, detail }]);
  });

  test('says what a record is', async () => {
    const response = await fetch(`${served.url}/api/schema`);
    expect(response.headers.get('Content-Type')).toMatch(/^application\/schema\+json/);
    expect(await response.json()).toMatchObject({
      properties: {
        km: { type: ['number', 'null'], minimum: 0, maximum: 5000 },
        express: { enum: [true, false, 'ja', 'JA', 'nein', null] },
        day: { type: ['string', 'null'], examples: ['01.01.2024'] },
        city: { type: ['string', 'null'], examples: ['Rome', 'other'] },
      },
      required: ['km', 'express', 'day', 'city'],
      additionalProperties: false,
    });
    expect((await fetch(`${served.url}/api/schema`, { method: 'POST' })).status).toBe(405);
  });
});

describe('the form', () => {
  const send = async (fields: Record<string, string>) => {
    const response = await fetch(served.url, { method: 'POST', body: new URLSearchParams(fields) });
    return { status: response.status, html: await response.text() };
  };
  const sent = { km: '1234.5', express: 'ja', day: '2024-01-11', city: 'Rome' };

  test('asks for yes or no by buttons, and for a date as browsers do', async () => {
    const html = await (await fetch(served.url)).text();
    expect(html).toContain('<input type="radio" id="express" name="express" value="ja" required>Yes');
    expect(html).toContain('<input type="radio" id="express-1" name="express" value="nein" required>No');
    expect(html).toContain('<input type="radio" id="express-not-known" name="express" value=" not known" required>');
    expect(html).toContain('<input type="date" id="day" name="day" value="" required min="2024-01-01"');
    expect(html).toContain('<option value="other">other</option>');
    for (const name of ['id', 'currency', 'note', 'refund']) expect(html).not.toContain(`name="${name}"`);
  });

  test('what it sends is predicted, and shown again', async () => {
    const { status, html } = await send(sent);
    expect(status).toBe(200);
    expect(html).toContain('<input type="radio" id="express" name="express" value="ja" required checked>');
    expect(html).toContain('value="2024-01-11"');
    expect(html).toContain('<strong>Express</strong> Yes');
    expect(html).toContain('<output id="prediction-value">2,504</output>');
    const unknown = await send({ ...sent, express: ' not known' });
    expect(unknown.status).toBe(200);
    expect(unknown.html).toContain('value=" not known" required checked>');
    const empty = await send({ ...sent, express: '' });
    expect(empty.status).toBe(422);
    expect(empty.html).toContain('is missing: choose one, or “Not known”');
  });
});

test('a CSV of predictions is read as the file is, and says what was taken as another level', async () => {
  const csv = temporaryFile(
    'km,express,day,city\n"1.234,5",JA,11.01.2024,Rome\n"1.234,5",ja,2024-01-11,Paris\n1234.5,ja,11.01.2024,Rome\nk.A.,nein,11.01.2024,\n',
  );
  const to = join(temporaryFolder(), 'out.csv');
  const { predicted, rows } = await predictCsv(served.predictor, csv, to, { explain: true });
  expect([predicted, rows]).toEqual([3, 4]);
  const [header = '', first = '', second = '', third = ''] = readFileSync(to, 'utf8').split('\n');
  expect(header).toMatch(/^km,express,day,city,prediction,base,.*outside,problem$/);
  // Decimals as the file has them.
  expect(first).toMatch(/Rome,2504,"2017,38\d*","471,34/);
  expect(second).toContain('City Paris is not listed, and is taken as other');
  expect(third).toContain('km:');
});

test('the release keeps what was assumed, and the columns that are kept out', () => {
  const { dataset } = served.predictor.manifest;
  expect(dataset.assumed).toEqual(['the column refund is known only after the trip']);
  expect(dataset.columns.find(({ name }) => name === 'refund')).toMatchObject({
    kind: 'leaking',
    reason: expect.any(String),
  });
});

test('the report shows each kind, what was assumed, and why columns are kept out', async () => {
  const release = await readReleaseRecord(join(served.artifacts, 'current'));
  if (!release) throw new Error('there is no release');
  const told = columns(release);
  for (const line of [
    /^\| `km` \| Distance \| 0 to 5000 km \| mean /m,
    /^\| `express` \| Express \| 2 levels: nein · ja \| most often ja/m,
    /^\| `day` \| Day \| a date as DD\.MM\.YYYY, from 01\.01\.2024 on \| mean \d\d\.01\.2024/m,
    /^\| `id` \| Id \| any text, as an identifier\\: every row has another one/m,
    /^\| `currency` \| Currency \| not read, as a constant\\: every row has EUR/m,
    /^\| `note` \| Note \| not read, as free text/m,
    /^\| `refund` \| Refund \| not read, as a leak of the target\\: it is known after the trip/m,
  ])
    expect(told).toMatch(line);
  expect(assumed(release)).toBe('Assumed of the data:\n\n- the column refund is known only after the trip');
});
