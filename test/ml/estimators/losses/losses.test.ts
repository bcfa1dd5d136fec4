import fc from 'fast-check';
import { expect, test } from 'vitest';
import { absoluteError } from '../../../../ml/estimators/losses/absolute-error.ts';
import { exponentialLoss } from '../../../../ml/estimators/losses/exponential.ts';
import { gamma } from '../../../../ml/estimators/losses/gamma.ts';
import { huberError } from '../../../../ml/estimators/losses/huber-error.ts';
import { logistic, logit, logLoss } from '../../../../ml/estimators/losses/log-loss.ts';
import type { Loss } from '../../../../ml/estimators/losses/loss.ts';
import { poisson } from '../../../../ml/estimators/losses/poisson.ts';
import { pseudoHuberError } from '../../../../ml/estimators/losses/pseudo-huber-error.ts';
import { quantileError } from '../../../../ml/estimators/losses/quantile-error.ts';
import { squaredError } from '../../../../ml/estimators/losses/squared-error.ts';
import { tweedie } from '../../../../ml/estimators/losses/tweedie.ts';

const smooth: Readonly<Record<string, Loss>> = {
  'squared error': squaredError,
  'pseudo-Huber error': pseudoHuberError(0.7),
  Poisson: poisson(0),
  gamma,
  Tweedie: tweedie(1.5),
  'Tweedie, power 1': tweedie(1),
  'Tweedie, power 1.9': tweedie(1.9),
};
const kinked: Readonly<Record<string, Loss>> = {
  'absolute error': absoluteError,
  quantile: quantileError(0.8),
  Huber: huberError(0.7),
};

/** Not smaller, since some are float32. */
const STEP = 1e-3;
const slope = (of: (raw: number) => number, raw: number) => (of(raw + STEP) - of(raw - STEP)) / (2 * STEP);
const expectNear = (actual: number, expected: number) =>
  expect(Math.abs(actual - expected)).toBeLessThan(0.01 * Math.max(1, Math.abs(expected)));
const target = fc.double({ min: 0.1, max: 20, noNaN: true });
const raw = fc.double({ min: -3, max: 3, noNaN: true });

test.each(Object.entries(smooth))('gradient and hessian are the derivatives of the loss: %s', (_, loss) => {
  fc.assert(
    fc.property(target, raw, (target, raw) => {
      expectNear(
        loss.gradient(target, raw),
        slope((at) => loss.value(target, at), raw),
      );
      expectNear(
        loss.hessian?.(target, raw) ?? 1,
        slope((at) => loss.gradient(target, at), raw),
      );
    }),
  );
});

test.each(Object.entries(kinked))('on either side of its kink the gradient is the slope of the loss: %s', (_, loss) => {
  fc.assert(
    fc.property(target, raw, (target, raw) => {
      fc.pre(Math.abs(target - raw) > 2 * STEP);
      expectNear(
        loss.gradient(target, raw),
        slope((at) => loss.value(target, at), raw),
      );
    }),
  );
});

test.each([
  ['log loss', logLoss],
  ['exponential', exponentialLoss],
] as const)('gradient and hessian are the derivatives of the loss of classes: %s', (_, loss) => {
  fc.assert(
    fc.property(fc.nat(1), raw, (target, raw) => {
      expectNear(
        loss.gradient(target, raw),
        slope((at) => loss.value(target, at), raw),
      );
      expectNear(
        loss.hessian?.(target, raw) ?? 1,
        slope((at) => loss.gradient(target, at), raw),
      );
    }),
  );
});

test('the log loss of extreme log-odds is finite, and loses no digits', () => {
  expect(logLoss.value(1, -800)).toBe(800);
  expect(logLoss.value(0, 800)).toBe(800);
  expect(logLoss.value(0, -40)).toBeCloseTo(Math.exp(-40), 30);
  expect(logLoss.value(1, 40)).toBeCloseTo(Math.exp(-40), 12);
  for (const raw of [-800, -40, -37, 0, 37, 40, 800]) {
    expect(logLoss.gradient(0, raw)).toBeCloseTo(logistic(raw), 14);
    expect(logLoss.gradient(1, raw)).toBeCloseTo(logistic(raw) - 1, 14);
    expect(logLoss.hessian?.(1, raw)).toBeCloseTo(logistic(raw) * (1 - logistic(raw)), 14);
  }
  for (const share of [1e-12, 0.3, 0.5, 0.999]) expect(logistic(logit(share))).toBeCloseTo(share, 14);
});

test('the hessian of counts is taken where the prediction is larger by the caution', () => {
  expect(poisson(0.7).hessian?.(3, 0.2)).toBeCloseTo(Math.exp(0.9), 10);
});
