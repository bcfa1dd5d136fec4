import { type ReadTable, readTable } from '../../ml/pipeline/init/read-table.ts';
import { StatusLine } from '../status-line.ts';

/** Reads a file, and tells how far on standard error. */
export async function readWithProgress(path: string): Promise<ReadTable> {
  const line = new StatusLine(process.stderr);
  try {
    return await readTable(path, (rows) => line.show(`  reading ${path}: ${rows.toLocaleString('en')} rows`));
  } finally {
    line.clear();
  }
}
