import { describe, expect, test } from 'vitest';
import { writeHouses } from '../houses.ts';
import { serve } from './serve.ts';

const served = serve(writeHouses);
const good = { area: '100', rooms: '3', heating: 'gas' };

async function page(
  form?: Record<string, string> | [string, string][] | string,
): Promise<{ status: number; html: string }> {
  const response = await fetch(
    served.url,
    form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) },
  );
  return { status: response.status, html: await response.text() };
}

/** The tag of the field with this name. */
const tag = (html: string, name: string) =>
  new RegExp(`<(?:input|select)[^>]* name="${name}"[^>]*>`).exec(html)?.[0] ?? '';

describe('the form follows the declaration', () => {
  test('a number input with its range and step, a select with its levels', async () => {
    const { status, html } = await page();
    expect(status).toBe(200);
    expect(tag(html, 'area')).toMatch(/type="number".* min="10" max="500" step="any"/);
    expect(tag(html, 'rooms')).toMatch(/type="number".* min="1" max="20" step="1"/);
    expect(tag(html, 'heating')).toMatch(/^<select/);
    for (const level of ['gas', 'heat pump', 'none'])
      expect(html).toContain(`<option value="${level}">${level}</option>`);
    expect(tag(html, 'price')).toBe('');
    expect(html).toContain('<button type="submit">Predict Price</button>');
  });
});

test('posting it shows the prediction and keeps what was entered', async () => {
  const { status, html } = await page(good);
  expect(status).toBe(200);
  expect(html).toContain('<output id="prediction-value">215</output>');
  expect(html).toContain('<title>215 · Price · House prices</title>');
  expect(tag(html, 'area')).toContain('value="100"');
  expect(tag(html, 'rooms')).toContain('value="3"');
  expect(html).toContain('<option value="gas" selected>gas</option>');
  expect(html).toContain(`curl ${served.url}/api/predictions`);
});

test.each([
  [{ area: '17', rooms: '11', heating: 'gas' }, 89],
  [{ area: '11', rooms: '17', heating: 'gas' }, 107],
  [{ area: '17', rooms: '11', heating: 'heat pump' }, 119],
])('each field reaches its own column: %j', async (form, price) => {
  expect((await page(form)).html).toContain(`<output id="prediction-value">${price}</output>`);
});

describe('what is wrong is said beside its field, with 422', () => {
  test('several at once, and what was entered stays', async () => {
    const { status, html } = await page({ area: '9', rooms: 'many', heating: '' });
    expect(status).toBe(422);
    expect(html).not.toContain('<output');
    expect(html).toContain('<small class="error" id="area-error">must be a number from 10 to 500</small>');
    expect(html).toContain('<small class="error" id="rooms-error">must be a whole number from 1 to 20</small>');
    expect(html).toContain('<small class="error" id="heating-error">is missing</small>');
    expect(tag(html, 'area')).toMatch(/value="9".* aria-invalid="true" aria-describedby="area-hint area-error"/);
    expect(html).toContain('3 fields need another look');
  });

  test('a repeated field', async () => {
    const { status, html } = await page([...Object.entries(good), ['area', '200']]);
    expect(status).toBe(422);
    expect(html).toContain('<small class="error" id="area-error">was sent more than once</small>');
  });

  test('a nested or unknown field', async () => {
    const { status, html } = await page({ ...good, 'area[x]': '1' });
    expect(status).toBe(422);
    expect(html).toContain('<li>area[x]: not a field; the fields are: area, rooms, heating</li>');
  });
});

test('what was entered is shown as text, never as markup', async () => {
  const { html } = await page({ ...good, area: '"><script>alert(1)</script>' });
  expect(html).not.toContain('<script>');
});

test('a form that is too large, and one that is none, are refused', async () => {
  expect((await page({ ...good, area: '1'.repeat(20_000) })).status).toBe(413);
  const response = await fetch(served.url, {
    method: 'POST',
    body: 'area=1',
    headers: { 'Content-Type': 'text/plain' },
  });
  expect(response.status).toBe(415);
  expect((await fetch(served.url, { method: 'PUT' })).status).toBe(405);
});

test('every answer has the security headers, and none says what serves it', async () => {
  for (const path of ['/', '/nothing', '/api/predictions', '/healthz', '/assets/plumbline.css']) {
    const { headers } = await fetch(`${served.url}${path}`);
    expect(headers.get('Content-Security-Policy'), path).toBe(
      "default-src 'none';style-src 'self';img-src 'self' data:;form-action 'self';base-uri 'none';frame-ancestors 'none'",
    );
    expect(headers.get('X-Content-Type-Options'), path).toBe('nosniff');
    expect(headers.get('X-Frame-Options'), path).toBe('DENY');
    expect(headers.get('Referrer-Policy'), path).toBe('no-referrer');
    expect(headers.get('X-Powered-By'), path).toBeNull();
    expect(headers.get('Cache-Control'), path).toMatch(path.startsWith('/assets/') ? 'max-age' : 'no-store');
  }
});

test('the assets that the page names exist', async () => {
  const { html } = await page();
  const assets = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => path);
  expect(assets.length).toBeGreaterThanOrEqual(3);
  for (const path of assets) expect((await fetch(`${served.url}${path}`)).status, path).toBe(200);
});
