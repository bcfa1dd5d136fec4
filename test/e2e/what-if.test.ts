// With scripts the answer follows the inputs, the address holds them, and long lists are searched.

import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { serve } from '../app/serve.ts';
import { writeTowns } from '../towns.ts';
import { startBrowser, violations } from './visit.ts';

const served = serve(writeTowns, { model: 'ridge' });
const newPage = startBrowser();

async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await newPage(options);
  await page.goto(served.url + path);
  return page;
}

const shownValue = (page: Page) => page.locator('#prediction-value').textContent();
const isStale = (page: Page) => page.locator('#answer.is-stale').count();
/** What the answer says that it was made from. */
const madeFrom = async (page: Page) =>
  new URLSearchParams((await page.locator('#answer').getAttribute('data-inputs')) ?? '');
const settled = (page: Page, name: string, value: string) =>
  expect.poll(async () => [(await madeFrom(page)).get(name), await isStale(page)]).toEqual([value, 0]);

describe('what-if', () => {
  test('the answer follows the inputs, is told, and stands in the address', async () => {
    const page = await open('/example');
    const before = await shownValue(page);
    await page.fill('#size', '150');
    await settled(page, 'size', '150');
    const after = await shownValue(page);
    expect(after).not.toBe(before);
    expect(await page.title()).toMatch(new RegExp(`^${after} · Rent · Rents in towns$`));
    expect(await page.locator('.reasons').textContent()).toContain('Size 150');
    await expect.poll(() => page.locator('#spoken').textContent()).toBe(`Rent: ${after} €`);
    await expect.poll(() => new URL(page.url()).searchParams.get('size')).toBe('150');

    const shared = await open(new URL(page.url()).search.replace(/^/, '/'), { javaScriptEnabled: false });
    expect([await shownValue(shared), await shared.inputValue('#size')]).toEqual([after, '150']);
  });

  test('begins once every field has a value, or is not known', async () => {
    const page = await open('/');
    await page.fill('#size', '80');
    await page.check('#floor-not-known');
    expect(await page.locator('#prediction-value').count()).toBe(0);
    await page.locator('#town').fill('town 12');
    await page.keyboard.press('Enter');
    await settled(page, 'size', '80');
    expect((await madeFrom(page)).get('not-known')).toBe('floor');
    expect(await page.locator('#along-picture svg').count()).toBe(1);
  });

  test('an answer to other inputs is marked until there is another, and where none can be had', async () => {
    const page = await open('/example');
    const before = await shownValue(page);
    await page.route('**/what-if', (route) => route.abort());
    await page.fill('#size', '151');
    expect(await isStale(page)).toBe(1);
    await expect.poll(() => page.locator('.stale').textContent()).toBe('Made from other inputs than the form has now.');
    expect([await shownValue(page), await page.title()]).toEqual([before, 'Rent · Rents in towns']);
    await page.unroute('**/what-if');
    await page.fill('#size', '1000');
    expect(await page.locator('.stale').textContent()).toContain('other inputs');
    await page.fill('#size', '152');
    await settled(page, 'size', '152');
    expect(await page.locator('.stale').textContent()).toBe('');
  });

  test('only the last of many quick changes counts', async () => {
    const page = await open('/example');
    for (const size of ['31', '62', '93', '124']) await page.fill('#size', size);
    await settled(page, 'size', '124');
    expect(await page.inputValue('#size')).toBe('124');
  });

  test('a slider moves its number', async () => {
    const page = await open('/example');
    const slider = page.locator('.slider').first();
    await slider.fill('77');
    await settled(page, 'size', '77');
    expect(await page.inputValue('#size')).toBe('77');
    await page.fill('#size', '88');
    expect(await slider.inputValue()).toBe('88');
  });

  test('the button leads to the answer, or to what is wrong', async () => {
    const page = await open('/example');
    await page.fill('#size', '99');
    await page.click('button[type=submit]:visible');
    await settled(page, 'size', '99');
    await expect.poll(() => page.locator(':focus').getAttribute('id')).toBe('outcome');
    await page.fill('#size', '999');
    await page.click('button[type=submit]:visible');
    await expect.poll(() => page.locator('#size-error').textContent()).toBe('must be a whole number from 10 to 200');
  });
});

test.each([true, false])('predictions along an input are drawn, with scripts: %s', async (javaScriptEnabled) => {
  const page = await open('/example', { javaScriptEnabled });
  const caption = () => page.locator('#along figcaption').textContent();
  expect(await page.locator('#along .highlight').count()).toBe(1);
  await page.selectOption('#along-input', 'town');
  if (!javaScriptEnabled) await page.click('#along button');
  await expect.poll(caption).toBe('Rent by Town');
  // As many as can be compared, and that of the record among them, by its title.
  expect(await page.locator('#along tbody tr').count()).toBe(24);
  expect(await page.locator('#along .strong').count()).toBeGreaterThan(0);
  expect(await page.locator('#along .note').textContent()).toContain('36 more levels are not shown');
});

