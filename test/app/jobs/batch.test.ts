import { existsSync, readdirSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import type { Job } from '../../../app/jobs/job.ts';
import { houseRows, writeHouses } from '../../houses.ts';
import { serve } from '../serve.ts';
import { until } from '../until.ts';

const served = serve(writeHouses, { logLevel: 'info' });
type Body = NonNullable<RequestInit['body']>;

const CSV = { 'Content-Type': 'text/csv' };
const house = (i: number) => `${10 + (i % 400)},${1 + (i % 9)},gas`;
const csv = (rows: readonly string[], header = 'area,rooms,heating') => [header, ...rows, ''].join('\n');

const send = (body: Body, query = '', headers: Record<string, string> = CSV) =>
  fetch(`${served.url}/api/batch${query}`, { method: 'POST', headers, body });

const ask = async (id: string) => (await fetch(`${served.url}/api/v1/batch/${id}`)).json() as Promise<Job>;

/** A job once it has ended. */
const ended = (id: string) =>
  until(async () => {
    const job = await ask(id);
    return job.ended === undefined ? undefined : job;
  });

/** What becomes of a file. */
async function predicted(body: Body, query = '', headers: Record<string, string> = CSV) {
  const response = await send(body, query, headers);
  expect(response.status, await response.clone().text()).toBe(202);
  const { id } = (await response.json()) as Job;
  const job = await ended(id);
  const result = await fetch(`${served.url}/api/batch/${id}/result`);
  const text = await result.text();
  return { job, result, text, rows: parse(text, { columns: true }) as Record<string, string>[] };
}

test('a file gives a job to poll, and then itself with predictions, in its order', async () => {
  const rows = Array.from({ length: 9000 }, (_, i) => house(i));
  const response = await send(csv(rows));
  expect(response.status).toBe(202);
  const made = (await response.json()) as Job;
  expect(response.headers.get('Location')).toBe(`/api/batch/${made.id}`);
  expect(made).toMatchObject({
    status: 'waiting',
    file: { name: 'rows.csv', format: 'csv' },
    options: { interval: true, contributions: false },
    progress: { rows: 0, share: 0 },
  });
  const job = await ended(made.id);
  expect(job).toMatchObject({
    status: 'done',
    release: served.predictor.release,
    progress: { rows: 9000, share: 1 },
    result: { rows: 9000, predicted: 9000, url: `/api/v1/batch/${made.id}/result`, problems: [] },
  });
  const routes = served.logged.map((line) => JSON.parse(line).route);
  expect(routes).toContain('/api/batch');
  expect(routes).toContain('/api/v1/batch/:id');
  expect(Date.parse(job.expires as string) - Date.parse(job.ended as string)).toBe(3_600_000);
  const result = await fetch(served.url + job.result?.url);
  expect(result.headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
  expect(result.headers.get('Content-Disposition')).toBe('attachment; filename=rows-predicted.csv');
  const lines = (await result.text()).trimEnd().split('\n');
  expect(lines[0]).toBe('area,rooms,heating,prediction,prediction_low,prediction_high,problem');
  expect(lines.slice(1).map((line) => line.split(',').slice(0, 3).join(','))).toEqual(rows);
  const records = rows.map((row) => {
    const [area, rooms, heating] = row.split(',');
    return { area: Number(area), rooms: Number(rooms), heating };
  });
  expect(lines.slice(1).map((line) => Number(line.split(',')[3]))).toEqual([...served.predictor.predictAll(records)]);
});

test('bad rows come back in place with their reasons, and columns that are there already stay', async () => {
  const { job, rows } = await predicted(
    csv([`${house(0)},x`, '9,2,gas,y', '50,3', `${house(1)},z`], 'area,rooms,heating,problem'),
  );
  expect(rows).toMatchObject([
    { problem: 'x', problem_2: '' },
    { problem: 'y', prediction: '', problem_2: 'area: "9" is not a number from 10 to 500' },
    { area: '50', prediction: '', problem_2: '2 cells where the header has 4' },
    { problem: 'z', problem_2: '' },
  ]);
  expect(job.result).toMatchObject({
    rows: 4,
    predicted: 2,
    columns: { prediction: 'prediction', problem: 'problem_2' },
    problems: [{ path: 'line 3, area', message: '"9" is not a number from 10 to 500' }, { path: 'line 4' }],
  });
});

test('contributions are added where they are wanted, and intervals left out', async () => {
  const { rows } = await predicted(csv([house(3)]), '?contributions=true&interval=false');
  expect(Object.keys(rows[0] ?? {})).toEqual([
    ...['area', 'rooms', 'heating', 'prediction', 'base', 'contribution_area', 'contribution_rooms'],
    ...['contribution_heating', 'outside', 'problem'],
  ]);
});

describe('a form with a file', () => {
  const form = (...parts: readonly [string, string | Blob, string?][]) => {
    const data = new FormData();
    for (const [name, value, file] of parts) {
      if (typeof value === 'string') data.append(name, value);
      else data.append(name, value, file);
    }
    return data;
  };
  const file = new Blob([csv([house(1), house(2)])]);

  test('is taken, with what stands beside it, wherever that stands', async () => {
    const { job, result, rows } = await predicted(
      form(['file', file, 'a/my houses.csv'], ['contributions', 'true']),
      '',
      {},
    );
    expect(job).toMatchObject({ file: { name: 'my houses.csv' }, options: { contributions: true } });
    expect(result.headers.get('Content-Disposition')).toBe('attachment; filename="my houses-predicted.csv"');
    expect(rows).toHaveLength(2);
  });

  test('says of a box that is not checked that it is not', async () => {
    const { job } = await predicted(form(['unchecked', 'false'], ['file', file, 'a.csv']), '', {});
    expect(job.options).toEqual({ interval: false, contributions: false });
    const checked = form(['unchecked', 'false'], ['interval', 'true'], ['file', file, 'a.csv']);
    expect((await predicted(checked, '', {})).job.options).toEqual({ interval: true, contributions: false });
  });

  test('is refused without a file, with two, or where it breaks off', async () => {
    const refused = async (body: Body, headers: Record<string, string> = {}) => {
      const response = await send(body, '', headers);
      return [response.status, ((await response.json()) as { detail: string }).detail];
    };
    expect(await refused(form(['contributions', 'true']))).toEqual([400, 'The form has no file.']);
    expect(await refused(form(['a', file, 'a.csv'], ['b', file, 'b.csv']))).toEqual([
      400,
      'Send one file, and at most 10 fields beside it.',
    ]);
    const headers = { 'Content-Type': 'multipart/form-data; boundary=x' };
    for (const value of ['true', 'false'])
      expect(await refused(form(['file', file, 'a.csv'], ['interval', 'true'], ['interval', value]))).toEqual([
        400,
        'The field "interval" of the form is there twice.',
      ]);
    expect(await refused(form(['file', file, 'a.csv'], ['', '1'], ['', '2']))).toEqual([
      400,
      'The field "" of the form is there twice.',
    ]);
    expect(await refused(form(['file', file, 'a.csv'], ['interval', 'true'.padEnd(200)]))).toEqual([
      400,
      'The field "interval" of the form is too long.',
    ]);
    const cut = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\narea,rooms,heating\n50,2';
    expect(await refused(cut, headers)).toEqual([400, 'The form cannot be read: Unexpected end of form.']);
    expect(await refused('x', { 'Content-Type': 'multipart/form-data' })).toEqual([
      415,
      expect.stringContaining('Send a CSV'),
    ]);
    expect(await refused('x', { 'Content-Type': 'multipart/form-data; charset=x' })).toEqual([
      400,
      'The form cannot be read: its Content-Type has no boundary.',
    ]);
  });
});

describe('what is no file of these rows is refused before anything is promised', () => {
  test.each([
    ['another type', 'text/html', csv([house(1)]), 415, 'Send a CSV with Content-Type: text/csv'],
    ['a lie about Parquet', 'application/vnd.apache.parquet', csv([house(1)]), 415, 'is no Parquet'],
    ['Parquet as CSV', 'text/csv', 'PAR1aaaaaaaa', 415, 'is Parquet'],
    ['a workbook', 'text/csv', 'PK\x03\x04'.padEnd(600, 'x'), 415, 'export it as text'],
    ['an empty file', 'text/csv', '', 422, 'The file is empty.'],
    ['other columns', 'text/csv', 'a,b\n1,2\n', 422, 'rows.csv has none of the columns that are declared'],
    ['a column that is missing', 'text/csv', 'area,rooms\n50,2\n', 422, 'the header of rows.csv does not fit'],
    [
      'truncated Parquet',
      'application/vnd.apache.parquet',
      `PAR1${'\0'.repeat(2000)}`,
      422,
      'rows.parquet cannot be read as Parquet',
    ],
  ])('%s', async (_, type, body, status, detail) => {
    const response = await send(body, '', { 'Content-Type': type });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ detail: expect.stringContaining(detail) });
    expect(readdirSync(served.batches).filter((name) => !existsSync(`${served.batches}/${name}/job.json`))).toEqual([]);
  });

  test('options that are none', async () => {
    for (const query of ['?interval=1', '?contributions=true&contributions=true', '?contributions[]=true'])
      expect((await send(csv([house(1)]), query)).status, query).toBe(query.includes('[]') ? 202 : 400);
  });
});

