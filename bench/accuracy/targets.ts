import type { Peer } from './peers.ts';
import type { Standing } from './standings.ts';

/** What Plumbline is to reach in a contest. */
export interface Target {
  readonly asks: string;
  readonly holds: (ours: Standing, others: readonly Standing[]) => boolean;
}

/** By contest. */
export const targets: Readonly<Record<Peer['contest'], Target>> = {
  short: {
    asks: 'the best mean rank of all',
    holds: (ours, others) => others.every(({ meanRank }) => ours.meanRank <= meanRank),
  },
  long: {
    asks: 'no fewer wins than losses, and no lower mean normalised score',
    holds: (ours, others) =>
      others.every(({ below, above, meanNormalised }) => below >= above && ours.meanNormalised >= meanNormalised),
  },
};
