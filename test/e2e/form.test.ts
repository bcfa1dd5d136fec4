import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { serve } from '../app/serve.ts';
import { settings, startBrowser, violations } from './visit.ts';

const student = {
  gender: 'male',
  race_ethnicity: 'group B',
  parental_level_of_education: "bachelor's degree",
  lunch: 'standard',
  test_preparation_course: 'completed',
  reading_score: '87',
  writing_score: '96',
};

const served = serve(() => 'test/fixtures/students');
const newPage = startBrowser();

/** Opens the page of the server. */
async function open(options: BrowserContextOptions = {}): Promise<Page> {
  const page = await newPage(options);
  await page.goto(served.url);
  return page;
}

async function fill(page: Page, values: Partial<typeof student>): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    const field = page.locator(`[name=${name}]`);
    if (name.endsWith('_score')) await field.fill(value);
    else await field.selectOption(value);
  }
  await page.getByRole('button', { name: 'Predict Maths score' }).click();
  await page.waitForLoadState();
  // The answer to what was there before stays until there is another.
  await expect.poll(() => page.locator('#answer.is-stale').count()).toBe(0);
}

describe.each(Object.entries(settings))('%s', (_, options) => {
  test('a visitor fills the form, reads the prediction, breaks a field, reads the error, and mends it', async () => {
    const page = await open(options);
    const inspect = async () => {
      // axe itself is a script.
      if (!('javaScriptEnabled' in options)) expect(await violations(page)).toEqual([]);
      const width = await page.locator('html').evaluate((html) => html.scrollWidth);
      expect(width).toBeLessThanOrEqual(options.viewport.width);
    };
    await inspect();

    await fill(page, student);
    const prediction = Number(await page.locator('#prediction-value').textContent());
    expect(prediction).toBeGreaterThan(80);
    expect(prediction).toBeLessThan(100);
    expect(await page.title()).toContain(String(prediction));
    expect(await page.locator('#answer').getByText('In nine of ten cases').textContent()).toMatch(
      /true value is\s+[\d.]+ to [\d.]+ points/,
    );
    expect(await page.locator('.reasons li').allTextContents()).toEqual([
      ...Array.from({ length: 6 }, () => expect.stringMatching(/ (raised|lowered) it by [\d.]+$/)),
      expect.stringMatching(/^The other field (raised|lowered) it by /),
    ]);
    expect(await page.locator('.value-chart').getAttribute('aria-label')).toMatch(
      /, from [\d.]+ to [\d.]+, on a scale/,
    );
    expect(await page.locator('#along .picture svg').count()).toBe(1);
    expect(await page.locator('[name=writing_score]').inputValue()).toBe('96');
    expect(await page.locator('[name=parental_level_of_education]').inputValue()).toBe("bachelor's degree");
    await page.getByText('The same from code').click();
    await inspect();

    await fill(page, { writing_score: '101' });
    await expect.poll(() => page.locator('#prediction-value').count()).toBe(0);
    expect(await page.locator('#writing_score-error').textContent()).toBe('must be a whole number from 0 to 100');
    expect(await page.locator('[name=writing_score]').inputValue()).toBe('101');
    expect(await page.getByRole('alert').textContent()).toContain('One field needs another look');
    await inspect();

    await fill(page, { writing_score: '96' });
    expect(Number(await page.locator('#prediction-value').textContent())).toBe(prediction);
  });
});

test('the summary of errors leads to the field', async () => {
  const page = await open();
  await fill(page, { ...student, lunch: '', reading_score: '' });
  await page.getByRole('link', { name: 'Reading score is missing' }).click();
  expect(page.url()).toMatch(/#reading_score$/);
});

describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
  test('after an error the summary has the focus, and the fields come next', async () => {
    const page = await open({ javaScriptEnabled });
    await fill(page, { ...student, gender: '' });
    const focused = () => page.locator(':focus').getAttribute('class');
    expect(await focused()).toBe('summary');
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toMatch(/^Gender is missing/);
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').getAttribute('id')).toBe('gender');
  });

  test('that a value is not known can be said of every field', async () => {
    const page = await open({ javaScriptEnabled });
    for (const list of await page.locator('.field select').all()) await list.selectOption({ label: 'Not known' });
    for (const box of await page.getByRole('checkbox', { name: 'Not known' }).all()) await box.check();
    await page.getByRole('button', { name: 'Predict Maths score' }).click();
    expect(Number(await page.locator('#prediction-value').textContent())).toBeGreaterThan(50);
    for (const box of await page.getByRole('checkbox').all()) expect(await box.isChecked()).toBe(true);
    if (javaScriptEnabled) expect(await violations(page)).toEqual([]);
  });
});

test('a number, and that it is not known, exclude each other', async () => {
  const page = await open();
  const score = page.locator('#reading_score');
  const notKnown = page.locator('#reading_score-not-known');
  await score.fill('50');
  await notKnown.check();
  expect(await score.inputValue()).toBe('');
  await score.fill('60');
  expect(await notKnown.isChecked()).toBe(false);
});

test('every field of the form reaches its own column', async () => {
  const page = await open();
  const read = async (values: Partial<typeof student>) => {
    await fill(page, values);
    return Number(await page.locator('#prediction-value').textContent());
  };
  await read(student);
  // The same two numbers in each other's place: the original's mistake, which must not come back.
  expect(await read({ reading_score: '96', writing_score: '87' })).not.toBeCloseTo(
    await read({ reading_score: '87', writing_score: '96' }),
    0,
  );
});

test('the page asks nothing of any other host, and breaks no rule of its own policy', async () => {
  const page = await open();
  const foreign: string[] = [];
  const complaints: string[] = [];
  const { origin } = new URL(page.url());
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith('data:')) foreign.push(request.url());
  });
  page.on('console', (message) => complaints.push(message.text()));
  await page.reload();
  await fill(page, student);
  expect(foreign).toEqual([]);
  expect(complaints).toEqual([]);
});
