import { type FeatureColumn, featureKindOf, type Usual } from '../../../../ml/serving.ts';

/** Steps of trees are seen as steps. */
const POINTS = 61;
/** So many levels can be compared in a picture. */
const MOST_LEVELS = 24;

/** The values along which predictions are drawn, as a table holds them. */
export interface ValuesAlong {
  readonly values: Float64Array;
  /** How many levels there are beyond those. */
  readonly left: number;
}

/**
 * @param own the value of the record, which is always among them where it is known; NaN where it is not
 * @returns undefined where it is not known from where to where a number or a date goes
 */
export function valuesAlong(column: FeatureColumn, own: number, usual: Usual | undefined): ValuesAlong | undefined {
  const { levels, step, limits } = featureKindOf(column);
  if (levels) return levelsAlong(levels.length, own);
  if (!usual?.range) return undefined;
  const { min, max } = usual.range;
  // A record may lie beyond what is usual.
  const [from, to] = Number.isNaN(own) ? [min, max] : [Math.min(min, own), Math.max(max, own)];
  const inside = evenly(from, to).map(onSteps(step, limits.min ?? 0));
  const isAllowed = (value: number) => value >= (limits.min ?? -Infinity) && value <= (limits.max ?? Infinity);
  const all = new Set([...inside.filter(isAllowed), ...(Number.isNaN(own) ? [] : [own])]);
  return { values: Float64Array.from(all).sort(), left: 0 };
}

function evenly(from: number, to: number): number[] {
  // Each end by itself, since the difference of two numbers may be more than a number holds.
  return Array.from({ length: POINTS }, (_, i) => {
    const share = i / (POINTS - 1);
    return from * (1 - share) + to * share;
  });
}

/** A function from a number to the nearest on a column's steps. */
function onSteps(step: number | undefined, from: number): (value: number) => number {
  if (step === undefined) return (value) => value;
  return (value) => Number((from + Math.round((value - from) / step) * step).toPrecision(12));
}

/** The levels in declared order: all, or the first of them and that of the record. */
function levelsAlong(count: number, own: number): ValuesAlong {
  const first = Array.from({ length: Math.min(count, MOST_LEVELS) }, (_, code) => code);
  const codes = Number.isNaN(own) || own < first.length ? first : [...first.slice(0, -1), own];
  return { values: Float64Array.from(codes), left: count - codes.length };
}
