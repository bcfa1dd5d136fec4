import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DataError } from '../core/errors.ts';
import { sha256 } from '../core/files.ts';
import { csvText } from '../data/csv-text.ts';
import { tableLines } from '../data/table.ts';
import { dataRoles } from '../release/files.ts';
import { type Release, readRelease } from '../release/read.ts';
import { hasRows } from '../release/rows.ts';
import { type Rows, readRows } from '../selection/rows.ts';
import { csvHash } from './csv-hash.ts';

/**
 * Gives the release in use in `artifacts` its rows back, which one out of an image lacks: from the data set as it was when the
 * release was trained, split again by its seed. Nothing is written unless every byte is as its manifest says.
 *
 * @param dataset the folder that holds dataset.json
 * @returns whether the release has its rows now
 * @throws ReleaseError where there is no release, or not a whole one
 */
export async function restoreRows(artifacts: string, dataset: string): Promise<boolean> {
  const release = await readRelease(artifacts);
  if (hasRows(release)) return true;
  const { seed, data, files } = release.manifest;
  // Nobody knows which rows were named by hand.
  if (data.split === 'given') return false;
  const rows = await readRowsIfAny(dataset, seed);
  if (!rows) return false;
  const { declaration } = rows;
  const tables = { data: rows.all, train: rows.train, test: rows.test };
  for (const role of dataRoles) if ((await csvHash(declaration, tables[role])) !== files[role].sha256) return false;
  for (const role of dataRoles) {
    const file = createWriteStream(join(release.path, files[role].name));
    await pipeline(csvText(tableLines(declaration, tables[role])), file);
  }
  await restoreReport(release);
  return true;
}

/** Gives a release its report back, where this version makes the same. */
async function restoreReport(release: Release): Promise<void> {
  const { report } = release.manifest.files;
  if (!report) return;
  const { reportOfRelease } = await import('./report-of-release.ts');
  const page = await reportOfRelease(release);
  if (sha256(page) === report.sha256) await writeFile(join(release.path, report.name), page);
}

async function readRowsIfAny(dataset: string, seed: number): Promise<Rows | undefined> {
  try {
    return await readRows({ dataset }, seed);
  } catch (error) {
    if (error instanceof DataError) return undefined;
    throw error;
  }
}
