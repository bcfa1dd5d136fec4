/**
 * How the statistics of a row, its gradient and hessian at fixed point, stand in its record and in the histograms.
 *
 * - `counted`: every hessian is 1; one integer holds a gradient and counts the row.
 * - `packed`: one integer holds a gradient and a hessian, of 32 bits each, in half the memory and time of `paired`.
 * - `paired`: an integer each.
 *
 * The bits that sums of gradients leave free, some 20 of `counted` at a million rows and 40 at a thousand, are a gradient's
 * precision; a float32 has 24. Of `packed` they are 11 at a million rows: numbers are rounded up or down so that sums are right on
 * average. Source of both roundings: Shi et al. 2022.
 */
export type Layout = 'counted' | 'packed' | 'paired';

/** The room for a row's statistics, and for a histogram's entry. */
export const statisticBytes = (layout: Layout) => (layout === 'paired' ? 16 : 8);