test('a body that is packed is unpacked, and so is a file that gzip packed', async () => {
  const packed = gzipSync(csv([house(1), house(2)]));
  const { rows } = await predicted(packed, '', { ...CSV, 'Content-Encoding': 'gzip' });
  expect(rows).toHaveLength(2);
  expect((await predicted(packed)).rows).toEqual(rows);
});

test('a file is for whoever knows its id, and a browser has its own', async () => {
  expect((await fetch(`${served.url}/api/batch/${'x'.repeat(32)}`)).status).toBe(404);
  expect((await fetch(`${served.url}/api/batch/..%2f..%2fjob`)).status).toBe(404);
  const cookie = `plumbline_batches=${'a'.repeat(43)}`;
  const { id } = (await (await send(csv([house(1)]), '', { ...CSV, Cookie: cookie })).json()) as Job;
  const status = async (headers: Record<string, string>, init: RequestInit = {}, rest = '') =>
    (await fetch(`${served.url}/api/batch/${id}${rest}`, { headers, ...init })).status;
  expect(await status({ Cookie: `x=y; ${cookie}` })).toBe(200);
  // Over HTTPS other hosts of the domain can set it.
  const planted = { Cookie: cookie, 'X-Forwarded-Proto': 'https' };
  for (const headers of [{}, { Cookie: `plumbline_batches=${'b'.repeat(43)}` }, planted] as Record<string, string>[]) {
    expect(await status(headers)).toBe(404);
    expect(await status(headers, { method: 'DELETE' })).toBe(404);
    expect(await status(headers, {}, '/result')).toBe(404);
  }
});

