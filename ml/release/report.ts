import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withAccess } from './access.ts';
import type { Release } from './read.ts';

/** Where the report of a release lies; undefined where it lacks one: of an older format, or a copy that only serves. */
export function reportPath({ path, manifest: { files } }: Pick<Release, 'path' | 'manifest'>): string | undefined {
  const file = files.report && join(path, files.report.name);
  return file !== undefined && existsSync(file) ? file : undefined;
}

/** The report of a release that was read, an HTML document; undefined where it lacks one. */
export async function readReport(release: Release): Promise<string | undefined> {
  const path = reportPath(release);
  return path === undefined ? undefined : withAccess(release.path, 'read', () => readFile(path, 'utf8'));
}
