import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { train } from '../../ml/pipeline/train.ts';
import { readRelease } from '../../ml/release/read.ts';
import { reportPath } from '../../ml/release/report.ts';
import { writeLoans } from '../class-data.ts';
import { customerLines } from '../fixtures/customers/customer-lines.ts';
import { studentLines } from '../fixtures/students/student-lines.ts';
import { houseRows, writeHouses } from '../houses.ts';
import { makeFolder } from '../temporary.ts';
import { startBrowser, violations } from './visit.ts';

const folder = makeFolder();

/** Writes a data set, trains a model on it, and gives the address of its report. */
async function reportOf(name: string, model: string, write: (dataset: string) => void): Promise<string> {
  const dataset = join(folder, name);
  mkdirSync(dataset);
  write(dataset);
  const artifacts = join(dataset, 'artifacts');
  await train({ dataset, artifacts, models: [model], threshold: -1 });
  return pathToFileURL(reportPath(await readRelease(artifacts)) as string).href;
}

/** Writes a fixture: its declaration, and rows of its own. */
const writeFixture = (name: string, lines: readonly string[]) => (dataset: string) => {
  copyFileSync(join('test/fixtures', name, 'dataset.json'), join(dataset, 'dataset.json'));
  writeFileSync(join(dataset, `${name}.csv`), lines.join('\n'));
};

const newPage = startBrowser();
const pages: Record<string, string> = {};
beforeAll(async () => {
  pages.students = await reportOf('students', 'linear', writeFixture('students', studentLines(7)));
  pages.customers = await reportOf('customers', 'logistic', writeFixture('customers', customerLines(7)));
  pages.houses = await reportOf('houses', 'linear', (dataset) => writeHouses(dataset, houseRows(200)));
  pages.loans = await reportOf('loans', 'logistic', writeLoans);
});

async function open(name: string, options: BrowserContextOptions): Promise<{ page: Page; problems: string[] }> {
  const page = await newPage(options);
  const problems: string[] = [];
  page.on('console', (message) => problems.push(message.text()));
  page.on('request', (request) => request.url() === pages[name] || problems.push(`asks for ${request.url()}`));
  await page.goto(pages[name] as string);
  return { page, problems };
}

/** Reports of few columns, which have whatever others have, and each scheme and screen once: to look for what is not accessible takes seconds. */
const settings = {
  'houses, on a desktop, light': { name: 'houses', viewport: { width: 1280, height: 860 }, colorScheme: 'light' },
  'loans, on a phone, dark': { name: 'loans', viewport: { width: 375, height: 812 }, colorScheme: 'dark' },
} as const satisfies Record<string, BrowserContextOptions & { name: string }>;

test.each(Object.entries(settings))(
  'the page is accessible, as wide as the screen, and complete: %s',
  async (_, setting) => {
    const { page, problems } = await open(setting.name, setting);
    expect(problems).toEqual([]);
    expect(await page.locator('html').evaluate((element) => element.scrollWidth)).toBe(setting.viewport.width);
    expect(await violations(page)).toEqual([]);
  },
);

test('no text of a picture lies on another, or outside', async () => {
  for (const name of ['students', 'customers']) {
    const { page } = await open(name, { colorScheme: 'light' });
    const overlaps = await page.locator('.chart .picture svg').evaluateAll((pictures) =>
      pictures.flatMap((svg) => {
        const outer = svg.getBoundingClientRect();
        const texts = [...svg.querySelectorAll('text')].map((text) => ({
          text: text.textContent,
          box: text.getBoundingClientRect(),
        }));
        const outside = texts.filter(
          ({ box }) =>
            box.left < outer.left - 1 ||
            box.right > outer.right + 1 ||
            box.top < outer.top - 1 ||
            box.bottom > outer.bottom + 1,
        );
        const pairs = texts.flatMap((a, i) =>
          texts
            .slice(i + 1)
            .filter(({ box }) => {
              const width = Math.min(a.box.right, box.right) - Math.max(a.box.left, box.left);
              const height = Math.min(a.box.bottom, box.bottom) - Math.max(a.box.top, box.top);
              return width > 1 && height > 4;
            })
            .map(({ text }) => `${a.text} and ${text}`),
        );
        return [...outside.map(({ text }) => `${text} is outside`), ...pairs];
      }),
    );
    expect(overlaps).toEqual([]);
  }
});

test('each picture has a name, a description, and its numbers as a table, of which each column is named', async () => {
  for (const name of ['students', 'customers']) {
    const { page } = await open(name, {});
    const figures = page.locator('figure.chart:has(svg[role=img])');
    expect(await figures.count()).toBeGreaterThan(20);
    const lacking = await figures.evaluateAll((all) =>
      all.flatMap((figure) => {
        const title = figure.querySelector('figcaption')?.textContent;
        const [name, description] = ['title', 'desc'].map((tag) => figure.querySelector(`svg > ${tag}`)?.textContent);
        const rows = [...figure.querySelectorAll('details table tbody tr')];
        const columns = [...figure.querySelectorAll('details table thead th')].map((cell) => cell.textContent);
        const isWhole = rows.length > 0 && rows.every((row) => row.children.length === columns.length);
        return title && name && description && isWhole && !columns.includes('') ? [] : [`${title}: ${columns}`];
      }),
    );
    expect(lacking).toEqual([]);
  }
});

test('a keyboard skips the contents, follows them, unfolds numbers, and scrolls what is wider than a phone', async () => {
  const { page } = await open('students', { viewport: { width: 375, height: 812 } });
  await page.keyboard.press('Tab');
  expect(await page.locator(':focus').textContent()).toBe('Skip the contents');
  await page.keyboard.press('Enter');
  expect(await page.locator('main:focus').count()).toBe(1);
  await page.locator('.contents a[href="#models-learning"]').focus();
  await page.keyboard.press('Enter');
  expect(new URL(page.url()).hash).toBe('#models-learning');
  const numbers = page.locator('#models-learning figure details');
  await numbers.locator('summary').focus();
  await page.keyboard.press('Enter');
  expect(await numbers.getByRole('table').isVisible()).toBe(true);
  const wide = page.locator('#data-correlations .picture');
  await wide.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => wide.evaluate((element) => element.scrollLeft)).toBeGreaterThan(0);
});

test('nothing is wider than a printed page', async () => {
  for (const name of ['students', 'customers']) {
    // A4 less its margins.
    const width = 688;
    const { page } = await open(name, { viewport: { width, height: 1000 } });
    await page.emulateMedia({ media: 'print' });
    const wider = await page
      .locator('main *:not(svg *)')
      .evaluateAll(
        (all, limit) =>
          all
            .filter((element) => element.getBoundingClientRect().right > limit + 1)
            .map((element) => element.outerHTML.slice(0, 200)),
        width,
      );
    expect(wider).toEqual([]);
  }
});
