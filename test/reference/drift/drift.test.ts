// What scipy says of the same tests (ask.py).

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chiSquaredTail, homogeneityTest } from '../../../ml/checks/statistics/homogeneity.ts';
import { kolmogorovSmirnovTest, kolmogorovTail } from '../../../ml/checks/statistics/kolmogorov-smirnov.ts';

interface Answers {
  readonly tails: readonly { value: number; df: number; p: number }[];
  readonly kolmogorov: readonly { x: number; p: number }[];
  readonly exact: readonly { m: number; n: number; distance: number; p: number }[];
  readonly tables: readonly { table: [number[], number[]]; pearson: number; likelihood_ratio: number }[];
}

const answers: Answers = JSON.parse(readFileSync(join(import.meta.dirname, 'answers.json'), 'utf8'));

const relative = (ours: number, theirs: number) => (ours === theirs ? 0 : Math.abs(ours - theirs) / theirs);

describe('the tail of', () => {
  test.each(answers.tails)('χ² at $value, of $df degrees of freedom', ({ value, df, p }) => {
    expect(relative(chiSquaredTail(value, df), p)).toBeLessThan(1e-10);
  });

  test.each(answers.kolmogorov)('Kolmogorov’s distribution at $x', ({ x, p }) => {
    expect(relative(kolmogorovTail(x), p)).toBeLessThan(1e-12);
  });
});

test.each(answers.exact)('the test of $m and $n rows at $distance is near the exact one', ({ m, n, distance, p }) => {
  const ours = kolmogorovSmirnovTest(distance, m, n);
  // The asymptotic distribution with Stephens' correction: closest where it decides, and too large far out.
  if (p > 1e-3) expect(Math.abs(ours - p)).toBeLessThan(0.03);
  else expect(ours).toBeGreaterThan(p / 2);
});

test.each(answers.tables)('samples of categories, the more cautious of two tests: $table', (answer) => {
  const [first, second] = answer.table.map((counts) => Float64Array.from(counts)) as [Float64Array, Float64Array];
  const cautious = Math.max(answer.pearson, answer.likelihood_ratio);
  expect(relative(homogeneityTest(first, second), cautious)).toBeLessThan(1e-10);
});
