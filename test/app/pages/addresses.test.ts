// A case has an address: inputs stand in it as the form sends them.

import { describe, expect, test } from 'vitest';
import { writeHouses } from '../../houses.ts';
import { writeTrips } from '../../trips.ts';
import { serve } from '../serve.ts';

const houses = serve(writeHouses, { logLevel: 'info' });
const trips = serve(writeTrips);
const good = 'area=100&rooms=3&heating=gas';

async function get(path: string, url = houses.url): Promise<{ status: number; html: string }> {
  const response = await fetch(url + path);
  return { status: response.status, html: (await response.text()).replaceAll('&amp;', '&') };
}

async function post(path: string, body: string): Promise<{ status: number; html: string }> {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const response = await fetch(houses.url + path, { method: 'POST', body, headers });
  return { status: response.status, html: (await response.text()).replaceAll('&amp;', '&') };
}

const valueIn = (html: string) => /id="prediction-value"[^>]*>([^<]*)</.exec(html)?.[1];
/** The address that an answer names as its own. */
const addressIn = (html: string) => /href="(\/\?[^"]*)">Address of this case/.exec(html)?.[1];

describe('the address of a case', () => {
  test('opens with its inputs filled in, and the answer made', async () => {
    const { status, html } = await get(`/?${good}`);
    expect([status, valueIn(html), addressIn(html)]).toEqual([200, '215', `/?${good}`]);
    expect(html).toMatch(/<input[^>]* name="area"[^>]* value="100"/);
    expect(html).toContain('<option value="gas" selected>');
    expect(html).toContain(`id="answer" data-inputs="${good}"`);
  });

  test('holds what is not known', async () => {
    const sent = await post('/', 'area=100&rooms=&not-known=rooms&heating=+not+known');
    const address = addressIn(sent.html) ?? '';
    expect(address).toBe('/?area=100&not-known=rooms&heating=+not+known');
    expect(valueIn((await get(address)).html)).toBe(valueIn(sent.html));
  });

  test('with some of the inputs fills those in, and asks for the others without a complaint', async () => {
    const { status, html } = await get('/?area=100');
    expect([status, valueIn(html)]).toEqual([200, undefined]);
    expect(html).toMatch(/<input[^>]* name="area"[^>]* value="100"/);
    expect(html).not.toContain('needs another look');
  });

  test('may hold what others add to addresses', async () => {
    const { status, html } = await get(`/?${good}&utm_source=mail&__proto__=1&not-known=colour`);
    expect([status, valueIn(html), addressIn(html)]).toEqual([200, '215', `/?${good}`]);
  });

  test.each([
    ['a value that is not allowed', 'area=9&rooms=3&heating=gas', 'area-error">must be a number from 10 to 500<'],
    ['a parameter twice', `${good}&area=100`, 'area-error">was sent more than once<'],
    ['a value that is not known either', `${good}&not-known=area`, 'area-error">has a value, and is said to be'],
  ])('with %s says so', async (_, query, error) => {
    const { status, html } = await get(`/?${query}`);
    expect([status, valueIn(html)]).toEqual([422, undefined]);
    expect(html).toContain(error);
  });

  test('of more parameters than a form has is refused', async () => {
    const many = Array.from({ length: 500 }, (_, i) => `f${i}=1`).join('&');
    expect((await get(`/?${many}`)).status).toBe(413);
    expect((await get(`/?area=${'1'.repeat(20_000)}`)).status).toBe(431);
  });

  test('stands in no line of the log', async () => {
    await get('/?area=123.456&rooms=3&heating=gas');
    await expect.poll(() => houses.logged.filter((line) => line.includes('"route":"/"')).length).toBeGreaterThan(1);
    expect(houses.logged.join('')).not.toMatch(/123\.456|area=|heating/);
  });
});

describe('the example', () => {
  test('is a typical record, filled in and answered', async () => {
    const { status, html } = await get('/example');
    expect(status).toBe(200);
    const [, query = ''] = addressIn(html)?.split('?') ?? [];
    const record = Object.fromEntries(new URLSearchParams(query));
    expect(Object.keys(record)).toEqual(['area', 'rooms', 'heating']);
    expect(Number(record.area)).toBeGreaterThan(90);
    expect(Number(record.area)).toBeLessThan(150);
    expect(Number.isInteger(Number(record.rooms))).toBe(true);
    expect(html).not.toContain('class="outside"');
  });

  test('has a value of every kind of column, as the form writes them', async () => {
    const { html } = await get('/example', trips.url);
    const query = addressIn(html)?.split('?')[1];
    expect(query).toMatch(/^km=[\d.]+&express=(ja|nein)&day=2024-01-\d\d&city=(Rome|other)$/);
    expect(valueIn(html)).toMatch(/^[\d,]+$/);
  });
});

describe('what-if', () => {
  test('is answered by the parts of the page that change', async () => {
    const { status, html } = await post('/what-if', `${good}&along-input=rooms`);
    expect([status, valueIn(html), addressIn(html)]).toEqual([200, '215', `/?${good}`]);
    expect([...html.matchAll(/^<div id="([\w-]+)"|<\/div><div id="([\w-]+)"/g)].length).toBeGreaterThan(0);
    for (const id of ['answer', 'along-picture', 'same']) expect(html).toContain(`<div id="${id}"`);
    expect(html).toContain('<figcaption>Price by Rooms</figcaption>');
    expect(html).not.toMatch(/<html|<form|<script/);
  });

  test('says in a sentence what is wrong', async () => {
    const { status, html } = await post('/what-if', 'area=9&rooms=3&heating=gas');
    expect([status, html]).toEqual([422, '<p id="refused">Floor area must be a number from 10 to 500</p>']);
  });

  test('is for forms alone', async () => {
    expect((await fetch(`${houses.url}/what-if`)).status).toBe(405);
    expect((await fetch(`${houses.url}/what-if`, { method: 'POST', body: '{}' })).status).toBe(415);
    expect((await fetch(`${houses.url}/example`, { method: 'POST' })).status).toBe(405);
  });
});
