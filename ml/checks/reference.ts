import { DataError, ReleaseError } from '../core/errors.ts';
import type { Release } from '../release/read.ts';
import { hasRows, rowsFileOf } from '../release/rows.ts';
import { distributedColumns, levelsOf } from './distributed.ts';
import { drawnValues } from './drawn-values.ts';
import { type Observation, observe } from './observe.ts';
import { emptyProfile, type Profile, type Sample } from './profile.ts';

/** So many rows say where number lines are cut: a thousand edges are as good by them as by all. */
const DRAWN = 2 ** 18;

interface Options {
  /** Called every so many rows. */
  readonly onRows?: ((rows: number) => void) | undefined;
  /** How many rows say where number lines are cut. */
  readonly drawn?: number;
}

/**
 * What the rows of a release are like: what others are compared with. They are read as they stream by, some of them first for where
 * numbers lie, and then all, in memory that does not grow with them.
 *
 * @returns undefined where the release has no rows beside it
 * @throws ReleaseError where they cannot be read
 */
export async function referenceOf(
  release: Release,
  { onRows, drawn = DRAWN }: Options = {},
): Promise<Sample | undefined> {
  const { dataset: declaration, data } = release.manifest;
  // A model may be imported without rows.
  if (!hasRows(release) || data.rows === 0) return undefined;
  const path = await rowsFileOf(release, 'data');
  const distributed = distributedColumns(declaration);
  const profiles = new Map<string, Profile>();
  try {
    const numbers = distributed.filter((column) => !levelsOf(column));
    const values = await drawnValues(path, numbers, { of: data.rows, drawn });
    for (const column of distributed) profiles.set(column.name, emptyProfile(column, values.get(column.name)));
    const observation = await observe(path, {
      declaration,
      reading: { areBare: true },
      profileFor: ({ name }) => profiles.get(name),
      onProgress: onRows,
    });
    refuseMisfits(observation);
    const { rows, effectiveRows, scale } = observation;
    const columns = new Map(declaration.columns.map((column) => [column.name, column]));
    return { profiles, columns, rows, effectiveRows, scale };
  } catch (cause) {
    if (!(cause instanceof DataError)) throw cause;
    const { name } = release.manifest.files.data;
    throw new ReleaseError(`${name} of release ${release.id} cannot be read: ${cause.message}`, { cause });
  }
}

/** @throws DataError where rows of a release are not what it declares */
function refuseMisfits({ name, headerIssues, unreadable, columns }: Observation): void {
  if (headerIssues.length > 0) throw new DataError('its header is another one', { issues: headerIssues });
  unreadable.log.throwIfAny(name);
  for (const { misfits } of columns.values()) for (const log of misfits.values()) log.throwIfAny(name);
}
