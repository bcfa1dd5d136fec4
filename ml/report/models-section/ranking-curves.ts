import { type Flagged, stepsOf } from '../card/curves.ts';
import type { HeldOutClasses } from '../card/held-out.ts';

/** How well the probability of a class tells its rows from the others, over all thresholds; all are shares. */
export interface RankingCurve {
  readonly level: string;
  /** How many of the rows are of it. */
  readonly share: number;
  /** The areas below both curves; the second as the mean of the precision over the recall. */
  readonly rocAuc: number;
  readonly averagePrecision: number;
  /** The recall over the false alarms. */
  readonly roc: readonly CurvePoint[];
  /** The precision over the recall. */
  readonly precision: readonly CurvePoint[];
}

interface CurvePoint {
  readonly x: number;
  readonly y: number;
}

/** Points that are closer than this to the one before are left out. */
const STEP = 0.01;
/** More lines cannot be told from each other. */
const MOST_CLASSES = 6;

/**
 * The curves of the positive class of two, or of each class of several against all others; of many those with most rows.
 *
 * @param positive null of several
 * @returns none of a class that has no row among those that were held out, or all
 */
export function rankingCurves(
  held: HeldOutClasses,
  levels: readonly string[],
  positive: string | null,
): RankingCurve[] {
  const { truth, probabilities, weights } = held;
  const counts = levels.map((_, code) => truth.reduce((sum, each) => sum + Number(each === code), 0));
  const codes =
    positive === null
      ? levels
          .map((_, code) => code)
          .sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b)
          .slice(0, MOST_CLASSES)
      : [levels.indexOf(positive)];
  return codes.flatMap((of) => {
    const steps = stepsOf(probabilities, { truth, weights, of });
    const last = steps.at(-1);
    return last && last.caught > 0 && last.wrong > 0 ? curveOf(levels[of] as string, steps, last) : [];
  });
}

/** Source: Davis and Goadrich 2006 (precision is not interpolated linearly); scikit-learn's average_precision_score. */
function curveOf(level: string, steps: readonly Flagged[], { caught, wrong }: Flagged): RankingCurve {
  const roc: CurvePoint[] = [{ x: 0, y: 0 }];
  const precision: CurvePoint[] = [];
  let [rocAuc, averagePrecision] = [0, 0];
  let before = { caught: 0, wrong: 0 };
  for (const step of steps) {
    const share = step.caught / (step.caught + step.wrong);
    rocAuc += ((step.wrong - before.wrong) / wrong) * ((step.caught + before.caught) / (2 * caught));
    averagePrecision += ((step.caught - before.caught) / caught) * share;
    roc.push({ x: step.wrong / wrong, y: step.caught / caught });
    precision.push({ x: step.caught / caught, y: share });
    before = step;
  }
  return {
    level,
    share: caught / (caught + wrong),
    rocAuc,
    averagePrecision,
    roc: thinned(roc),
    precision: thinned(precision),
  };
}

/** The first and the last point, and of those between as many as can be seen. */
function thinned(points: readonly CurvePoint[]): CurvePoint[] {
  let kept: CurvePoint | undefined;
  return points.filter((point, i) => {
    const isFar = kept === undefined || Math.abs(point.x - kept.x) >= STEP || Math.abs(point.y - kept.y) >= STEP;
    if (!isFar && i < points.length - 1) return false;
    kept = point;
    return true;
  });
}
