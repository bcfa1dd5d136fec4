import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isDeepStrictEqual } from 'node:util';
import { stringify } from 'csv-stringify';
import { type Table, tableLines } from './data/table.ts';
import type { Declaration } from './dataset.ts';
import { ReleaseError } from './errors.ts';
import { regressorNamed } from './regressors/index.ts';
import { type GivenParams, resolveParams } from './regressors/params.ts';
import { type Release, readRelease } from './release.ts';
import { isUnchangedSince, versions } from './versions.ts';

/** All of the code that training depends on, as git knows it. */
const CODE = ['ml', 'package-lock.json'];

/** What a training is asked to do. */
export interface Training {
  readonly declaration: Declaration;
  readonly table: Table;
  readonly models: readonly string[];
  readonly params: GivenParams;
  readonly seed: number;
  readonly threshold: number;
}

/**
 * The release in use, if this training would only make it again: same data, declaration and options, same code and
 * versions. Training gives the same bytes then, but for the commit.
 */
export async function findUnchanged(artifacts: string, training: Training): Promise<Release | undefined> {
  const release = await readRelease(artifacts).catch((error) => {
    if (error instanceof ReleaseError) return undefined;
    throw error;
  });
  if (!release) return undefined;
  const { commit, seed, threshold, dataset, leaderboard, data, versions: trainedBy } = release.manifest;
  const { declaration, table, models, params } = training;
  const same =
    data.split === 'seed' &&
    seed === training.seed &&
    threshold === training.threshold &&
    isDeepStrictEqual(trainedBy, versions()) &&
    isDeepStrictEqual(dataset, declaration) &&
    isDeepStrictEqual(leaderboard.map(({ model }) => model).sort(), [...models].sort()) &&
    leaderboard.every((entry) => isDeepStrictEqual(entry.params, paramsOf(entry.model, params))) &&
    data.sha256 === (await dataHash(declaration, table)) &&
    commit !== null &&
    isUnchangedSince(commit, CODE);
  return same ? release : undefined;
}

const paramsOf = (model: string, given: GivenParams) =>
  resolveParams(model, regressorNamed(model).params, given[model]);

/** The SHA-256 that data.csv would have in a release. */
async function dataHash(declaration: Declaration, table: Table): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(Readable.from(tableLines(declaration, table)), stringify(), hash);
  return hash.digest('hex');
}
