import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';

const root = new URL('..', import.meta.url);
const require = createRequire(import.meta.url);

/**
 * The versions of all whose arithmetic or random numbers a model depends on.
 * Of Node the major version: within one, V8's arithmetic stays the same.
 */
export function versions(): Record<string, string> {
  const versionOf = (manifest: string): string => require(manifest).version;
  return {
    plumbline: versionOf('../package.json'),
    node: process.versions.node.split('.')[0] as string,
    'ml-regression': versionOf('ml-regression/package.json'),
    'pure-rand': versionOf('pure-rand/package.json'),
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
