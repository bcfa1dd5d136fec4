// Asks npm's database of advisories about all that goes into the image from there.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const reportForm = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({ name: z.string(), severity: z.string(), range: z.string(), fixAvailable: z.unknown() }),
  ),
});

type Weakness = z.output<typeof reportForm>['vulnerabilities'][string];

interface Scan {
  readonly weaknesses: readonly Weakness[];
  /** What npm said where the registry gave no answer, so that nothing was scanned. @default - it gave one */
  readonly problem?: string;
}

/** The known weaknesses of production dependencies. */
export function findWeaknesses(): Scan {
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  const { error, stdout, stderr } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
    cwd,
    encoding: 'utf8',
    maxBuffer: Infinity,
  });
  if (error) return { weaknesses: [], problem: `npm cannot be run: ${error.message}` };
  const report = reportForm.safeParse(parse(stdout));
  if (!report.success) return { weaknesses: [], problem: stderr.trim().split('\n').at(-1) ?? '' };
  return { weaknesses: Object.values(report.data.vulnerabilities) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
