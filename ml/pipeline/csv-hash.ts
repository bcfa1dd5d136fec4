import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { csvText } from '../data/csv-text.ts';
import type { Declaration } from '../data/declaration.ts';
import { type Table, tableLines } from '../data/table.ts';

/** The SHA-256 that a table would have as a CSV file in a release. */
export async function csvHash(declaration: Declaration, table: Table): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(csvText(tableLines(declaration, table)), hash);
  return hash.digest('hex');
}
