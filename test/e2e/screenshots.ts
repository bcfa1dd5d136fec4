// Takes pictures of the pages of a server that runs, to be looked at:
//
//   node test/e2e/screenshots.ts http://localhost:8080 FOLDER [/ /model …]

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContextOptions, chromium } from 'playwright-core';
import { navigation } from '../../app/pages/navigation.ts';
import { browserArgs, findBrowser } from './browser.ts';

const size = (width: number, height: number) => ({ viewport: { width, height } });

/** Screens and schemes; at a zoom of 200 % a page of 1280 pixels has 640. */
const settings: Readonly<Record<string, BrowserContextOptions>> = {
  '375-light': { ...size(375, 812), colorScheme: 'light' },
  '375-dark': { ...size(375, 812), colorScheme: 'dark' },
  '768-light': { ...size(768, 1024), colorScheme: 'light' },
  '768-dark': { ...size(768, 1024), colorScheme: 'dark' },
  '1280-light': { ...size(1280, 860), colorScheme: 'light' },
  '1280-dark': { ...size(1280, 860), colorScheme: 'dark' },
  '1280-forced-colors': { ...size(1280, 860), colorScheme: 'dark', forcedColors: 'active' },
  '1280-zoom-200': { ...size(640, 430), deviceScaleFactor: 2, colorScheme: 'light' },
};

const [url, folder, ...given] = process.argv.slice(2);
if (url === undefined || folder === undefined) throw new Error('name the address of a server and a folder');
const paths = given.length > 0 ? given : navigation.map(({ path }) => path);
const only = process.env.ONLY?.split(',');

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: findBrowser() as string, args: browserArgs });
for (const [name, options] of Object.entries(settings)) {
  if (only && !only.includes(name)) continue;
  const context = await browser.newContext(options);
  for (const path of paths) {
    const page = await context.newPage();
    await page.goto(new URL(path, url).href);
    const file = join(folder, `${path.replaceAll(/\W+/g, '-').replace(/^-/, '') || 'form'}-${name}.png`);
    await page.screenshot({ path: file, fullPage: true });
    const overflow = await page.locator('html').evaluate((element) => element.scrollWidth - element.clientWidth);
    console.log(`${file}${overflow > 0 ? `: ${overflow} pixels too wide` : ''}`);
    await page.close();
  }
  await context.close();
}
await browser.close();
