// Champion and challenger: a model that was just trained against the release that is in use.

import { DataError, ReleaseError } from '../core/errors.ts';
import { type Predictions, takePredictions } from '../core/predictions.ts';
import { columnOf, relationsOf, takeRows, weightsOf } from '../data/table.ts';
import type { Model } from '../estimators/model.ts';
import { predictTable } from '../estimators/predict-rows.ts';
import { hasRelease, type Release, readRelease } from '../release/read.ts';
import { checkRows } from '../release/rows.ts';
import { readUsableModel } from '../release/usable-model.ts';
import type { Comparison } from '../selection/comparison.ts';
import { bootstrapInterval } from '../selection/paired-bootstrap.ts';
import { gainIn, type Pair } from '../selection/paired-difference.ts';
import type { Rows } from '../selection/rows.ts';
import type { Task } from '../selection/task.ts';
import { newRows } from './new-rows.ts';
import { readAs, whyNotAlike } from './read-as.ts';

/**
 * So many rows that are new to both are enough to compare on: of as many, the 95 % interval held the difference in R² in 92 of 100
 * draws of rows (of 10 in 90, of 100 in 95), so that it says what chance does. What a champion gains on rows that it has learned
 * from, nothing says.
 */
const ENOUGH_ROWS = 30;
/** Fewer have no variance to explain. */
const FEWEST_ROWS = 2;

/** A model, and the rows that it learned from and was held from. */
export interface Challenger {
  readonly rows: Rows;
  readonly model: Model;
  /** What it predicts of the held-out rows. @default they are predicted here */
  readonly heldOut?: Predictions | undefined;
  readonly task: Task;
  readonly seed: number;
}

/** Compares a model with the release in use in `artifacts`; null where there is none. What cannot be read cannot be compared. */
export async function compareWithCurrent(
  artifacts: string,
  challenger: Challenger,
  tolerance: number,
): Promise<Comparison | null> {
  if (!(await hasRelease(artifacts))) return null;
  try {
    const champion = await readRelease(artifacts);
    await checkRows(champion);
    return await compareWithRelease(champion, challenger, tolerance);
  } catch (error) {
    if (!(error instanceof ReleaseError)) throw error;
    return { status: 'incomparable', release: null, reason: withoutStop(error.message) };
  }
}

/**
 * Compares a model with a release on the rows that were held out from the model: those that the release did not learn from either,
 * where they are enough.
 *
 * @throws ReleaseError where the release holds no model that can be used
 */
export async function compareWithRelease(
  champion: Release,
  { rows, model, heldOut, task, seed }: Challenger,
  tolerance: number,
): Promise<Comparison> {
  const { id: release, manifest } = champion;
  const { declaration, test } = rows;
  const incomparable = (reason: string): Comparison => ({ status: 'incomparable', release, reason });
  const unlike = whyNotAlike(manifest.dataset, declaration);
  if (unlike !== undefined) return incomparable(unlike);
  const championModel = await readUsableModel(champion);
  const theirs = readAs(manifest.dataset, declaration, test);
  const { compared, basis } = chosenRows(await newRows(champion, rows), test.rows);
  const selected = compared.filter((row) => theirs.isReadable(row));
  if (selected.length < FEWEST_ROWS) return incomparable('the held-out rows have levels that it does not know');
  const some = takeRows(test, selected);
  try {
    const pair: Pair = {
      truth: columnOf(some, declaration.target),
      weights: weightsOf(some, declaration),
      first: heldOut ? takePredictions(heldOut, selected) : predictTable(model, some),
      second: predictTable(championModel, takeRows(theirs.table, selected)),
    };
    const scores = scoresOf(pair, task);
    if (!scores) return incomparable('its errors are too large to be scored');
    const drawn = bootstrapInterval(task.gate.metric, pair, relationsOf(some, declaration), seed);
    const interval = drawn.interval?.every(Number.isFinite) ? drawn.interval : null;
    const counted = { rows: selected.length, of: test.rows, basis };
    return {
      status: 'compared',
      release,
      ...scores,
      ...drawn,
      interval: interval && [...interval],
      ...counted,
      tolerance,
    };
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return incomparable(`it does not predict every held-out row: ${withoutStop(error.message)}`);
  }
}

/** Which of the held-out rows are compared on. */
function chosenRows(fresh: Uint32Array | undefined, count: number) {
  const all = Uint32Array.from({ length: count }, (_, row) => row);
  if (fresh === undefined) return { compared: all, basis: 'unknown' as const };
  if (fresh.length === count || fresh.length >= ENOUGH_ROWS) return { compared: fresh, basis: 'new' as const };
  return { compared: all, basis: 'learned' as const };
}

function scoresOf(pair: Pair, { gate: { metric } }: Task) {
  const { truth, weights, first, second } = pair;
  const challenger = metric.compute(truth, first, weights);
  const champion = metric.compute(truth, second, weights);
  if (!Number.isFinite(challenger) || !Number.isFinite(champion)) return undefined;
  const all = Uint32Array.from({ length: truth.length }, (_, row) => row);
  return { metric: metric.name, champion, challenger, difference: gainIn(metric, pair, all) };
}

const withoutStop = (text: string) => text.replace(/\.$/, '');
