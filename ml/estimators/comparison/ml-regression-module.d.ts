declare module 'ml-regression' {
  /** Least squares by the normal equations; `weights` is columns × targets, the intercept last. */
  export class MultivariateLinearRegression {
    constructor(
      x: readonly (readonly number[])[],
      y: readonly (readonly number[])[],
      options: { intercept: boolean; statistics: boolean },
    );
    readonly weights: readonly (readonly number[])[];
  }
}
