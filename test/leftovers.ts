// Around all tests of a run: what they, and the programs that they start, put among temporary files goes into one folder,
// which is empty at the end or the run fails.

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Begins a run; what it returns ends it. @throws Error where something of ours was left */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-tests-'));
  process.env.TMPDIR = folder;
  return () => {
    const left = readdirSync(folder).filter(isOurs);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    if (left.length > 0) {
      throw new Error(`Tests left ${left.length} behind among temporary files: ${left.slice(0, 10).join(', ')}`);
    }
  };
}

/** Browsers and compilers of others may leave theirs. */
const isOurs = (name: string) => /^(?:plumbline-|cdk)/.test(name);
