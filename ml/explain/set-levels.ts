// A mean of p-values is further from 0 than each of them, so that sets by it alone would be too large.

import type { Predictions } from '../core/predictions.ts';
import type { Model } from '../estimators/model.ts';
import { combineParts, type PartPredictions } from '../estimators/predict-rows.ts';
import { type ClassGroup, conformitiesOf, listsOf, MISSED, type PredictionSets } from './prediction-sets.ts';
import { predictionsWithout } from './without-fold.ts';

/** Of unseen rows so many at least, by their probabilities, say something of the level of a group; of fewer those of all groups do. */
const ENOUGH_ROWS = 20;
/** No level is larger: sets leave something out for a reason. */
const LARGEST = 0.5;

type Groups = { readonly groupOf: PredictionSets['groupOf']; readonly groups: readonly Omit<ClassGroup, 'level'>[] };

/**
 * The level of each group, at which its classes are as often left out of sets by the mean over folds as they are by what a fit of a single
 * fold says, of which out-of-fold probabilities tell. How often that is, is counted on unseen rows, each of which is of a class as often
 * as the model says. Of a model whose parts know all rows the level is 10 %.
 *
 * @param parts what the parts predict of unseen rows
 */
export function levelsFor({ groupOf, groups }: Groups, model: Model, parts: PartPredictions): number[] {
  const asGroups = { groupOf, groups: groups.map((group) => ({ ...group, level: MISSED })) };
  const lists = listsOf(asGroups);
  const usual = groups.map(() => MISSED);
  if (lists.length === 1 || lists.every((list) => list.parts.every((place) => place === -1))) return usual;
  const without = predictionsWithout(lists, model, parts);
  const together = conformitiesOf(asGroups, without);
  const singles = without.map((each) =>
    conformitiesOf(
      asGroups,
      without.map(() => each),
    ),
  );
  const probabilities = combineParts(model, parts);
  return groups.map((_, group) => {
    const own = drawnRows(probabilities, (k) => groupOf[k] === group);
    const drawn = totalOf(own) >= ENOUGH_ROWS ? own : drawnRows(probabilities, () => true);
    if (totalOf(drawn) < ENOUGH_ROWS) return MISSED;
    const missed = drawn.reduce((sum, { at, weight }) => {
      const times = singles.filter((values) => (values[at] as number) <= MISSED).length;
      return sum + (weight * times) / singles.length;
    }, 0);
    const level = levelMissing(drawn, together, missed);
    return Math.min(LARGEST, Math.max(MISSED, level));
  });
}

/** A row as one of a class of a group: its place among rows × classes, and how probable it is. */
interface Drawn {
  readonly at: number;
  readonly weight: number;
}

const totalOf = (drawn: readonly Drawn[]) => drawn.reduce((sum, { weight }) => sum + weight, 0);

function drawnRows({ values, outputs }: Predictions, isOf: (k: number) => boolean): Drawn[] {
  const drawn: Drawn[] = [];
  values.forEach((weight, at) => {
    if (isOf(at % outputs) && weight > 0) drawn.push({ at, weight });
  });
  return drawn;
}

/** The p-value up to which rows of so much weight lie. */
function levelMissing(drawn: readonly Drawn[], conformities: Float64Array, missed: number): number {
  const sorted = drawn
    .map(({ at, weight }) => ({ weight, conformity: conformities[at] as number }))
    .sort((a, b) => a.conformity - b.conformity);
  let sum = 0;
  let level = 0;
  for (const { weight, conformity } of sorted) {
    sum += weight;
    if (sum > missed) break;
    level = conformity;
  }
  return level;
}
