import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logisticLoss, softmaxLoss } from '../../../../ml/estimators/xgboost/kernel/kernel.ts';
import { Arena } from '../../../../ml/trees/arena.ts';
import { type CompiledLoss, differentiateOver, paddedLength } from '../../../../ml/trees/binned/compiled-loss.ts';

const { fround } = Math;
const exp = (x: number) => fround(Math.exp(x));

interface Case {
  /** Of each row the raw predictions. */
  readonly raw: readonly (readonly number[])[];
  readonly targets: readonly number[];
  readonly factors?: readonly number[] | undefined;
}

/** The gradients and hessians that the kernel writes, of each row. */
function derivatives(loss: CompiledLoss, { raw, targets, factors }: Case) {
  const outputs = raw[0]?.length ?? 1;
  const length = paddedLength(raw.length);
  const arena = new Arena();
  const of = (values: readonly number[]) => {
    const array = arena.float32(length);
    array.set(values);
    return array;
  };
  const [y, w] = [of(targets), factors && of(factors)];
  const [predictions, gradients, hessians] = [0, 1, 2].map(() => arena.float32(outputs * length));
  if (!predictions || !gradients || !hessians) return expect.unreachable();
  raw.forEach((row, i) => {
    row.forEach((value, k) => {
      predictions[k * length + i] = value;
    });
  });
  differentiateOver(arena.memory, loss)(
    raw.length,
    outputs,
    4 * length,
    y.byteOffset,
    w?.byteOffset ?? 0,
    predictions.byteOffset,
    gradients.byteOffset,
    hessians.byteOffset,
  );
  return raw.map((row, i) => row.map((_, k) => [gradients[k * length + i], hessians[k * length + i]] as const));
}

/** As XGBoost computes them, operation by operation. */
function logistic(raw: number, target: number, factor: number): readonly [number, number] {
  const p = fround(1 / fround(exp(Math.min(-raw, fround(88.7))) + 1));
  const hessian = Math.max(fround(p * fround(1 - p)), fround(1e-16));
  return [fround(fround(p - target) * factor), fround(hessian * factor)];
}

function softmax(raw: readonly number[], target: number, factor: number): (readonly [number, number])[] {
  const largest = Math.max(...raw);
  const most = largest > -50 ? Math.max(2 ** -126, largest) : largest;
  const powers = raw.map((value) => exp(fround(value - most)));
  const sum = fround(powers.reduce((all, power) => all + power, 0));
  return powers.map((power, k) => {
    const p = fround(power / sum);
    const hessian = fround(fround(fround(2 * p) * fround(1 - p)) * factor);
    return [fround(fround(p - (k === target ? 1 : 0)) * factor), Math.max(hessian, fround(1e-16))];
  });
}

/** The kernel's powers of e are rounded from slightly other float64, so that now and then the last bit differs. */
function expectNear([gradient, hessian]: readonly [unknown, unknown], expected: readonly [number, number]): void {
  const scale = Math.abs(expected[0]) + expected[1];
  expect(Math.abs((gradient as number) - expected[0])).toBeLessThanOrEqual(3e-7 * scale + 1e-37);
  expect(Math.abs((hessian as number) - expected[1])).toBeLessThanOrEqual(3e-7 * scale + 1e-37);
}

const margin = fc.oneof(
  fc.float({ min: -20, max: 20, noNaN: true }),
  fc.constantFrom(0, -0, 88, -88, 89, -89, 104, -104, 1e6, -1e6, Math.fround(3e38), Math.fround(-3e38)),
);
const factor = fc.oneof(
  fc.float({ min: 0, max: 8, noNaN: true }),
  fc.constantFrom(0, Math.fround(1e-30), Math.fround(1e30)),
);

test('the logistic loss has the derivatives that XGBoost has, however many rows', () => {
  const row = fc.record({ raw: margin, target: fc.integer({ min: 0, max: 1 }), factor });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 9 }), fc.boolean(), (rows, hasFactors) => {
      const found = derivatives(logisticLoss, {
        raw: rows.map(({ raw }) => [raw]),
        targets: rows.map(({ target }) => target),
        factors: hasFactors ? rows.map((own) => own.factor) : undefined,
      });
      rows.forEach(({ raw, target, factor }, i) => {
        const [own = expect.unreachable()] = found[i] ?? [];
        expectNear(own, logistic(raw, target, hasFactors ? factor : 1));
      });
    }),
  );
});

test('so has that of the softmax, of however many classes', () => {
  const rowsOf = (classes: number) =>
    fc.array(
      fc.record({
        raw: fc.array(margin, { minLength: classes, maxLength: classes }),
        target: fc.integer({ min: 0, max: classes - 1 }),
        factor,
      }),
      { minLength: 1, maxLength: 6 },
    );
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 30 }).chain(rowsOf), fc.boolean(), (rows, hasFactors) => {
      const found = derivatives(softmaxLoss, {
        raw: rows.map(({ raw }) => raw),
        targets: rows.map(({ target }) => target),
        factors: hasFactors ? rows.map((own) => own.factor) : undefined,
      });
      rows.forEach(({ raw, target, factor }, i) => {
        softmax(raw, target, hasFactors ? factor : 1).forEach((expected, k) => {
          const own = found[i]?.[k] ?? expect.unreachable();
          expectNear(own, expected);
        });
      });
    }),
  );
});
