// Who is measured on every table.

import type { EnvironmentName } from './environments.ts';

/** Peers of one contest are ranked among each other. Their time is a multiple of `--seconds`. */
export const contests = [
  { name: 'short', times: 1 },
  { name: 'long', times: 5 },
] as const;

export interface Peer {
  readonly name: string;
  readonly contest: (typeof contests)[number]['name'];
  /** Null is Plumbline itself. */
  readonly environment: EnvironmentName | null;
  /** Whether it is told how long it may take; the others are at their defaults, and take what they take. */
  readonly isTimed: boolean;
}

const short = 'short';
const long = 'long';

export const peers: readonly Peer[] = [
  { name: 'plumbline', contest: short, environment: null, isTimed: true },
  { name: 'hist-gradient-boosting', contest: short, environment: 'boosters', isTimed: false },
  { name: 'xgboost', contest: short, environment: 'boosters', isTimed: false },
  { name: 'lightgbm', contest: short, environment: 'boosters', isTimed: false },
  { name: 'catboost', contest: short, environment: 'boosters', isTimed: false },
  { name: 'flaml', contest: short, environment: 'flaml', isTimed: true },
  { name: 'autogluon-medium', contest: short, environment: 'autogluon', isTimed: true },
  { name: 'plumbline-long', contest: long, environment: null, isTimed: true },
  { name: 'autogluon-best', contest: long, environment: 'autogluon', isTimed: true },
];

/** How long a peer may take, in seconds; null for one that is not told. */
export function budgetOf({ contest, isTimed }: Peer, seconds: number): number | null {
  return isTimed ? seconds * timesOf(contest) : null;
}

/** What a contest's time is of `--seconds`. */
export function timesOf(contest: Peer['contest']): number {
  return contests.find(({ name }) => name === contest)?.times ?? 1;
}
