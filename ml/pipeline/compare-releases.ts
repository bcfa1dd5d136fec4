import { isDeepStrictEqual } from 'node:util';
import type { Manifest } from '../release/manifest.ts';
import type { Release } from '../release/read.ts';
import { recordedTask } from '../release/recorded-task.ts';
import { hasRows } from '../release/rows.ts';
import { readUsableModel } from '../release/usable-model.ts';
import { membersOf } from '../selection/chosen.ts';
import type { Comparison } from '../selection/comparison.ts';
import { compareWithRelease } from './champion.ts';
import { rowsOfRelease } from './release-rows.ts';

/** Something of which two releases say different things. */
interface ReleaseDifference {
  /** The path in the manifest: "chosen.params.alpha". */
  readonly what: string;
  /** As the first and the second have it; undefined where one has nothing there. */
  readonly first: unknown;
  readonly second: unknown;
}

/** How two releases compare. */
export interface ReleaseComparison {
  readonly first: string;
  readonly second: string;
  /** The second as the challenger of the first, on rows that were held out from it. */
  readonly comparison: Comparison;
  /** In how they were made: parameters, data, options, versions. */
  readonly differences: readonly ReleaseDifference[];
}

/**
 * Compares a release with an earlier one, on the rows that were held out from it and are new to the earlier one too.
 *
 * @throws ReleaseError where one of them holds no model that can be used
 */
export async function compareReleases(first: Release, second: Release): Promise<ReleaseComparison> {
  const { manifest } = second;
  const task = recordedTask(manifest);
  const comparison: Comparison = hasRows(second)
    ? await compareWithRelease(
        first,
        { rows: await rowsOfRelease(second), model: await readUsableModel(second), task, seed: manifest.seed },
        task.gate.tolerance(manifest.threshold),
      )
    : { status: 'incomparable', release: first.id, reason: `release ${second.id} lacks the rows that were held out` };
  const differences = differencesOf(madeOf(first.manifest), madeOf(manifest));
  return { first: first.id, second: second.id, comparison, differences };
}

/** What a release was made from, without what came of it. */
function madeOf({ chosen, data, dataset, plan, seed, threshold, folds, versions, code, commit }: Manifest) {
  const members = membersOf(chosen).map(({ model, params, features = [], parts }) => ({
    model,
    params,
    features: features.map(({ recipe }) => recipe),
    parts,
  }));
  return { model: members, data, dataset, plan, seed, threshold, folds, versions, code, commit };
}

/** The leaves of plain objects and arrays that differ, by their paths. */
function differencesOf(first: unknown, second: unknown, what = ''): ReleaseDifference[] {
  if (isDeepStrictEqual(first, second)) return [];
  if (!isBranch(first) || !isBranch(second)) return [{ what, first, second }];
  const keys = new Set([...Object.keys(first), ...Object.keys(second)]);
  const at = (key: string) => (what === '' ? key : `${what}.${key}`);
  return [...keys].flatMap((key) => differencesOf(first[key], second[key], at(key)));
}

const isBranch = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
