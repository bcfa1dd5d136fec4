import { describe, expect, test } from 'vitest';
import { fieldOf } from '../../app/pages/form/field.ts';
import type { FeatureColumn } from '../../ml/index.ts';
import { writePanel } from '../panel.ts';
import { serve } from './serve.ts';

const served = serve((folder) => writePanel(folder));

const answer = (record: unknown) =>
  fetch(`${served.url}/api/predictions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(record),
  });
const record = { month: '2025-01-10', area: 100, sale: 'no' };

describe('the API', () => {
  test('takes a date as a string, and null where it is not known', async () => {
    const known = await (await answer(record)).json();
    expect(known).toMatchObject({ prediction: expect.closeTo(237.5, 6) });
    expect((await answer({ ...record, month: null })).status).toBe(200);
    const month = await (await answer({ ...record, month: '2025-01-20' })).json();
    expect(month).toMatchObject({ prediction: expect.closeTo(238.5, 6) });
  });

  test.each([
    ['10/01/2025', /^must be a date as YYYY-MM-DD, from 2020-01-01 to 2029-12-31; write dates as/],
    ['2019-12-31', /^must be a date as YYYY-MM-DD, from 2020-01-01 to 2029-12-31$/],
    ['2025-01-10T00:00:00Z', /; declare "format": "date-time" where there is a time of day$/],
    [20_098, /^must be a date as/],
  ])('refuses %j as one', async (month, detail) => {
    const response = await answer({ ...record, month });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      errors: [{ field: 'month', detail: expect.stringMatching(detail) }],
    });
  });

  test('asks for no identifier', async () => {
    expect(await (await answer({ ...record, shop: 'N° 001' })).json()).toMatchObject({ errors: [{ field: 'shop' }] });
  });
});

test('a field for a date and a time says that it is UTC', () => {
  const column = { name: 'at', title: 'At', kind: 'date', format: 'date-time' } as const;
  const hintOf = (of: FeatureColumn) => fieldOf(of, { submission: undefined, issues: [], usual: undefined }).hint;
  expect(hintOf(column)).toBe('UTC');
  expect(hintOf({ ...column, min: '2024-01-01T08:00' })).toBe('from 2024-01-01T08:00 on, UTC');
  expect(hintOf({ ...column, format: 'date' })).toBeUndefined();
});

describe('the form', () => {
  const send = async (fields: Record<string, string>) => {
    const response = await fetch(served.url, { method: 'POST', body: new URLSearchParams(fields) });
    return { status: response.status, html: await response.text() };
  };

  test('has a field for a date, with its limits, and none for an identifier', async () => {
    const html = await (await fetch(served.url)).text();
    expect(html).toContain(
      '<input type="date" id="month" name="month" value="" required min="2020-01-01" max="2029-12-31"',
    );
    expect(html).toContain('from 2020-01-01 to 2029-12-31');
    expect(html).toContain('id="month-not-known"');
    expect(html).not.toContain('name="shop"');
  });

  test('predicts from a date, which stays in the field', async () => {
    const { status, html } = await send({ month: '2025-01-15', area: '100', sale: 'no' });
    expect(status).toBe(200);
    expect(html).toContain('<output id="prediction-value">238</output>');
    expect(html).toContain('name="month" value="2025-01-15"');
  });

  test('says beside the field what is wrong with it', async () => {
    const empty = await send({ month: '', area: '100', sale: 'no' });
    expect(empty.status).toBe(422);
    expect(empty.html).toContain('is missing: enter a date, or tick “Not known”');
    expect((await send({ month: '2030-01-01', area: '100', sale: 'no' })).html).toContain(
      'must be a date as YYYY-MM-DD',
    );
    expect((await send({ 'not-known': 'month', area: '100', sale: 'no' })).status).toBe(200);
  });
});
