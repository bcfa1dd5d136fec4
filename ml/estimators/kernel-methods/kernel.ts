import type { Matrix } from '../../core/matrix.ts';

/** How alike two rows are, from 0 for those far apart to 1 for the same. */
export type Kernel = {
  readonly kernel: 'rbf' | 'laplacian';
  /** By what it falls: exp(−gamma × squared distance), of laplacian exp(−gamma × sum of differences). */
  readonly gamma: number;
};

/** The parameters of what learns by how alike rows are. */
export const kernelParams = {
  kernel: {
    type: 'choice',
    default: 'rbf',
    choices: ['rbf', 'laplacian'],
    description: 'how alike rows are falls with their squared distance, or with the sum of their differences',
    search: { among: ['rbf', 'laplacian'], grid: true },
  },
  length_scale: {
    type: 'number',
    default: 1,
    min: 0.001,
    max: 1000,
    description:
      'how far apart rows may be that are alike, as a share of how far apart they are: gamma is 1 / (2 length_scale² × the sum of the columns’ variances), of laplacian 1 / (length_scale × the sum of their standard deviations)',
    search: { low: 0.3, high: 10, scale: 'log', grid: [0.5, 1, 2, 4] },
  },
  n_components: {
    type: 'integer',
    default: 300,
    min: 1,
    max: 4000,
    description: 'how many training rows others are compared with; all of them where there are fewer',
  },
} as const;

/**
 * The kernel of a length scale.
 *
 * @param deviations the standard deviation of each column over the training rows
 */
export function kernelOf(kernel: Kernel['kernel'], lengthScale: number, deviations: Float64Array): Kernel {
  const isSquared = kernel === 'rbf';
  const spread = deviations.reduce((sum, deviation) => sum + (isSquared ? deviation ** 2 : deviation), 0);
  // Where no column varies all training rows are the same.
  if (spread === 0) return { kernel, gamma: 1 };
  return { kernel, gamma: 1 / (spread * (isSquared ? 2 * lengthScale ** 2 : lengthScale)) };
}

/**
 * How alike rows are to points, row-major: rows × points.
 *
 * Source: scikit-learn 1.9, `rbf_kernel` and `laplacian_kernel`.
 *
 * @param rows so many, from place `at` of the matrix's numbers on
 * @param points count × columns
 */
export function compareRows(
  { kernel, gamma }: Kernel,
  { data, columns }: Pick<Matrix, 'data' | 'columns'>,
  { at, rows }: { readonly at: number; readonly rows: number },
  { points, count }: { readonly points: Float64Array; readonly count: number },
  into: Float64Array,
): void {
  const isSquared = kernel === 'rbf';
  for (let i = 0, to = 0; i < rows; i++) {
    const start = at + i * columns;
    for (let p = 0, from = 0; p < count; p++, to++) {
      let sum = 0;
      if (isSquared) {
        for (let j = 0; j < columns; j++, from++) {
          const difference = data[start + j]! - points[from]!;
          sum += difference * difference;
        }
      } else for (let j = 0; j < columns; j++, from++) sum += Math.abs(data[start + j]! - points[from]!);
      into[to] = Math.exp(-gamma * sum);
    }
  }
}
