/** What was measured after so many requests. */
export interface Sample {
  readonly requests: number;
  readonly value: number;
}

/**
 * How much larger a value became from the first of some samples to the last, as a share of their mean, by the line of least squares through
 * them: single ones go up and down with each collection of garbage.
 */
export function growthOf(samples: readonly Sample[]): number {
  const n = samples.length;
  const mean = (of: (sample: Sample) => number) => samples.reduce((sum, sample) => sum + of(sample), 0) / n;
  const x = mean(({ requests }) => requests);
  const y = mean(({ value }) => value);
  const sum = (of: (sample: Sample) => number) => samples.reduce((all, sample) => all + of(sample), 0);
  const slope = sum(({ requests, value }) => (requests - x) * (value - y)) / sum(({ requests }) => (requests - x) ** 2);
  return (slope * ((samples.at(-1)?.requests ?? 0) - (samples[0]?.requests ?? 0))) / y;
}
