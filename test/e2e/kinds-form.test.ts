import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { serve } from '../app/serve.ts';
import { writeTrips } from '../trips.ts';
import { startBrowser, violations } from './visit.ts';

const served = serve(writeTrips);
const newPage = startBrowser();

async function open(options: BrowserContextOptions = {}): Promise<Page> {
  const page = await newPage(options);
  await page.goto(served.url);
  return page;
}

async function fill(page: Page): Promise<void> {
  await page.fill('#km', '1234.5');
  await page.getByRole('radio', { name: 'Yes' }).check();
  await page.fill('#day', '2024-01-11');
  await page.selectOption('#city', 'Rome');
}

const send = async (page: Page) => {
  await page.click('#record-form button[type=submit]');
  await page.waitForLoadState();
};

describe('a form with a field of every kind', () => {
  test('predicts what was entered, and says when it is no longer that', async () => {
    const page = await open();
    await fill(page);
    await send(page);
    expect(await page.textContent('#prediction-value')).toBe('2,504');
    expect(await page.getByRole('radio', { name: 'Yes' }).isChecked()).toBe(true);
    await page.getByRole('radio', { name: 'No', exact: true }).check();
    await expect.poll(() => page.textContent('#prediction-value')).toBe('2,474');
    await page.selectOption('#along-input', { label: 'Express' });
    await expect.poll(() => page.locator('#along tbody th').allTextContents()).toEqual(['No', 'Yes']);
    await page.selectOption('#along-input', { label: 'Day' });
    await expect.poll(() => page.locator('#along tbody th').first().textContent()).toBe('2024-01-01');
  });

  test('works by the keyboard: the arrows choose yes, no, or neither', async () => {
    const page = await open();
    await page.focus('#km');
    for (const key of ['Tab', 'Tab', 'Space', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    expect(await page.getByRole('radio', { name: 'Not known' }).isChecked()).toBe(true);
  });

  test.each(['light', 'dark'] as const)('is accessible and fits a phone: %s', async (colorScheme) => {
    const page = await open({ colorScheme, viewport: { width: 320, height: 640 } });
    await send(page);
    await expect.poll(() => page.locator('.error').count()).toBe(4);
    expect(await violations(page)).toEqual([]);
    await fill(page);
    await send(page);
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
  });
});
