/** The ways to search parameters, as they are named. */
export const strategies = ['auto', 'random', 'grid', 'halving'] as const;
export type StrategyName = (typeof strategies)[number];
