// Runs before the tests: makes sure that there is a Chromium, and is silent where there is one.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findBrowser } from './browser.ts';

const isRoot = process.getuid?.() === 0;

function run(command: string, ...args: string[]): boolean {
  const { status } = spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return status === 0;
}

if (findBrowser() === undefined) {
  console.error('The browser tests need a Chromium. Asking Playwright for its own …');
  run(
    process.execPath,
    fileURLToPath(new URL('cli.js', import.meta.resolve('playwright-core/package.json'))),
    'install',
    'chromium',
  );
}
if (findBrowser() === undefined && isRoot) {
  console.error("Playwright's does not start here. Installing Debian's package …");
  // A list of packages that is old may be good enough, so only the installation decides.
  run('apt-get', 'update', '-qq');
  run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium');
}
if (findBrowser() === undefined) {
  console.error(
    'There is no Chromium for the browser tests. Install one (on Debian: apt-get install chromium) and try again.',
  );
  process.exit(1);
}