describe('a long list', () => {
  test('is searched by typing, whatever the accents, and chosen from by the keyboard', async () => {
    const page = await open('/example');
    const town = page.getByRole('combobox', { name: 'Town' });
    await town.fill('anger');
    expect(await page.locator('.levels [role=option]').allTextContents()).toEqual(['Ångermåla']);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('ArrowDown');
    expect(await town.getAttribute('aria-activedescendant')).toBe('town-list-0');
    await page.keyboard.press('Enter');
    expect(await town.inputValue()).toBe('Ångermåla');
    await settled(page, 'town', 'Ångermåla');
  });

  test('has the titles of its levels, and its levels are sent', async () => {
    const page = await open('/example');
    await page.locator('#town').fill('seventh');
    await page.getByRole('option', { name: 'Seventh town' }).click();
    await settled(page, 'town', 'Town 7');
    expect(await page.locator('.reasons').textContent()).toContain('Town Seventh town');
  });

  test('takes nothing that is no level, and leaves what was chosen', async () => {
    const page = await open('/example');
    const before = await page.inputValue('#town');
    await page.locator('#town').fill('no such town');
    expect(await page.locator('.levels p').textContent()).toBe('No level is like that.');
    await page.keyboard.press('Escape');
    expect(await page.inputValue('#town')).toBe(before);
    await page.locator('#town').fill('nor this');
    await page.focus('#size');
    expect([await page.inputValue('#town'), await isStale(page)]).toEqual([before, 0]);
    await page.locator('#town').fill('not known');
    await page.keyboard.press('Enter');
    await settled(page, 'town', ' not known');
  });

  test('stays a list without scripts', async () => {
    const page = await open('/example', { javaScriptEnabled: false });
    await page.selectOption('#town', { label: 'Seventh town' });
    await page.click('button[type=submit]:visible >> nth=0');
    await page.waitForLoadState();
    expect((await madeFrom(page)).get('town')).toBe('Town 7');
  });

  test.each([375, 320])('of names of any length and direction fits a page %d pixels wide', async (width) => {
    const page = await open('/example', { viewport: { width, height: 800 } });
    for (const name of ['llan', 'a town whose', 'ירוש']) {
      await page.locator('#town').fill(name);
      await page.keyboard.press('Enter');
    }
    await expect.poll(async () => (await madeFrom(page)).get('town')).toBe('ירושלים');
    expect(await page.locator('html').evaluate((html) => html.scrollWidth)).toBeLessThanOrEqual(width);
    expect(await page.locator('#town').evaluate((it) => it.matches(':dir(rtl)'))).toBe(true);
    expect(await page.locator('fieldset legend').allTextContents()).toEqual(['Where', 'What']);
    expect(await violations(page)).toEqual([]);
  });
});

describe('the page is quick', () => {
  /** How much moved by itself while the page was loaded. */
  const layoutShift = (page: Page) =>
    page.evaluate<number>(`new Promise((resolve) => {
      const observer = new PerformanceObserver((list) =>
        resolve(list.getEntries().reduce((sum, { value }) => sum + value, 0)));
      observer.observe({ type: 'layout-shift', buffered: true });
      setTimeout(() => resolve(0), 300);
    })`);

  test.each([375, 1280])('nothing moves while it is loaded, %d pixels wide', async (width) => {
    for (const path of ['/', '/example']) {
      const page = await open(path, { viewport: { width, height: 900 } });
      expect(await page.evaluate('PerformanceObserver.supportedEntryTypes')).toContain('layout-shift');
      expect(await layoutShift(page), path).toBe(0);
    }
  });

  test('it is painted before any script has come', async () => {
    const page = await newPage();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/*.js', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(`${served.url}/example`, { waitUntil: 'commit' });
    const painted = () => page.evaluate<number>("performance.getEntriesByName('first-contentful-paint').length");
    await expect.poll(painted).toBe(1);
    expect(await shownValue(page)).toMatch(/\d/);
    release();
  });

  test('it takes less than 60 kB over the wire, with all that it is drawn with', async () => {
    const page = await open('/example');
    const bytes = await page.evaluate<number>(
      `[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].reduce(
        (sum, { transferSize }) => sum + transferSize, 0)`,
    );
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(60_000);
  });
});
