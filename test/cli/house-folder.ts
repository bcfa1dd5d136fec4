import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll } from 'vitest';
import { train } from '../../ml/index.ts';
import { writeHouses } from '../houses.ts';
import { start } from '../processes.ts';
import { makeFolder, temporaryFolder } from '../temporary.ts';

/** Runs the command line to its end. */
export const run = (...args: string[]) => start(['cli/plumbline.ts', ...args]).exit;

export const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

function placeOf(folder: string) {
  const at = (name: string) => join(folder, name);
  return { folder, at, options: ['--dataset', folder, '--artifacts', at('artifacts')] };
}

/** A folder with a data set, and what every training in it has in common. */
export function houseFolder(rows?: string[]) {
  return placeOf(writeHouses(temporaryFolder(), rows));
}

/**
 * Trains on a data set once for the tests of a file, which leave the release as it is.
 *
 * @param write puts the data set into a folder. @default the houses
 * @param model the one that is trained, at its defaults
 */
export function trainedFolder(write: (folder: string) => string = writeHouses, model = 'linear') {
  const place = placeOf(makeFolder());
  const { folder, at, options } = place;
  beforeAll(async () => {
    await train({ dataset: write(folder), artifacts: at('artifacts'), models: [model] });
  });
  return { ...place, predict: (...args: string[]) => run('predict', ...options, ...args) };
}
