// Whether a CSV is what its declaration says, and like the rows that the release in use learned from.

import { join } from 'node:path';
import { ParamError } from '../core/errors.ts';
import { checkDeclaration, type Declaration, readDeclaration } from '../data/declaration.ts';
import { type Release, readRelease } from '../release/read.ts';
import { columnCheck } from './column-check.ts';
import { compareColumns } from './compare.ts';
import type { DataCheck } from './data-check.ts';
import { distributedColumns } from './distributed.ts';
import { checkDrift } from './drift.ts';
import { checkDuplicates } from './duplicates.ts';
import { type CheckName, checkNames, defaultFailOn, verdictOf } from './finding.ts';
import { checkLevels } from './levels.ts';
import { checkMissing } from './missing.ts';
import { notesOn } from './notes.ts';
import { observe } from './observe.ts';
import { type Profile, profileLike } from './profile.ts';
import { checkRanges } from './ranges.ts';
import { referenceOf } from './reference.ts';
import { checkSchema } from './schema.ts';
import { checkTarget } from './target.ts';

export interface CheckDataOptions {
  /** The folder that holds dataset.json; or what such a file would say. @default what the release in `against` was trained on */
  readonly dataset?: string | Declaration | undefined;
  /** A CSV, or its rows: an object for each. @default the declaration's own file */
  readonly data?: string | readonly object[] | undefined;
  /** With whose rows it is compared: a release, or the folder of releases of which the one in use counts. @default the declaration alone counts */
  readonly against?: Release | string | undefined;
  /** The checks that may fail. @default all but duplicates */
  readonly failOn?: readonly CheckName[] | undefined;
  /** Called every so many rows, of the release first and then of the data. */
  readonly onProgress?: ((rows: number, of: 'release' | 'data') => void) | undefined;
}

/**
 * Compares rows with their declaration, and with the rows that a release was trained on. What is wrong with rows is in the answer, and no error.
 *
 * @throws DataError where there is no such file or declaration, or it is wrong. @throws ReleaseError where the release cannot be read.
 * @throws ParamError where neither a declaration nor a release is given
 */
export async function checkData(options: CheckDataOptions): Promise<DataCheck> {
  const { failOn: gating = defaultFailOn, onProgress } = options;
  const against = typeof options.against === 'string' ? await readRelease(options.against) : options.against;
  const dataset = options.dataset ?? against?.manifest.dataset;
  if (dataset === undefined)
    throw new ParamError('there is nothing to compare with: give a dataset, or a release in against');
  const declaration = typeof dataset === 'string' ? await readDeclaration(dataset) : checkDeclaration(dataset);
  const own = typeof dataset === 'string' ? join(dataset, declaration.file) : declaration.file;
  const reference = against && (await referenceOf(against, { onRows: (rows) => onProgress?.(rows, 'release') }));
  const distributed = new Set(distributedColumns(declaration).map(({ name }) => name));
  const current = new Map<string, Profile>();
  const observation = await observe(options.data ?? own, {
    declaration,
    alike: 'counted',
    profileFor: (column) => {
      if (!distributed.has(column.name)) return undefined;
      const profile = profileLike(column, reference?.profiles.get(column.name));
      if (profile) current.set(column.name, profile);
      return profile;
    },
    onProgress: (rows) => onProgress?.(rows, 'data'),
  });
  const { rows, dropped, weightless, effectiveRows, scale } = observation;
  const comparison = reference && compareColumns(declaration, reference, { profiles: current, scale });
  const findings = [
    ...checkSchema(observation),
    ...checkRanges(observation),
    ...checkLevels(observation, comparison, reference),
    ...checkMissing(observation, declaration, comparison),
    ...checkDuplicates(observation, declaration),
    ...checkTarget(observation, declaration, current, comparison),
    ...checkDrift(declaration, comparison),
  ];
  return {
    dataset: declaration.name,
    data: observation.name,
    verdict: verdictOf(findings, gating),
    gating,
    rows,
    dropped,
    weightless,
    independent: effectiveRows,
    against:
      reference && against ? { release: against.id, rows: reference.rows, independent: reference.effectiveRows } : null,
    notes: notesOn(declaration, observation, against, reference),
    checks: checkNames.map((check) => {
      const own = findings.filter((finding) => finding.check === check);
      const isDone = check !== 'drift' || reference !== undefined;
      return { check, verdict: isDone ? verdictOf(own, gating) : null, findings: own };
    }),
    columns: declaration.columns.map((column) => columnCheck(column, observation, comparison, { findings, gating })),
  };
}
