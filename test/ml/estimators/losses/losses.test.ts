import fc from 'fast-check';
import { expect, test } from 'vitest';
import { absoluteError } from '../../../../ml/estimators/losses/absolute-error.ts';
import { gamma } from '../../../../ml/estimators/losses/gamma.ts';
import { huberError } from '../../../../ml/estimators/losses/huber-error.ts';
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

test('the hessian of counts is taken where the prediction is larger by the caution', () => {
  expect(poisson(0.7).hessian?.(3, 0.2)).toBeCloseTo(Math.exp(0.9), 10);
});
