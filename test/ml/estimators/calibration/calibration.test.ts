import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Predictions } from '../../../../ml/core/predictions.ts';
import { type Calibration, calibrate } from '../../../../ml/estimators/calibration/calibrate.ts';
import { fitIsotonic } from '../../../../ml/estimators/calibration/isotonic.ts';
import { fitSigmoid } from '../../../../ml/estimators/calibration/sigmoid.ts';
import { logLossOf, madeRows, turned } from '../../made-classes.ts';

const ofTwo = (...positive: number[]): Predictions => ({
  rows: positive.length,
  outputs: 2,
  values: Float64Array.from(positive.flatMap((p) => [1 - p, p])),
});

describe('a sigmoid', () => {
  test.each([
    ['two classes', [0, -1.5]],
    ['five classes', [0, 1, -1, 0.5, -2]],
  ])('takes back of %s what is too sure', (_, offsets) => {
    const { truth, real } = madeRows(4000, offsets);
    const sure = turned(real, (logarithm) => 2 * logarithm);
    const sigmoid = fitSigmoid({ predictions: sure, truth });
    expect(sigmoid?.slope).toBeGreaterThan(0.45);
    expect(sigmoid?.slope).toBeLessThan(0.55);
    const calibrated = calibrate(sigmoid as Calibration, sure);
    expect(logLossOf(truth, calibrated)).toBeLessThan(logLossOf(truth, real) + 0.002);
    expect(logLossOf(truth, calibrated)).toBeLessThan(logLossOf(truth, sure) - 0.05);
  });

  test('mends the shares of classes', () => {
    const { truth, real } = madeRows(4000, [0, 0, 0]);
    const shifted = turned(real, (logarithm, k) => logarithm + 2 * k);
    const { offsets = new Float64Array(), slope = 0 } = fitSigmoid({ predictions: shifted, truth }) ?? {};
    expect(slope).toBeCloseTo(1, 1);
    expect((offsets[1] as number) - (offsets[0] as number)).toBeCloseTo(-2, 0);
    expect((offsets[2] as number) - (offsets[1] as number)).toBeCloseTo(-2, 0);
  });

  test('is the one of the smallest log loss', () => {
    const { truth, real } = madeRows(500, [0, -1, 1]);
    const sure = turned(real, (logarithm) => 1.7 * logarithm);
    const sigmoid = fitSigmoid({ predictions: sure, truth });
    if (!sigmoid) throw new Error('there is none');
    const lossWith = (slope: number, k: number, offset: number) => {
      const offsets = sigmoid.offsets.slice();
      offsets[k] = (offsets[k] as number) + offset;
      const other = { ...sigmoid, slope: sigmoid.slope + slope, offsets };
      // What departs from a slope of 1 and offsets of 0 counts as a row.
      const prior = ((other.slope - 1) ** 2 + offsets.reduce((sum, each) => sum + each ** 2, 0)) / 2;
      return logLossOf(truth, calibrate(other, sure)) + prior / truth.length;
    };
    const least = lossWith(0, 0, 0);
    for (const step of [-0.01, 0.01]) {
      expect(lossWith(step, 0, 0)).toBeGreaterThan(least);
      for (const k of [0, 1, 2]) expect(lossWith(0, k, step)).toBeGreaterThan(least);
    }
  });

  test('leaves the order of two classes as it is, and 0 and 1 out of its answers', () => {
    const { truth, real } = madeRows(300, [0, 0]);
    const sigmoid = fitSigmoid({ predictions: real, truth }) as Calibration;
    const { values } = calibrate(sigmoid, ofTwo(0, 1e-9, 0.2, 0.2000001, 0.9, 1));
    const positive = [...values].filter((_, at) => at % 2 === 1);
    expect(positive.toSorted((a, b) => a - b)).toEqual(positive);
    expect(positive[0]).toBeGreaterThan(0);
    expect(positive.at(-1)).toBeLessThan(1);
  });

  test('there is none where predictions say the opposite', () => {
    const { truth, real } = madeRows(1000, [0, 0], { spread: 3 });
    expect(fitSigmoid({ predictions: turned(real, (logarithm) => -logarithm), truth })).toBeNull();
  });

  test('a row counts by its weight', () => {
    const { truth, real } = madeRows(600, [0, 0]);
    const weights = truth.map((k) => (k === 1 ? 3 : 1));
    const { offsets = new Float64Array() } = fitSigmoid({ predictions: real, truth, weights }) ?? {};
    expect((offsets[1] as number) - (offsets[0] as number)).toBeCloseTo(Math.log(3), 0);
  });
});

