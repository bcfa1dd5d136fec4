import { describe, expect, test } from 'vitest';
import { writeHouses } from '../../houses.ts';
import { serve } from '../serve.ts';

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
  expect(html).toContain(`curl ${served.url}/api/v1/predictions`);
});

test.each([
  [{ area: '17', rooms: '11', heating: 'gas' }, 89],
  [{ area: '11', rooms: '17', heating: 'gas' }, 107],
  [{ area: '17', rooms: '11', heating: 'heat pump' }, 119],
])('each field reaches its own column: %j', async (form, price) => {
  expect((await page(form)).html).toContain(`<output id="prediction-value">${price}</output>`);
});

describe('a value that is not known', () => {
  test('is said by a box beside a number, and by an option of a list', async () => {
    const { status, html } = await page([
      ['area', '100'],
      ['rooms', ''],
      ['not-known', 'rooms'],
      ['heating', ' not known'],
    ]);
    expect(status).toBe(200);
    const prediction = served.predictor.predict({ area: 100, rooms: null, heating: null });
    expect(html).toContain(`<output id="prediction-value">${Math.round(prediction)}</output>`);
    expect(html).toMatch(/<input type="checkbox" id="rooms-not-known" name="not-known" value="rooms" checked/);
    expect(html).not.toMatch(/value="area" checked/);
    expect(html).toContain('<option value=" not known" selected>Not known</option>');
    expect(html).toContain('&quot;rooms&quot;: null');
  });

  test('is not what an empty field says', async () => {
    const { status, html } = await page({ ...good, rooms: ' ' });
    expect(status).toBe(422);
    expect(html).toContain('id="rooms-error">is missing: enter a number, or tick “Not known”</small>');
  });

  test('cannot have a value, and must belong to a field', async () => {
    const both = await page([
      ...Object.entries({ ...good, rooms: '99' }),
      ['not-known', 'area'],
      ['not-known', 'colour'],
    ]);
    expect(both.status).toBe(422);
    expect(both.html).toContain(
      'id="area-error">has a value, and is said to be not known: keep one of the two</small>',
    );
    expect(both.html).toContain('id="rooms-error">must be a whole number from 1 to 20</small>');
    expect(both.html).toContain('<li>colour: not a field</li>');
    expect(both.html).toContain('3 fields need another look');
  });
});

describe('what is wrong is said beside its field, with 422', () => {
  test('several at once, and what was entered stays', async () => {
    const { status, html } = await page({ area: '9', rooms: 'many', heating: '' });
    expect(status).toBe(422);
    expect(html).not.toContain('<output');
    expect(html).toContain('<small class="error" id="area-error">must be a number from 10 to 500</small>');
    expect(html).toContain('<small class="error" id="rooms-error">must be a whole number from 1 to 20</small>');
    expect(html).toContain('<small class="error" id="heating-error">is missing: choose one, or “Not known”</small>');
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

describe('what was sent costs no more than it should', () => {
  test('a long value, and long names', async () => {
    const long = await page({ ...good, area: '1'.repeat(15_000) });
    expect(long.status).toBe(422);
    const names = await page({ ...good, ['a'.repeat(5000)]: '1', ['b'.repeat(5000)]: '1' });
    expect(names.status).toBe(422);
    expect(names.html).toContain('2 fields need another look');
    const { html } = await page();
    for (const { html: answer } of [long, names]) expect(answer.length).toBeLessThan(html.length + 2000);
  });

  test('many fields', async () => {
    const { status, html } = await page(Object.fromEntries(Array.from({ length: 90 }, (_, i) => [`field${i}`, '1'])));
    expect(status).toBe(422);
    expect(html).toContain('93 fields need another look');
    // Three fields are missing.
    expect(html).toContain('<li>… and 80 more</li>');
    const more = await page(Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`${i}`, ''])));
    expect(more.status).toBe(413);
    expect(more.html).toContain('The form has 2,000 fields; at most 106 are read.');
  });

  test('a name of every object', async () => {
    const { status, html } = await page({ ...good, ['__proto__']: '1', constructor: '2' });
    expect(status).toBe(422);
    expect(html).toContain('<li>__proto__: not a field');
    expect(html).toContain('<li>constructor: not a field');
  });

  test('a number beyond all', async () => {
    const { status, html } = await page({ ...good, area: '1e999' });
    expect(status).toBe(422);
    expect(html).toContain('id="area-error">must be a number from 10 to 500</small>');
  });
});

test('a form that is too large, and one that is none, are refused', async () => {
  const large = await page({ ...good, area: '1'.repeat(20_000) });
  expect(large.status).toBe(413);
  expect(large.html).toContain('The body is too large: at most 16,384 bytes are read here.');
  const response = await fetch(served.url, {
    method: 'POST',
    body: 'area=1',
    headers: { 'Content-Type': 'text/plain' },
  });
  expect(response.status).toBe(415);
  expect((await fetch(served.url, { method: 'PUT' })).status).toBe(405);
});

test('every answer to people has the security headers, and none says what serves it', async () => {
  for (const path of ['/', '/nothing', '/api/predictions', '/assets/plumbline.css']) {
    const { headers } = await fetch(`${served.url}${path}`);
    expect(headers.get('Content-Security-Policy'), path).toBe(
      "default-src 'none';style-src 'self';script-src 'self';connect-src 'self';img-src 'self' data:;form-action 'self';base-uri 'none';frame-ancestors 'none'",
    );
    expect(headers.get('X-Content-Type-Options'), path).toBe('nosniff');
    expect(headers.get('X-Frame-Options'), path).toBe('DENY');
    expect(headers.get('Referrer-Policy'), path).toBe('same-origin');
    expect(headers.get('X-Powered-By'), path).toBeNull();
    expect(headers.get('Cache-Control'), path).toMatch(path.startsWith('/assets/') ? 'max-age' : 'no-store');
  }
});

test('the assets that the page names exist, and may be kept: their address changes with what they say', async () => {
  const { html } = await page();
  const assets = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => path as string);
  const script = assets.find((path) => path.endsWith('/form.js')) as string;
  expect(script).toMatch(/^\/assets\/[0-9a-f]{12}\/form\.js$/);
  expect(assets.length).toBeGreaterThanOrEqual(5);
  for (const path of assets) {
    const { status, headers } = await fetch(`${served.url}${path}`);
    expect(status, path).toBe(200);
    expect(headers.get('Cache-Control'), path).toContain('immutable');
  }
  const ofAnotherVersion = await fetch(`${served.url}${script.replace(/[0-9a-f]{12}/, 'an-older-one')}`);
  expect(ofAnotherVersion.status).toBe(200);
  expect(ofAnotherVersion.headers.get('Cache-Control')).toBe('public, max-age=0, must-revalidate');
});
