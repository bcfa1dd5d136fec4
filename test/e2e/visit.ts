// A browser for the tests of a file, and what is asked of the pages that it opens.

import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { browserArgs, findBrowser } from './browser.ts';

/**
 * Starts a browser for the tests of a file; the function makes a page that is closed when its test is over.
 *
 * @param args what it is started with beside the usual
 */
export function startBrowser(...args: readonly string[]): (options?: BrowserContextOptions) => Promise<Page> {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: findBrowser() as string, args: [...browserArgs, ...args] });
  });
  afterAll(() => browser.close());
  return async (options = {}) => {
    const context = await browser.newContext(options);
    onTestFinished(() => context.close());
    return context.newPage();
  };
}

/** What axe finds wrong, in short. */
export async function violations(page: Page): Promise<string[]> {
  const results = await new AxeBuilder({ page }).analyze();
  return results.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** Each scheme and each width once: what axe finds is of one of them, not of the two together. */
export const withScripts = {
  'on a desktop, light': { viewport: { width: 1280, height: 860 }, colorScheme: 'light' },
  'on a phone, dark': { viewport: { width: 375, height: 812 }, colorScheme: 'dark' },
} as const;

/** The same, and as people see it who have no JavaScript. */
export const settings = {
  ...withScripts,
  'on a phone, dark, without JavaScript': { ...withScripts['on a phone, dark'], javaScriptEnabled: false },
} as const;
