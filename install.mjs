// Runs before every npm script, on whatever Node started npm (20 or later), so it is plain
// JavaScript with no dependency: it installs what is missing, Node 24 (npm's `node` package)
// included, and is silent when nothing is. Then it runs what it was given on that Node:
//
//   node install.mjs [SCRIPT [ARGUMENT …]]
//
// (`node install.mjs && node SCRIPT` would not do: a shell remembers where it found its first node.)

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));

const node = `${root}node_modules/node/bin/node`;
const readPackages = (lockfile) => JSON.parse(readFileSync(root + lockfile, 'utf8')).packages;

/** Whether node_modules holds every version that package-lock.json asks for. */
function isInstalled() {
  // npm writes this file last: an install that was killed has none.
  if (!existsSync(`${root}node_modules/.package-lock.json`)) return false;
  if (!existsSync(node)) return false;
  const wanted = readPackages('package-lock.json');
  const present = readPackages('node_modules/.package-lock.json');
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || present[path]?.version === version || (optional && !present[path]),
  );
}

if (!isInstalled()) {
  console.error('Installing what is missing (npm ci); this happens once …');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: ['ignore', 2, 2] })
    : spawnSync('npm', args, { cwd: root, stdio: ['ignore', 2, 2], shell: true });
  if (status !== 0) {
    console.error('npm ci failed; its message is above. Is the npm registry reachable?');
    process.exit(1);
  }
  if (!isInstalled()) {
    console.error(
      "Node 24 did not arrive with npm's `node` package: its install script was blocked.\n" +
        'Allow it (npm config set ignore-scripts false) and run the command again.',
    );
    process.exit(1);
  }
}

if (process.argv.length > 2) {
  const { status } = spawnSync(node, process.argv.slice(2), { cwd: root, stdio: 'inherit' });
  process.exit(status ?? 1);
}