describe('a curve', () => {
  test('pools what is not in order, and lies between 0 and 1', () => {
    const { curves } = fitIsotonic({
      predictions: ofTwo(0.1, 0.2, 0.3, 0.4),
      truth: Float64Array.of(0, 1, 0, 1),
    });
    // Half a row below all is of the class, and half a row above is not.
    expect([...(curves[0]?.from ?? [])].map((p) => p.toFixed(9))).toEqual([
      '0.100000000',
      '0.250000000',
      '0.400000000',
    ]);
    expect([...(curves[0]?.to ?? [])].map((p) => p.toFixed(9))).toEqual(['0.333333333', '0.500000000', '0.666666667']);
  });

  test('is straight between its points, and level beyond', () => {
    const { curves } = fitIsotonic({
      predictions: ofTwo(0.1, 0.2, 0.3, 0.4),
      truth: Float64Array.of(0, 1, 0, 1),
    });
    const { values } = calibrate({ kind: 'isotonic', curves }, ofTwo(0, 0.1, 0.175, 0.25, 0.9));
    const positive = [...values].filter((_, at) => at % 2 === 1);
    for (const [i, p] of [1 / 3, 1 / 3, 5 / 12, 1 / 2, 2 / 3].entries()) expect(positive[i]).toBeCloseTo(p, 12);
  });

  test('brings any ascending distortion back', () => {
    const { truth, real } = madeRows(6000, [0, -1]);
    const squared = ofTwo(...[...real.values].filter((_, at) => at % 2 === 1).map((p) => p ** 3));
    const calibrated = calibrate(fitIsotonic({ predictions: squared, truth }), squared);
    expect(logLossOf(truth, calibrated)).toBeLessThan(logLossOf(truth, real) + 0.003);
  });

  test('the curves of several classes are brought to a sum of 1', () => {
    const { truth, real } = madeRows(2000, [0, 1, -1, 0.5]);
    const sure = turned(real, (logarithm) => 2 * logarithm);
    const { rows, outputs, values } = calibrate(fitIsotonic({ predictions: sure, truth }), sure);
    for (let row = 0; row < rows; row++) {
      const own = values.subarray(row * outputs, (row + 1) * outputs);
      expect(own.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
      expect(Math.min(...own)).toBeGreaterThan(0);
    }
    expect(logLossOf(truth, { rows, outputs, values })).toBeLessThan(logLossOf(truth, sure));
  });

  test('whatever the rows, ascends, and is never 0 or 1', () => {
    const row = fc.record({ p: fc.double({ min: 0, max: 1, noNaN: true }), isHit: fc.boolean() });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 60 }), (some) => {
        const { curves } = fitIsotonic({
          predictions: ofTwo(...some.map(({ p }) => p)),
          truth: Float64Array.from(some, ({ isHit }) => Number(isHit)),
        });
        const { from = new Float64Array(), to = new Float64Array() } = curves[0] ?? {};
        for (let i = 1; i < from.length; i++) {
          expect(from[i]).toBeGreaterThan(from[i - 1] as number);
          expect(to[i]).toBeGreaterThan(to[i - 1] as number);
        }
        expect(Math.min(...to)).toBeGreaterThan(0);
        expect(Math.max(...to)).toBeLessThan(1);
      }),
    );
  });
});
