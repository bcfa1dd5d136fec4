// Whatever file is sent, it is predicted as far as it can be read, or it is said what is wrong with it.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Job } from '../../../app/jobs/job.ts';
import type { Declaration } from '../../../ml/index.ts';
import { writeTrips } from '../../trips.ts';
import { serve } from '../serve.ts';
import { until } from '../until.ts';
import { type Answered, goesBothWays, isProblem, nothingBreaks, type Sent, TIMEOUT, tries } from './door.ts';
import { oddFiles, oddParquet } from './odd-files.ts';
import { packed } from './odd-json.ts';

const columns = ['km', 'express', 'day', 'city'];
const rows = [
  ['1234,5', 'ja', '11.01.2024', 'Rome'],
  ['1.234,5', 'nein', '31.01.2024', 'Oslo'],
  ['', 'k.A.', '', ''],
];
const anyName = fc.oneof(
  fc.constantFrom(...columns, '__proto__', 'constructor', '', 'fare', 'prediction', 'problem'),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const { file, form } = oddFiles(columns, rows, anyName);
const path = fc
  .oneof(
    {
      weight: 4,
      arbitrary: fc.constantFrom('', '', '?interval=true', '?contributions=true', '?contributions=true&interval=false'),
    },
    fc.constantFrom('?interval=maybe', '?contributions=true&contributions=1', '?interval[]=true', '?%ff'),
    fc.webQueryParameters().map((text) => `?${text}`),
  )
  .map((query) => `/api/batch${query}`);

/** Waits for what becomes of a file; what comes of it is whole. */
const becomes =
  (served: { readonly url: string }) =>
  async ({ status, text }: Answered) => {
    if (status !== 202) return isProblem(text);
    const url = `${served.url}/api/batch/${(JSON.parse(text) as Job).id}`;
    const job = await until(async () => {
      const asked = (await (await fetch(url)).json()) as Job;
      return asked.ended === undefined ? undefined : asked;
    });
    if (job.status === 'done') expect((await (await fetch(`${url}/result`)).bytes()).length).toBe(job.result?.bytes);
    else expect(['invalid-file', 'too-large']).toContain(job.failure?.reason);
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(204);
  };

describe('a file of rows', () => {
  const served = serve(writeTrips, { logLevel: 'info' });
  nothingBreaks(served);
  const type = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('text/csv', 'text/csv; charset=utf-8') },
    fc.constantFrom('application/vnd.apache.parquet', 'text/plain'),
  );

  test(
    'as the body',
    () => tries(served, fc.record<Sent>({ path, type, body: file }), becomes(served)).then(goesBothWays),
    TIMEOUT,
  );

  test(
    'as the body, packed or said to be',
    () =>
      tries(
        served,
        fc.record({ path, type, packed: packed(file) }).map(({ packed: { body, encoding }, ...sent }) => ({
          ...{ ...sent, body },
          headers: { 'Content-Encoding': encoding },
        })),
        becomes(served),
      ).then(goesBothWays),
    TIMEOUT,
  );

  test(
    'in a form',
    () =>
      tries(
        served,
        fc.record<Sent>({
          path,
          type: fc.oneof(
            { weight: 5, arbitrary: fc.constant('multipart/form-data; boundary=x') },
            fc.constantFrom(
              'multipart/form-data; boundary=y',
              'multipart/form-data',
              'multipart/form-data; boundary="x',
            ),
          ),
          body: form,
        }),
        becomes(served),
      ).then(goesBothWays),
    TIMEOUT,
  );
});

describe('a file of Parquet', () => {
  const parcels: Declaration = {
    name: 'parcels',
    title: 'Parcels',
    file: 'parcels.csv',
    target: 'price',
    columns: [
      { name: 'small', title: 'Small', kind: 'numeric' },
      { name: 'share', title: 'Share', kind: 'numeric' },
      { name: 'level', title: 'Level', kind: 'categorical', levels: ['high', 'low'] },
      { name: 'day', title: 'Day', kind: 'date', format: 'YYYY-MM-DD' },
      { name: 'price', title: 'Price', kind: 'numeric' },
    ],
  };
  const writeParcels = (folder: string) => {
    writeFileSync(join(folder, 'dataset.json'), JSON.stringify(parcels));
    const all = Array.from(
      { length: 60 },
      (_, i) =>
        `${i % 7},${(i % 11) / 10},${i % 2 ? 'high' : 'low'},2024-01-${String(1 + (i % 28)).padStart(2, '0')},${i % 7}`,
    );
    writeFileSync(join(folder, parcels.file), ['small,share,level,day,price', ...all, ''].join('\n'));
    return folder;
  };
  const served = serve(writeParcels, { logLevel: 'info' });
  nothingBreaks(served);

  test(
    'that was right once',
    () =>
      tries(
        served,
        fc.record<Sent>({
          path,
          type: fc.constantFrom('application/vnd.apache.parquet', 'application/vnd.apache.parquet', 'text/csv'),
          body: oddParquet('test/fixtures/odd-files/types.parquet'),
        }),
        becomes(served),
      ).then(goesBothWays),
    TIMEOUT,
  );
});
