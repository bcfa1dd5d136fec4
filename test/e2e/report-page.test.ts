import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { readDeclaration } from '../../ml/data/declaration.ts';
import { ingest } from '../../ml/data/ingest.ts';
import { sliceRows } from '../../ml/data/table.ts';
import { dataSection } from '../../ml/report/data-section/data-section.ts';
import { drawPage } from '../../ml/report/html/page.ts';
import { customerLines } from '../fixtures/customers/customer-lines.ts';
import { studentLines } from '../fixtures/students/student-lines.ts';
import { makeFolder } from '../temporary.ts';
import { browserArgs, findBrowser } from './browser.ts';

const folder = makeFolder();

/** The Data section of a fixture, of which a fifth is held out, as a file. */
async function writePage(name: string, lines: readonly string[], positive?: string): Promise<string> {
  const declaration = await readDeclaration(join('test/fixtures', name));
  const csv = join(folder, `${name}.csv`);
  writeFileSync(csv, lines.join('\n'));
  const { table } = await ingest(csv, declaration);
  const learned = Math.floor(table.rows * 0.8);
  const rows = { learned: sliceRows(table, 0, learned), held: sliceRows(table, learned, table.rows) };
  const section = dataSection({ declaration, ...rows, positive, seed: 1 });
  const path = join(folder, `${name}.html`);
  writeFileSync(path, drawPage({ title: declaration.title, sections: [section] }));
  return pathToFileURL(path).href;
}

let browser: Browser;
const pages: Record<string, string> = {};
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: findBrowser() as string, args: browserArgs });
  pages.students = await writePage('students', studentLines(7));
  pages.customers = await writePage('customers', customerLines(7), 'yes');
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

async function open(name: string, options: BrowserContextOptions): Promise<{ page: Page; problems: string[] }> {
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => problems.push(message.text()));
  page.on('request', (request) => request.url() === pages[name] || problems.push(`asks for ${request.url()}`));
  await page.goto(pages[name] as string);
  return { page, problems };
}

/** Each page in both schemes and on both screens, without trying each in all: to look for what is not accessible takes seconds. */
const settings = {
  'students, on a desktop, light': { name: 'students', viewport: { width: 1280, height: 860 }, colorScheme: 'light' },
  'customers, on a desktop, dark': { name: 'customers', viewport: { width: 1280, height: 860 }, colorScheme: 'dark' },
  'customers, on a phone, light': { name: 'customers', viewport: { width: 375, height: 812 }, colorScheme: 'light' },
  'students, on a phone, dark': { name: 'students', viewport: { width: 375, height: 812 }, colorScheme: 'dark' },
} as const satisfies Record<string, BrowserContextOptions & { name: string }>;

test.each(Object.entries(settings))(
  'the page is accessible, as wide as the screen, and complete: %s',
  async (_, setting) => {
    const { page, problems } = await open(setting.name, setting);
    expect(problems).toEqual([]);
    expect(await page.locator('html').evaluate((element) => element.scrollWidth)).toBe(setting.viewport.width);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual([]);
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
