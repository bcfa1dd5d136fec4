import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { Access } from '../../app/access/access.ts';
import { makeKey } from '../../app/access/api-key.ts';
import { proxyTrust } from '../../app/client-address.ts';
import { Gate } from '../../app/gate.ts';
import { navigation } from '../../app/pages/navigation.ts';
import { serve } from '../app/serve.ts';
import { houseRows, houses, writeHouses } from '../houses.ts';
import { makeFolder } from '../temporary.ts';
import { startBrowser, violations, withScripts } from './visit.ts';

const folder = makeFolder();
const key = makeKey('Till 3');
const file = join(folder, 'keys.json');
writeFileSync(file, JSON.stringify({ keys: [key.kept] }));
const access = await Access.open(file, pino({ enabled: false }));
const served = serve(writeHouses, { gate: new Gate({ access, trustsProxy: proxyTrust('loopback') }) });
afterAll(() => access.close());
/** A host that leads here: what is local a browser trusts, and tells it more of where a request comes from. */
const HOST = 'scores.test';
const newPage = startBrowser(`--host-resolver-rules=MAP ${HOST} 127.0.0.1`);

/** A page of a browser in which somebody signs in, who is led where they wanted. */
async function signedIn(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await newPage(options);
  await page.goto(served.url + path);
  await page.getByLabel('Key').fill(key.text);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(served.url + path);
  return page;
}

const pages = [...navigation.map(({ path }) => path), '/sign-in', '/nothing'];

describe.each(Object.entries(withScripts))('%s', (_, setting) => {
  test('every page is accessible, as wide as the screen, and breaks no rule of its own policy', async () => {
    const page = await signedIn('/', setting);
    const problems: string[] = [];
    page.on('console', (message) => {
      // The page that does not exist is one to look at too.
      if (!message.text().includes('404')) problems.push(message.text());
    });
    for (const path of pages) {
      await page.goto(served.url + path);
      problems.push(...(await violations(page)).map((violation) => `${path}: ${violation}`));
      const width = await page.locator('html').evaluate((element) => element.scrollWidth);
      if (width > setting.viewport.width) problems.push(`${path} is ${width} pixels wide`);
    }
    expect(problems).toEqual([]);
  });
});

test('no page is wider than a screen of 768 pixels, or one at a zoom of 200 % with forced colours', async () => {
  const page = await signedIn('/', { forcedColors: 'active' });
  for (const width of [768, 640]) {
    await page.setViewportSize({ width, height: 600 });
    for (const path of pages) {
      await page.goto(served.url + path);
      expect(await page.locator('html').evaluate((element) => element.scrollWidth), path).toBe(width);
    }
  }
});

describe('names without a space, however long', () => {
  const long = (word: string) => `${word}_`.repeat(8);
  const named = serve((folder) => {
    const columns = houses.columns.map((column) => ({ ...column, title: long(column.title.replaceAll(' ', '')) }));
    const levels = ['gas', long('heat'), 'none'];
    writeHouses(
      folder,
      houseRows(60).map((row) => row.replace('heat pump', long('heat'))),
    );
    const declaration = {
      ...houses,
      ...{ title: long('Houses'), description: long('Described'), notice: long('Noted') },
      columns: columns.map((column) => (column.kind === 'categorical' ? { ...column, levels } : column)),
    };
    writeFileSync(join(folder, 'dataset.json'), JSON.stringify(declaration));
    return folder;
  });
  const cases = ['/example', '/batch', '/model', '/api', `/${'nothing'.repeat(14)}`];

  test.each(cases)('make %s no wider than a phone', async (path) => {
    const page = await newPage({ viewport: { width: 375, height: 812 } });
    await page.goto(named.url + path);
    expect(await page.locator('html').evaluate((element) => element.scrollWidth)).toBe(375);
  });
});

