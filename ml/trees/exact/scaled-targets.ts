import { isConstant, largestSize, unitOf } from '../../core/moments.ts';
import type { Trees } from '../trees.ts';

/** Targets of which sums and squares can be taken: y is (the targets − origin) · unit. */
export interface ScaledTargets {
  readonly y: Float64Array;
  readonly origin: number;
  /** A power of two. */
  readonly unit: number;
}

/** The spread of targets, as a share of their size, below which squares would lose half of their digits to the offset. */
const SMALL_SPREAD = 1e-3;
/** The size from which sums of squares might overflow. */
const LARGE = 1e100;

/**
 * Takes a large offset from targets, which rounds nothing then, and divides very large ones by a power of two. Most are
 * left as they are; small ones too, since to the reference an impurity below 2e-16 is none.
 *
 * @param isRelative whether the targets must keep their ratios, as Poisson's do: then no offset is taken
 */
export function scaleTargets(targets: Float64Array, isRelative = false): ScaledTargets {
  const largest = largestSize(targets);
  const origin = !isRelative && isFar(targets, largest) ? targets[0]! : 0;
  const unit = largest > LARGE ? unitOf(largest) : 1;
  if (origin === 0 && unit === 1) return { y: targets, origin, unit };
  return { y: targets.map((target) => target * unit - origin * unit), origin, unit };
}

/** Gives the leaves of trees grown on scaled targets their values in the targets' own unit. */
export function unscaleLeaves(trees: Trees, { origin, unit }: Omit<ScaledTargets, 'y'>): Trees {
  if (origin === 0 && unit === 1) return trees;
  const { feature, threshold } = trees;
  return { ...trees, threshold: threshold.map((value, node) => (feature[node]! < 0 ? origin + value / unit : value)) };
}

function isFar(targets: Float64Array, largest: number): boolean {
  if (isConstant(targets)) return true;
  return targets.every((target) => Math.abs(target - targets[0]!) <= SMALL_SPREAD * largest);
}
