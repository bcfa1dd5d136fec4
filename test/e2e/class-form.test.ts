import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { serveClasses } from '../app/serve.ts';
import { writeFlowers, writeLoans } from '../class-data.ts';
import { settings, startBrowser, violations } from './visit.ts';

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

const served = {
  loans: serveClasses(writeLoans),
  flowers: serveClasses((folder) => writeFlowers(folder, kinds, 500), {
    params: { gradient_boosting: { n_estimators: 20 } },
  }),
};
const newPage = startBrowser();

/** Opens the page of a server. */
async function open(name: keyof typeof served, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await newPage(options);
  await page.goto(served[name].url);
  return page;
}

const loan = { income: '30', debt: '25' };
async function askForLoan(page: Page): Promise<void> {
  for (const [name, value] of Object.entries(loan)) await page.locator(`[name=${name}]`).fill(value);
  await page.locator('[name=purpose]').selectOption('boat');
  await page.getByRole('button', { name: 'Predict Failed' }).click();
}

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
    expect(await page.locator('.set').textContent()).toMatch(
      /sure enough of: \w+\.|could be \w+( or \w+)?\.|None of the classes is likely/,
    );
    await page.getByText('Other thresholds').click();
    expect(await page.locator('.threshold tbody tr').count()).toBe(11);
    await inspect(page);
  });

  test('a visitor reads which of ten classes it is', async () => {
    const page = await open('flowers', options);
    await page.locator('[name=width]').fill('12');
    await page.locator('[name=height]').fill('7');
    await page.getByRole('button', { name: 'Predict Kind of flower' }).click();
    await expect.poll(() => page.locator('.probabilities li').count()).toBe(10);
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
  expect(await page.locator('#answer.is-stale').count()).toBe(0);
  // What follows the inputs keeps the threshold.
  await page.locator('[name=income]').fill('1');
  await expect.poll(() => page.locator('#answer').getAttribute('data-inputs')).toContain('income=1&');
  expect(await page.locator('#threshold-at').textContent()).toBe('99 %');
  expect(await page.locator('#threshold-record').textContent()).toContain(
    await page.locator('.probabilities li', { hasText: 'yes' }).locator('.share').textContent(),
  );
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
