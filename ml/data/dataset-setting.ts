// The one setting that names the data set.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, isAbsolute, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isBuilt } from '../core/built.ts';
import { DataError } from '../core/errors.ts';

/** The folder of the project: that of this code, or, where this is a package, the one that it is used in. */
export const root = isBuilt ? process.cwd() : fileURLToPath(new URL('../..', import.meta.url));

type Environment = Readonly<Record<string, string | undefined>>;

const IN_PACKAGE = '"plumbline": { "dataset": "data/NAME" }';

/**
 * The folder of the data set that a command is about: what its command line gave, else DATASET in the environment, else
 * `plumbline.dataset` in package.json. A blank one counts as not given. A bare name that is no data set here means that
 * folder of data/.
 *
 * @returns a path from the working directory
 * @throws DataError where nothing names one, or what is named is not a folder with a dataset.json
 */
export function datasetFolder(given?: string, environment: Environment = process.env): string {
  const { name, from, base } = namedDataset(given?.trim(), environment.DATASET?.trim());
  const here = resolve(base, name);
  const candidates = basename(name) === name ? [here, join(root, 'data', name)] : [here];
  const folder = candidates.find((path) => existsSync(join(path, 'dataset.json')));
  if (folder !== undefined) return shortPath(folder);
  const present = candidates.find((path) => existsSync(path));
  if (present === undefined) {
    const places = candidates.map(shortPath).join(' and no ');
    throw new DataError(
      `${from} names the data set ${name}, but there is no ${places}. It takes a folder that holds dataset.json; ${inData()}`,
    );
  }
  throw new DataError(
    statSync(present).isDirectory()
      ? `${shortPath(present)} holds no dataset.json, which declares the columns of its CSV. npm run init -- FILE --target COLUMN writes one (docs/guide/your-own-data.md)`
      : `${from} takes the folder that holds dataset.json, and ${shortPath(present)} is a file. npm run init -- FILE --target COLUMN makes such a folder of a file (docs/guide/your-own-data.md)`,
  );
}

/** A path as it is typed from the working directory, where that is shorter. */
export function shortPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') || isAbsolute(short) ? path : short || '.';
}

interface Named {
  readonly name: string;
  /** Who says so, in the user's words. */
  readonly from: string;
  /** What a relative path starts from. */
  readonly base: string;
}

function namedDataset(given: string | undefined, inEnvironment: string | undefined): Named {
  if (given) return { name: given, from: '--dataset', base: process.cwd() };
  if (inEnvironment) return { name: inEnvironment, from: 'DATASET', base: process.cwd() };
  const manifest = join(root, 'package.json');
  const { plumbline } = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')) : {};
  const name: unknown = plumbline?.dataset;
  if (typeof name === 'string' && name.trim() !== '') return { name: name.trim(), from: 'package.json', base: root };
  throw new DataError(
    `nothing names the data set: package.json should have ${IN_PACKAGE} (npm pkg set plumbline.dataset=data/NAME); DATASET in the environment and --dataset win over that. ${inData()}`,
  );
}

function inData(): string {
  const folder = join(root, 'data');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const sets = names.filter((name) => existsSync(join(folder, name, 'dataset.json'))).map((name) => `data/${name}`);
  return sets.length > 0 ? `there are: ${sets.join(', ')}` : 'data/ has none yet';
}
