import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeHouses } from '../houses.ts';
import { start } from '../processes.ts';
import { temporaryFolder } from '../temporary.ts';

/** Runs the command line to its end. */
export const run = (...args: string[]) => start(['cli/plumbline.ts', ...args]).exit;

export const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

/** A folder with a data set, and what every training in it has in common. */
export function houseFolder(rows?: string[]): { folder: string; at: (name: string) => string; options: string[] } {
  const folder = writeHouses(temporaryFolder(), rows);
  const at = (name: string) => join(folder, name);
  return { folder, at, options: ['--dataset', folder, '--artifacts', at('artifacts')] };
}