test('a browser gets a cookie that over HTTPS no other host can set', async () => {
  const cookie = async (headers = {}) => (await fetch(`${served.url}/batch`, { headers })).headers.get('Set-Cookie');
  expect(await cookie()).toMatch(/^plumbline_batches=[\w-]{43}; Max-Age=86400; Path=\/; .*HttpOnly; SameSite=Lax$/);
  const secure = { 'X-Forwarded-Proto': 'https' };
  const given = (await cookie(secure)) as string;
  expect(given).toMatch(/^__Host-plumbline_batches=[\w-]{43}; .*HttpOnly; Secure; SameSite=Lax$/);
  const own = { ...secure, Cookie: given.split(';')[0] as string };
  const { id } = (await (await send(csv([house(1)]), '', { ...CSV, ...own })).json()) as Job;
  expect((await fetch(`${served.url}/api/batch/${id}`, { headers: own })).status).toBe(200);
  expect((await fetch(`${served.url}/api/batch/${id}`)).status).toBe(404);
});

test('a page of another site sends no file, and cancels none', async () => {
  const body = new FormData();
  body.append('file', new Blob([csv([house(1)])]), 'houses.csv');
  const headers = { Origin: 'https://elsewhere.example', 'Sec-Fetch-Site': 'cross-site' };
  for (const path of ['/batch', `/batch/${'a'.repeat(32)}/cancel`, '/api/batch', '/api/v1/batch']) {
    const { status } = await fetch(`${served.url}${path}`, { method: 'POST', headers, body, redirect: 'manual' });
    expect(status, path).toBe(403);
  }
  // Programs that bring a key may say what they like.
  expect((await send(csv([house(1)]), '', { ...CSV, ...headers, Authorization: 'Bearer x' })).status).toBe(202);
});

