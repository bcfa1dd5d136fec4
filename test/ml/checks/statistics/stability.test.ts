import { describe, expect, it } from 'vitest';
import { stabilityOf } from '../../../../ml/checks/statistics/stability.ts';

const counts = (...values: number[]) => Float64Array.from(values);

describe('the population stability index', () => {
  it('is Σ (q − p) ln(q / p)', () => {
    const expected = (0.4 - 0.2) * Math.log(0.4 / 0.2) + (0.6 - 0.8) * Math.log(0.6 / 0.8);
    expect(stabilityOf(counts(20_000, 80_000), counts(40_000, 60_000)).psi).toBeCloseTo(expected, 4);
  });

  it('is 0 of the same shares, and the same whichever comes first', () => {
    expect(stabilityOf(counts(100, 300), counts(100, 300)).psi).toBe(0);
    const [first, second] = [counts(10, 20, 70), counts(300, 500, 200)];
    expect(stabilityOf(first, second).psi).toBeCloseTo(stabilityOf(second, first).psi, 12);
  });

  it('is finite where a bin is empty in one, and leaves out what is empty in both', () => {
    const { psi } = stabilityOf(counts(100, 0), counts(0, 100));
    expect(psi).toBeGreaterThan(5);
    expect(Number.isFinite(psi)).toBe(true);
    expect(stabilityOf(counts(40, 0, 60), counts(60, 0, 40))).toEqual(stabilityOf(counts(40, 60), counts(60, 40)));
  });

  it('knows what chance makes of it', () => {
    expect(stabilityOf(counts(50, 50, 100), counts(5, 5, 10)).chance).toBeCloseTo(2 * (1 / 200 + 1 / 20), 12);
    expect(stabilityOf(counts(0, 0), counts(1, 1))).toEqual({ psi: 0, chance: 0 });
  });
});
