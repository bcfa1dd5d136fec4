declare module 'ml-regression' {
  /** Least squares by the normal equations; the last of `weights` is the intercept. */
  export class MultivariateLinearRegression {
    constructor(x: ArrayLike<number>[], y: number[][], options?: { intercept?: boolean; statistics?: boolean });
    readonly weights: number[][];
  }
}