test('what has ended is removed by whoever owns it', async () => {
  const { job } = await predicted(csv([house(1)]));
  expect((await fetch(`${served.url}/api/batch/${job.id}`, { method: 'DELETE' })).status).toBe(204);
  expect((await fetch(`${served.url}/api/batch/${job.id}`)).status).toBe(404);
  expect(existsSync(`${served.batches}/${job.id}`)).toBe(false);
});

test.each([
  ['GET', '/api/batch', 'POST'],
  ['PUT', '/api/batch/an-id', 'GET, HEAD, DELETE'],
  ['POST', '/api/batch/an-id/result', 'GET, HEAD'],
  ['PUT', '/batch', 'GET, HEAD, POST'],
  ['POST', '/batch/an-id', 'GET, HEAD'],
  ['POST', '/batch/an-id/result.csv', 'GET, HEAD'],
])('%s %s is refused, and what is taken is said', async (method, path, allowed) => {
  const response = await fetch(served.url + path, { method });
  expect([response.status, response.headers.get('Allow')]).toEqual([405, allowed]);
});

test('a download goes on where it broke off, and says where it ends', async () => {
  const { job, text } = await predicted(csv([house(1), house(2)]));
  const ask = (headers: Record<string, string>) =>
    fetch(`${served.url}/api/batch/${job.id}/result`, { headers: { 'Accept-Encoding': 'identity', ...headers } });
  const { length } = text;
  const rest = await ask({ Range: 'bytes=10-' });
  expect([rest.status, rest.headers.get('Content-Range'), await rest.text()]).toEqual([
    206,
    `bytes 10-${length - 1}/${length}`,
    text.slice(10),
  ]);
  // As whoever has all of it asks.
  const whole = await ask({ Range: `bytes=${length}-` });
  expect([whole.status, whole.headers.get('Content-Range'), whole.headers.get('Content-Disposition')]).toEqual([
    416,
    `bytes */${length}`,
    null,
  ]);
  expect(await whole.json()).toMatchObject({ type: '/problems/range-not-satisfiable', status: 416 });
  const changed = await ask({ 'If-Unmodified-Since': 'Thu, 01 Jan 2026 00:00:00 GMT' });
  expect(await changed.json()).toMatchObject({ type: '/problems/precondition-failed', status: 412 });
  rmSync(`${served.batches}/${job.id}/result.csv`);
  expect(await (await ask({})).json()).toMatchObject({ type: '/problems/not-found', status: 404 });
});

test('who goes while sending leaves nothing behind', async () => {
  const before = readdirSync(served.batches).length;
  const sent = request(`${served.url}/api/batch`, { method: 'POST', headers: CSV });
  sent.on('error', () => {});
  sent.write(csv(houseRows(10)));
  await until(() => (readdirSync(served.batches).length > before ? true : undefined));
  sent.destroy();
  await until(() => (readdirSync(served.batches).length === before ? true : undefined));
  expect(served.logged.filter((line) => JSON.parse(line).level >= 50)).toEqual([]);
});
