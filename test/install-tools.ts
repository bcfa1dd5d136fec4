// Runs before the tests: makes sure that there are a Chromium, a shellcheck, a jq, a curl and an actionlint, and is silent
// where there are.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findBrowser } from './e2e/browser.ts';
import { findGoTool, goToolAdvice, installGoTool } from './go-tool.ts';

const isRoot = process.getuid?.() === 0;

function run(command: string, ...args: string[]): boolean {
  const { status } = spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return status === 0;
}

/** Debian's package of that name, where this may install it. */
function installPackage(name: string): void {
  if (!isRoot) return;
  console.error(`Installing Debian's package ${name} …`);
  // A list of packages that is old may be good enough, so only the installation decides.
  run('apt-get', 'update', '-qq');
  run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', name);
}

function demand(found: boolean, advice: string): void {
  if (found) return;
  console.error(advice);
  process.exit(1);
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
if (findBrowser() === undefined) installPackage('chromium');
demand(
  findBrowser() !== undefined,
  'There is no Chromium for the browser tests. Install one (on Debian: apt-get install chromium) and try again.',
);

for (const [tool, use] of [
  ['shellcheck', 'checks the scripts'],
  ['jq', 'the scripts of a deploy read their log with'],
  ['curl', 'the documents ask the API with'],
] as const) {
  const found = () => spawnSync(tool, ['--version']).status === 0;
  if (!found()) installPackage(tool);
  demand(found(), `There is no ${tool}, which ${use}. Install it (apt-get or brew install ${tool}) and try again.`);
}

if (findGoTool('actionlint') === undefined) {
  console.error('Building actionlint; this happens once …');
  if (installGoTool('actionlint') === undefined) {
    // Debian's Python makes no virtual environments without it.
    installPackage('python3-venv');
    installGoTool('actionlint');
  }
}
demand(findGoTool('actionlint') !== undefined, goToolAdvice('actionlint'));
