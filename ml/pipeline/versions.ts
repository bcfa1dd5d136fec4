import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = new URL('../..', import.meta.url);

/** Packages whose arithmetic or random numbers a model depends on, some of them within others. */
const packages = ['ml-regression', 'ml-matrix', 'ml-random-forest', 'ml-cart', 'random-js', 'pure-rand'];

/**
 * The versions of all that a model depends on.
 * Of Node the major version: within one, V8's arithmetic stays the same.
 */
export function versions(): Record<string, string> {
  const installed = packages.map((name) => [name, versionIn(findPackageJSON(name, import.meta.url) as string)]);
  return {
    plumbline: versionIn(new URL('package.json', root)),
    node: process.versions.node.split('.')[0] as string,
    ...Object.fromEntries(installed),
  };
}

function versionIn(manifest: string | URL): string {
  return JSON.parse(readFileSync(manifest, 'utf8')).version;
}

/** The git commit of this code, ending in -dirty where tracked files differ from it; null outside git. */
export function gitCommit(): string | null {
  try {
    const args = ['describe', '--always', '--dirty', '--abbrev=40', '--exclude=*'];
    return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return null;
  }
}

/** The SHA-256 of all of the code that training depends on: that of ml/, and what is installed by the lock file. */
export function codeHash(): string {
  const files = readdirSync(new URL('ml/', root), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const hash = createHash('sha256');
  for (const path of [...files, fileURLToPath(new URL('package-lock.json', root))].sort()) {
    const bytes = readFileSync(path);
    hash.update(`${relative(fileURLToPath(root), path)}\n${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex');
}
