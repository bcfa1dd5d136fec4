import { readFileSync } from 'node:fs';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { Job } from '../../app/jobs/job.ts';
import { jobPage } from '../../app/pages/batch/job-page.ts';
import { renderJob } from '../../app/pages/views.ts';
import { serve } from '../app/serve.ts';
import { writeHouses } from '../houses.ts';
import { settings, startBrowser, violations } from './visit.ts';

const served = serve(writeHouses);
const newPage = startBrowser();

async function open(options: BrowserContextOptions): Promise<Page> {
  const page = await newPage(options);
  await page.goto(`${served.url}/batch`);
  return page;
}

async function send(page: Page, text: string, name = 'houses.csv'): Promise<void> {
  await page.setInputFiles('#file', { name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await page.getByRole('button', { name: 'Predict' }).click();
}

const csv = ['area,rooms,heating', ...Array.from({ length: 400 }, (_, i) => `${10 + i},2,gas`), '5,2,gas', ''].join(
  '\n',
);

describe.each(Object.entries(settings))('%s', (_, options) => {
  test('a visitor sends a file, follows it over a reload, downloads it, and removes it', async () => {
    const page = await open(options);
    if (!('javaScriptEnabled' in options)) expect(await violations(page)).toEqual([]);
    await send(page, csv);
    await page.waitForURL(/\/batch\/[\w-]{32}$/);
    await page.reload();
    await page.getByText('Done, 1 row marked').waitFor();
    expect(await page.locator('.outcome').textContent()).toBe(
      '401 rows, 1 of them without a prediction, each with its reason.',
    );
    expect(await page.locator('.problems li').textContent()).toBe('line 402, area: "5" is not a number from 10 to 500');
    expect(await page.getByText('The files are removed in').textContent()).toMatch(/in \d\d minutes\.$/);
    if (!('javaScriptEnabled' in options)) expect(await violations(page)).toEqual([]);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('Download the CSV').click()]);
    expect(download.suggestedFilename()).toBe('houses-predicted.csv');
    const lines = readFileSync(await download.path(), 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(402);
    expect(lines[0]).toBe('area,rooms,heating,prediction,prediction_low,prediction_high,problem');
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.getByRole('link', { name: 'Files' }).click();
    await page.getByRole('link', { name: 'houses.csv' }).click();
    await page.getByRole('button', { name: 'Remove them now' }).click();
    await page.waitForURL(/\/batch$/);
    expect(await page.getByRole('link', { name: 'houses.csv' }).count()).toBe(0);
  });

  test('a file that is none of these says what is wrong', async () => {
    const page = await open(options);
    await send(page, 'a,b\n1,2\n');
    const summary = page.getByRole('alert');
    await summary.waitFor();
    expect(await summary.textContent()).toContain('houses.csv has none of the columns that are declared');
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await send(page, 'area,rooms\n50,2\n');
    await page.getByText('no such column in the header').waitFor();
  });
});

test('a batch that waits is cancelled by whoever sent it, and by nobody else', async () => {
  const page = await open({});
  const big = ['area,rooms,heating', ...Array.from({ length: 300_000 }, (_, i) => `${10 + (i % 400)},2,gas`), ''].join(
    '\n',
  );
  await page.getByLabel('what each field contributed').check();
  await send(page, big, 'many.csv');
  await page.waitForURL(/\/batch\/[\w-]{32}$/);
  const other = await open({});
  expect((await other.goto(page.url()))?.status()).toBe(404);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('Cancelled').first().waitFor();
  expect(await page.getByText('Download the CSV').count()).toBe(0);
});

test('a template has the columns', async () => {
  const response = await fetch(`${served.url}/batch/template.csv`);
  expect(await response.text()).toBe('area,rooms,heating\n');
});

test('a page goes on following a batch that it asks of too often, and tells a screen reader of each quarter alone', async () => {
  const id = 'a'.repeat(32);
  const job: Job = {
    ...{
      id,
      status: 'running',
      file: { name: 'houses.csv', format: 'csv', bytes: 900 },
      created: '2026-01-01T00:00:00Z',
    },
    ...{ options: { interval: true, contributions: false }, progress: { rows: 0, share: null } },
  };
  const page = await newPage();
  await page.route(`**/batch/${id}`, (route) =>
    route.fulfill({ contentType: 'text/html', body: renderJob(jobPage(job)) }),
  );
  const answers = [
    { status: 429, progress: undefined },
    { status: 200, progress: { rows: 1, share: null } },
    { status: 200, progress: { rows: 1200, share: 0.12 } },
    { status: 200, progress: { rows: 3000, share: 0.3 } },
  ];
  await page.route(`**/api/v1/batch/${id}`, async (route) => {
    const { status, progress } = (answers.length > 1 ? answers.shift() : answers[0]) ?? { status: 500 };
    await route.fulfill({ status, headers: { 'Retry-After': '1' }, json: { ...job, progress } });
  });
  await page.goto(`${served.url}/batch/${id}`);
  for (const [shown, spoken] of [
    ['Running: 1 row so far', 'Running'],
    ['12 %', 'Running'],
    ['30 %', '25 %'],
  ] as const) {
    await page.locator('#progress-text').getByText(shown, { exact: true }).waitFor();
    expect(await page.locator('#progress-spoken').textContent()).toBe(spoken);
  }
  expect(await page.locator('.badge').textContent()).toBe('Running: 3,000 rows so far');
});
