import { rmSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { train } from '../../ml/index.ts';
import { writeFlowers, writeLoans } from '../class-data.ts';
import { start } from '../processes.ts';
import { makeFolder } from '../temporary.ts';
import { browserArgs, findBrowser } from './browser.ts';

/** Ten, one of them of a name that has to be broken. */
const kinds = [
  ...[
    'rose',
    'iris',
    'lily',
    'tulip',
    'poppy',
    'daisy',
    'aster',
    'peony',
    'a kind whose name is a sentence, and a long one',
  ],
  'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetzesblume',
];

const folders = { loans: makeFolder(), flowers: makeFolder() };
const artifactsOf = (name: keyof typeof folders) => `${folders[name]}/artifacts`;
let browser: Browser;
beforeAll(async () => {
  writeLoans(folders.loans);
  writeFlowers(folders.flowers, kinds, 500);
  for (const name of ['loans', 'flowers'] as const)
    await train({ dataset: folders[name], models: ['gradient_boosting'], threshold: -1, artifacts: artifactsOf(name) });
  browser = await chromium.launch({ executablePath: findBrowser() as string, args: browserArgs });
});
afterAll(async () => {
  await browser.close();
  for (const folder of Object.values(folders)) rmSync(folder, { recursive: true });
});

/** Starts the real server, and opens its page. */
async function open(name: keyof typeof folders, options: BrowserContextOptions = {}): Promise<Page> {
  const server = start(['app/server.ts'], { ARTIFACTS: artifactsOf(name), PORT: '0' });
  const [url] = await server.said(/http:\/\/localhost:\d+/);
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

/** What axe finds wrong, in short. */
async function violations(page: Page): Promise<string[]> {
  const results = await new AxeBuilder({ page }).analyze();
  return results.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

const loan = { income: '30', debt: '25' };
async function askForLoan(page: Page): Promise<void> {
  for (const [name, value] of Object.entries(loan)) await page.locator(`[name=${name}]`).fill(value);
  await page.locator('[name=purpose]').selectOption('boat');
  await page.getByRole('button', { name: 'Predict Failed' }).click();
}

const settings = {
  'on a desktop, light': { viewport: { width: 1280, height: 860 }, colorScheme: 'light' },
  'on a desktop, dark': { viewport: { width: 1280, height: 860 }, colorScheme: 'dark' },
  'on a phone, light': { viewport: { width: 390, height: 844 }, colorScheme: 'light' },
  'on a phone, dark, without JavaScript': {
    viewport: { width: 390, height: 844 },
    colorScheme: 'dark',
    javaScriptEnabled: false,
  },
} as const;

describe.each(Object.entries(settings))('%s', (_, options) => {
  const inspect = async (page: Page) => {
    // axe itself is a script.
    if (!('javaScriptEnabled' in options)) expect(await violations(page)).toEqual([]);
    const width = await page.locator('html').evaluate((html) => html.scrollWidth);
    expect(width).toBeLessThanOrEqual(options.viewport.width);
  };

  test('a visitor reads which of two classes it is, and what a threshold costs', async () => {
    const page = await open('loans', options);
    await inspect(page);
    await askForLoan(page);
    expect(await page.locator('#prediction-value').textContent()).toMatch(/^(yes|no)$/);
    expect(await page.locator('.probabilities li').allTextContents()).toEqual([
      expect.stringMatching(/^(yes|no) [\d.]+ %$/),
      expect.stringMatching(/^(yes|no) [\d.]+ %$/),
    ]);
    expect(await page.locator('.set').textContent()).toMatch(/sure enough of: \w+\.|could be \w+ or \w+\./);
    await page.getByText('Other thresholds').click();
    expect(await page.locator('.threshold tbody tr').count()).toBe(11);
    await inspect(page);
  });

  test('a visitor reads which of ten classes it is', async () => {
    const page = await open('flowers', options);
    await page.locator('[name=width]').fill('12');
    await page.locator('[name=height]').fill('7');
    await page.getByRole('button', { name: 'Predict Kind of flower' }).click();
    expect(await page.locator('.probabilities li').count()).toBe(10);
    expect(kinds).toContain(await page.locator('#prediction-value').textContent());
    expect(await page.locator('.threshold').count()).toBe(0);
    await inspect(page);
  });
});

test('a threshold that is moved shows its costs at once, and leaves the prediction as it is', async () => {
  const page = await open('loans');
  await askForLoan(page);
  const slider = page.locator('#at-threshold');
  const recall = () => page.locator('#threshold-recall').textContent();
  expect(await page.getByRole('button', { name: 'Show what it costs' }).isVisible()).toBe(false);
  await slider.focus();
  await page.keyboard.press('Home');
  expect(await page.locator('#threshold-at').textContent()).toBe('0.1 %');
  expect(await page.locator('#threshold-verdict').textContent()).toBe('flagged');
  expect(await recall()).toBe('100 %');
  expect(await slider.getAttribute('aria-valuetext')).toMatch(
    /^0\.1 %: [\d.]+ of 100 flagged, precision .*, recall 100 %$/,
  );
  await page.keyboard.press('End');
  expect(await page.locator('#threshold-at').textContent()).toBe('99 %');
  expect(await page.locator('#threshold-verdict').textContent()).toBe('not flagged');
  expect(await page.locator('.outcome.is-stale').count()).toBe(0);
  await page.locator('[name=income]').fill('31');
  expect(await page.locator('.outcome.is-stale').count()).toBe(1);
});

test('without JavaScript a button shows what a threshold costs, and keeps it', async () => {
  const page = await open('loans', { javaScriptEnabled: false });
  await askForLoan(page);
  await page.locator('#at-threshold').fill('18');
  await page.getByRole('button', { name: 'Show what it costs' }).click();
  expect(await page.locator('#threshold-at').textContent()).toBe('10 %');
  expect(await page.locator('#at-threshold').inputValue()).toBe('18');
  expect(await page.locator('[name=income]').inputValue()).toBe('30');
});
