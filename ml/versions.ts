import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const root = new URL('..', import.meta.url);
const require = createRequire(import.meta.url);

/** Plumbline's own version. */
export const plumblineVersion: string = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')).version;

/**
 * The versions of all whose arithmetic or random numbers a model depends on.
 * Of Node the major version: within one, V8's arithmetic stays the same.
 */
export function versions(): Record<string, string> {
  const installed = (name: string): string => require(`${name}/package.json`).version;
  return {
    plumbline: plumblineVersion,
    node: process.versions.node.split('.')[0] as string,
    'ml-regression': installed('ml-regression'),
    'pure-rand': installed('pure-rand'),
  };
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
