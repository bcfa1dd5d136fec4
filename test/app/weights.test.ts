import { expect, test } from 'vitest';
import { writeWeightedHouses } from '../weighted-houses.ts';
import { serve } from './serve.ts';

const served = serve(writeWeightedHouses);

test('the form has no field for the weight', async () => {
  const html = await (await fetch(served.url)).text();
  expect(html).toContain('name="rooms"');
  expect(html).not.toMatch(/copies/i);
});

test('the API takes no weight', async () => {
  const record = { area: 100, rooms: 3, heating: 'gas' };
  const ask = (body: object) =>
    fetch(`${served.url}/api/predictions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  expect((await ask(record)).status).toBe(200);
  const refused = await ask({ ...record, copies: 1 });
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain('copies');
});
