import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { csvWriter } from '../data/csv-writer.ts';
import type { Declaration } from '../data/declaration.ts';
import { type Table, tableLines } from '../data/table.ts';

/** The SHA-256 that a table would have as a CSV file in a release. */
export async function csvHash(declaration: Declaration, table: Table): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(Readable.from(tableLines(declaration, table)), csvWriter(), hash);
  return hash.digest('hex');
}
