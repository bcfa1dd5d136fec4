import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { cramersV } from '../../../ml/report/data-section/contingency.ts';
import { pearson, ranksOf } from '../../../ml/report/data-section/correlation.ts';
import { correlationRatio } from '../../../ml/report/data-section/correlation-ratio.ts';
import { splitDifferences } from '../../../ml/report/data-section/split-difference.ts';

interface Answers {
  readonly cases: readonly (Record<'codes' | 'other' | 'x' | 'y' | 'held', number[]> &
    Record<'pearson' | 'spearman' | 'cramers_v' | 'correlation_ratio' | 'kolmogorov_smirnov', number>)[];
}

const { cases } = JSON.parse(readFileSync(`${import.meta.dirname}/answers.json`, 'utf8')) as Answers;

describe.each(cases)('of $x.length rows, as SciPy says', (answer) => {
  const [codes, other, x, y, held] = (['codes', 'other', 'x', 'y', 'held'] as const).map((name) =>
    Float64Array.from(answer[name]),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];

  test('numbers are correlated', () => {
    expect(pearson(x, y)).toBeCloseTo(answer.pearson, 12);
    expect(pearson(ranksOf(x), ranksOf(y))).toBeCloseTo(answer.spearman, 12);
  });

  test('categories go together', () => {
    expect(cramersV(codes, other)).toBeCloseTo(answer.cramers_v, 12);
  });

  test('numbers go with categories', () => {
    expect(correlationRatio(codes, x)).toBeCloseTo(answer.correlation_ratio, 12);
  });

  test('both sides of a split differ', () => {
    expect(splitDifferences(new Map([['x', [x, held] as const]]))?.distances.get('x')).toBeCloseTo(
      answer.kolmogorov_smirnov,
      12,
    );
  });
});
