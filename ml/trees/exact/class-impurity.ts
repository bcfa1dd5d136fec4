/** How mixed the classes of some rows are: 0 where there is one class. */
export type ClassImpurity = 'gini' | 'entropy';

/** Impurity that is the rounding of sums of weights. */
export const NOTHING = 1e-12;

/**
 * The impurity of rows by the weight of each class, and the sum of these.
 *
 * Source: scikit-learn 1.9, `_criterion.pyx`: the same operations in the same order, so that splits that tie there tie here.
 */
export const impurityOf: Readonly<Record<ClassImpurity, (weights: Float64Array, sum: number) => number>> = {
  gini(weights, sum) {
    let squares = 0;
    for (let k = 0; k < weights.length; k++) squares += weights[k]! * weights[k]!;
    return 1 - squares / (sum * sum);
  },
  entropy(weights, sum) {
    let entropy = 0;
    for (let k = 0; k < weights.length; k++) if (weights[k]! > 0) entropy -= information(weights[k]! / sum);
    return entropy;
  },
};

/** The same of two classes, by the weight of the second. */
export const impurityOfTwo: Readonly<Record<ClassImpurity, (sum: number, ones: number) => number>> = {
  gini(sum, ones) {
    const zeros = sum - ones;
    return 1 - (zeros * zeros + ones * ones) / (sum * sum);
  },
  entropy(sum, ones) {
    const zeros = sum - ones;
    return -(zeros > 0 ? information(zeros / sum) : 0) - (ones > 0 ? information(ones / sum) : 0);
  },
};

const information = (share: number) => share * Math.log(share);
