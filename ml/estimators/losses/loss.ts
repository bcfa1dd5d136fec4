/** What turns a raw prediction, a sum of trees, into one in the targets' unit. */
export type Link = 'identity' | 'log' | 'logit' | 'half-logit';

/**
 * What boosting lessens, row by row, as functions of a target and a raw prediction (before the link). Gradient and hessian
 * are the first and second derivative by the raw prediction.
 */
export interface Loss {
  readonly link: Link;
  /** The loss of a row, but for what no prediction changes. */
  value(target: number, raw: number): number;
  gradient(target: number, raw: number): number;
  /** Left out where it is 1, or taken for 1: sums of hessians then count rows, and histograms are half as large. */
  readonly hessian?: (target: number, raw: number) => number;
}
