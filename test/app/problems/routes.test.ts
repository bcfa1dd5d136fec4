import { expect, onTestFinished, test, vi } from 'vitest';
import { type ProblemName, problemAddress, problemTypes } from '../../../app/problems/problem-types.ts';
import { writeHouses } from '../../houses.ts';
import { serve } from '../serve.ts';

const served = serve(writeHouses);

test('the address of a kind of error says what it means', async () => {
  for (const [name, { title, meaning }] of Object.entries(problemTypes)) {
    const response = await fetch(served.url + problemAddress(name as ProblemName));
    expect(response.headers.get('Content-Type')).toMatch('text/plain');
    const text = await response.text();
    expect(text).toContain(title);
    expect(text).toContain(meaning);
  }
  expect((await fetch(`${served.url}/problems/constructor`)).status).toBe(404);
});

test('an error has the address of its kind', async () => {
  const response = await fetch(`${served.url}/api/none`);
  const { type } = (await response.json()) as { type: string };
  expect(type).toBe('/problems/not-found');
  expect((await fetch(new URL(type, response.url))).status).toBe(200);
});

test.each([
  ['GET', '/problems/none', 404, null],
  ['POST', '/problems/none', 404, null],
  ['POST', '/problems', 405, 'GET, HEAD'],
  ['DELETE', '/problems/not-found', 405, 'GET, HEAD'],
])('%s %s is answered by a problem: %i', async (method, path, status, allow) => {
  const response = await fetch(served.url + path, { method });
  expect([response.status, response.headers.get('Allow')]).toEqual([status, allow]);
  expect(response.headers.get('Content-Type')).toMatch('application/problem+json');
  expect(await response.json()).toMatchObject({ status });
});

test('a name that is no text is refused, and nothing is said of it outside the log', async () => {
  const said = vi.spyOn(console, 'error');
  onTestFinished(() => said.mockRestore());
  expect((await fetch(`${served.url}/problems/%ff`)).status).toBe(400);
  expect(said).not.toHaveBeenCalled();
});
