// How the target is distributed, by the values of a feature, in the rows of a sample.

import { effectiveCount } from '../../core/effective-count.ts';
import { meanOf } from '../../core/moments.ts';
import { type Box, boxOf, quantile } from '../charts/box.ts';
import type { Sampled } from './association.ts';
import { frequentLevels, NOT_KNOWN } from './frequent-levels.ts';
import { quantileGroups } from './quantile-groups.ts';
import { type WeightedValues, weightOf } from './weighted-values.ts';
import { wilsonInterval } from './wilson.ts';

/** The target by a feature, as suits their kinds. */
export type AgainstTarget = MeansByNumber | BoxesByLevel | RatesByNumber | RatesByLevel | SharesByGroup;

/** Of two numbers: the mean of the target in groups of about as many rows, and where half of it lies. */
interface MeansByNumber {
  readonly kind: 'means';
  readonly points: readonly {
    /** The mean of the feature. */
    readonly x: number;
    readonly mean: number;
    readonly q1: number;
    readonly q3: number;
    readonly rows: number;
  }[];
  /** Of the rows where the feature is not known. */
  readonly unknown: { readonly rows: number; readonly mean: number } | undefined;
}

/** Of a number by a category. */
interface BoxesByLevel {
  readonly kind: 'boxes';
  readonly boxes: readonly Box[];
}

/** How often the positive class occurs in some rows, and where that may lie but for chance. */
interface Rate {
  readonly share: number;
  readonly low: number;
  readonly high: number;
  readonly rows: number;
}

/** Of two classes by a number. */
export interface RatesByNumber {
  readonly kind: 'rates';
  readonly points: readonly (Rate & { readonly x: number })[];
  readonly unknown: Rate | undefined;
  readonly overall: number;
}

/** Of two classes by a category. */
interface RatesByLevel {
  readonly kind: 'level_rates';
  readonly levels: readonly (Rate & { readonly label: string })[];
  readonly overall: number;
}

/** Of several classes: how much of each there is, by level, or by range of a number. */
interface SharesByGroup {
  readonly kind: 'shares';
  readonly groups: readonly ({
    /** What the rows of each class weigh: how many there are, where each counts once. */
    readonly counts: readonly number[];
  } & ({ readonly label: string } | { readonly from: number; readonly to: number }))[];
}

const MOST_GROUPS = 12;
const MOST_LEVELS = 12;
/** Bars of several classes are taller than points. */
const MOST_BARS = 8;

/**
 * @param target of the same rows; all are known
 * @param positive the index of the class of interest of two; undefined of numbers and of several
 */
export function againstTarget(feature: Sampled, target: Sampled, positive: number | undefined): AgainstTarget {
  if (target.column.values !== 'codes')
    return feature.column.values === 'codes' ? boxes(feature, target) : means(feature, target);
  if (positive === undefined) return shares(feature, target);
  const isPositive = { ...target, values: target.values.map((code) => Number(code === positive)) };
  return feature.column.values === 'codes' ? levelRates(feature, isPositive) : rates(feature, isPositive);
}

const at = (values: Float64Array, rows: readonly number[]) => Float64Array.from(rows, (row) => values[row] as number);

/** The mean of some rows, by their weights. */
const meanAt = ({ values, weights }: WeightedValues, rows: readonly number[]) =>
  meanOf(at(values, rows), weights && at(weights, rows));

function unknownRows({ values }: Sampled): number[] {
  return [...values.keys()].filter((row) => Number.isNaN(values[row]));
}

/** Quantiles of some rows, by their weights: where they have some, the smallest value that so much weight is at or below. */
function quantilesAt(all: WeightedValues, rows: readonly number[], shares: readonly number[]): number[] {
  const { values, weights } = all;
  if (!weights) {
    const sorted = at(values, rows).sort();
    return shares.map((share) => quantile(sorted, share));
  }
  const order = rows.toSorted((a, b) => (values[a] as number) - (values[b] as number));
  const total = weightOf(all, rows);
  return shares.map((share) => {
    let below = 0;
    const row = order.find((each) => {
      below += weights[each] as number;
      return below >= share * total;
    });
    return values[row ?? (order.at(-1) as number)] as number;
  });
}

function means(feature: Sampled, target: Sampled): MeansByNumber {
  const unknown = unknownRows(feature);
  return {
    kind: 'means',
    points: quantileGroups(feature.values, MOST_GROUPS).map(({ rows }) => {
      const [q1, q3] = quantilesAt(target, rows, [0.25, 0.75]) as [number, number];
      return {
        x: meanAt(feature, rows),
        mean: meanAt(target, rows),
        q1,
        q3,
        rows: rows.length,
      };
    }),
    unknown: unknown.length > 0 ? { rows: unknown.length, mean: meanAt(target, unknown) } : undefined,
  };
}

function boxes(feature: Sampled, target: Sampled): BoxesByLevel {
  const all = frequentLevels(feature.column, feature, MOST_LEVELS).map(({ label, rows }) =>
    boxOf(label, at(target.values, rows)),
  );
  return { kind: 'boxes', boxes: all.sort((a, b) => b.median - a.median) };
}

function rateOf(isPositive: WeightedValues, rows: readonly number[]): Rate {
  const { weights } = isPositive;
  const share = meanAt(isPositive, rows);
  const count = weights ? effectiveCount(at(weights, rows)) : rows.length;
  return { share, ...wilsonInterval(share, count), rows: rows.length };
}

function rates(feature: Sampled, isPositive: WeightedValues): RatesByNumber {
  const unknown = unknownRows(feature);
  return {
    kind: 'rates',
    points: quantileGroups(feature.values, MOST_GROUPS).map(({ rows }) => ({
      x: meanAt(feature, rows),
      ...rateOf(isPositive, rows),
    })),
    unknown: unknown.length > 0 ? rateOf(isPositive, unknown) : undefined,
    overall: meanOf(isPositive.values, isPositive.weights),
  };
}

function levelRates(feature: Sampled, isPositive: WeightedValues): RatesByLevel {
  const levels = frequentLevels(feature.column, feature, MOST_LEVELS).map(({ label, rows }) => ({
    label,
    ...rateOf(isPositive, rows),
  }));
  return {
    kind: 'level_rates',
    levels: levels.sort((a, b) => b.share - a.share),
    overall: meanOf(isPositive.values, isPositive.weights),
  };
}

function shares(feature: Sampled, target: Sampled): SharesByGroup {
  const countsOf = (rows: readonly number[]) => {
    const counts = target.column.levels.map(() => 0);
    for (const row of rows) {
      const code = target.values[row] as number;
      counts[code] = (counts[code] ?? 0) + weightOf(target, [row]);
    }
    return counts;
  };
  if (feature.column.values === 'codes') {
    const levels = frequentLevels(feature.column, feature, MOST_LEVELS);
    return { kind: 'shares', groups: levels.map(({ label, rows }) => ({ label, counts: countsOf(rows) })) };
  }
  const unknown = unknownRows(feature);
  return {
    kind: 'shares',
    groups: [
      ...quantileGroups(feature.values, MOST_BARS).map(({ from, to, rows }) => ({ from, to, counts: countsOf(rows) })),
      ...(unknown.length > 0 ? [{ label: NOT_KNOWN, counts: countsOf(unknown) }] : []),
    ],
  };
}
