import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isBuilt } from '../core/built.ts';

/** Where package.json is, whether this code runs as it is or was built. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const ownFolder = fileURLToPath(new URL('..', import.meta.url));

/** Packages whose arithmetic or random numbers a model depends on, some of them within others. */
const packages = ['ml-regression', 'ml-matrix', 'ml-random-forest', 'ml-cart', 'random-js', 'pure-rand'];

/**
 * The versions of all that a model depends on.
 * Of Node the major version: within one, V8's arithmetic stays the same.
 */
export function versions(): Record<string, string> {
  const places = createRequire(import.meta.url).resolve.paths('pure-rand') ?? [];
  const manifestOf = (name: string) => places.map((place) => join(place, name, 'package.json')).find(existsSync);
  const installed = packages.flatMap((name) => {
    const manifest = manifestOf(name);
    // Some installers hide what others brought.
    return manifest === undefined ? [] : [[name, versionIn(manifest)]];
  });
  return {
    plumbline: versionIn(join(root, 'package.json')),
    node: process.versions.node.split('.')[0] as string,
    ...Object.fromEntries(installed),
  };
}

function versionIn(manifest: string): string {
  return JSON.parse(readFileSync(manifest, 'utf8')).version;
}

/** The git commit of this code, ending in -dirty where tracked files differ from it; null outside git. */
export function gitCommit(): string | null {
  // A package lies in a repository that is not its own.
  if (isBuilt) return null;
  try {
    const args = ['describe', '--always', '--dirty', '--abbrev=40', '--exclude=*'];
    return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return null;
  }
}

/**
 * The SHA-256 of all of the code that training depends on: that of this folder, and what is installed by the lock file. A package has
 * none, and says in its manifest what it goes with.
 */
export function codeHash(): string {
  const files = readdirSync(ownFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const hash = createHash('sha256');
  for (const path of [...files, join(root, isBuilt ? 'package.json' : 'package-lock.json')].sort()) {
    const bytes = readFileSync(path);
    hash.update(`${relative(root, path)}\n${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex');
}