test('the header leads to every page, marks where one is, and out', async () => {
  const page = await signedIn('/');
  for (const { path, title } of navigation) {
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: title }).click();
    await page.waitForURL(served.url + path);
    expect(await page.locator('[aria-current=page]').allTextContents()).toEqual([title]);
  }
  await page.getByText('Sign out').click();
  await page.waitForURL(`${served.url}/sign-in`);
  await page.goto(served.url);
  expect(page.url()).toBe(`${served.url}/sign-in?to=%2F`);
});

test('over plain HTTP, as at the address of a server without a domain, people sign in, ask and sign out', async () => {
  const page = await newPage({ javaScriptEnabled: false });
  const url = served.url.replace('localhost', HOST);
  await page.goto(url);
  await page.getByLabel('Key').fill(key.text);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${url}/`);
  await page.getByRole('button', { name: 'Predict Price' }).click();
  expect(await page.getByRole('alert').textContent()).toContain('3 fields need another look');
  await page.getByText('Sign out').click();
  await page.waitForURL(`${url}/sign-in`);
});

test('a key that is none is told of beside its field, and is asked for again', async () => {
  const page = await newPage();
  await page.goto(`${served.url}/model`);
  await page.getByLabel('Key').fill('pl_wrong');
  await page.getByLabel('Key').press('Enter');
  expect(await page.getByRole('alert').textContent()).toContain('no key that is known here');
  const field = page.getByLabel('Key');
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  await field.fill(key.text);
  await field.press('Enter');
  await page.waitForURL(`${served.url}/model`);
});

test('a call is tried on the page about the API, and shown with its answer', async () => {
  const page = await signedIn('/api');
  const predict = page.locator('#predict');
  await predict.getByText('Try it').click();
  await predict.getByLabel('explain').selectOption('true');
  await predict.getByRole('button', { name: 'Send POST' }).click();
  await predict.getByText('Answer: 200').waitFor();
  const told = await predict.locator('.answer').textContent();
  expect(told).toContain('POST /api/v1/predictions?explain=true');
  expect(told).toContain('content-type: application/json; charset=utf-8');
  expect(told).toContain(`"release": "${served.predictor.release}"`);
  expect(told).toContain('"contributions"');

  await predict.getByRole('textbox', { name: 'Body' }).fill('{"area": "large"}');
  await predict.getByRole('button', { name: 'Send POST' }).click();
  await predict.getByText('Answer: 422').waitFor();
  expect(await predict.locator('.answer').textContent()).toContain('/problems/invalid-record');

  await predict.getByLabel('Content-Type').selectOption('application/x-ndjson');
  await predict
    .getByRole('textbox', { name: 'Body' })
    .fill(`${JSON.stringify({ area: 100, rooms: 3, heating: null })}\n{}\n`);
  await predict.getByRole('button', { name: 'Send POST' }).click();
  await predict.getByText('"line":2').waitFor();
  expect(await predict.locator('.answer').textContent()).toContain('content-type: application/x-ndjson');
});

test('a key in the field of that page is sent, and not shown', async () => {
  const page = await signedIn('/api');
  await page.getByLabel('Key for calls').fill(makeKey('Thief').text);
  const model = page.locator('#getModel');
  await model.getByText('Try it').click();
  await model.getByRole('button', { name: 'Send GET' }).click();
  await model.getByText('Answer: 401').waitFor();
  expect(await model.locator('.answer').textContent()).toContain('Authorization: Bearer …');
  await page.getByLabel('Key for calls').fill(key.text);
  await model.getByRole('button', { name: 'Send GET' }).click();
  await model.getByText('Answer: 200').waitFor();
});

test('the report opens in its own style', async () => {
  const page = await signedIn('/model');
  const problems: string[] = [];
  page.on('console', (message) => problems.push(message.text()));
  await page.getByRole('link', { name: 'open it' }).click();
  await page.waitForURL(`${served.url}/model/report`);
  expect(await page.evaluate(`getComputedStyle(document.querySelector('.facts')).display`)).toBe('grid');
  expect(problems).toEqual([]);
});
