import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classLoss } from '../../../../ml/estimators/exact-trees/class-losses.ts';

const cases = [
  ['log_loss', 2],
  ['exponential', 2],
  ['log_loss', 3],
  ['log_loss', 7],
] as const;

/** Of each row its class, its weight, and its raw predictions. */
const rowsOf = (classes: number) =>
  fc.array(
    fc.record({
      target: fc.nat(classes - 1),
      weight: fc.integer({ min: 1, max: 4 }),
      raw: fc.array(fc.double({ min: -4, max: 4, noNaN: true }), {
        minLength: classes === 2 ? 1 : classes,
        maxLength: classes === 2 ? 1 : classes,
      }),
    }),
    { minLength: 1, maxLength: 12 },
  );

/** The raw predictions of rows as an array for each output. */
const byOutput = (rows: readonly { readonly raw: readonly number[] }[]) =>
  (rows[0]?.raw ?? []).map((_, k) => Float64Array.from(rows, ({ raw }) => raw[k] as number));

describe.each(cases)('%s of %i classes', (name, classes) => {
  const loss = classLoss(name, classes);
  const factor = name === 'log_loss' && classes === 2 ? 2 : 1;
  const meanOf = (targets: Float64Array, raw: readonly Float64Array[]) => loss.mean({ values: targets }, raw) / factor;

  test('residuals are the negative gradients of the loss', () => {
    fc.assert(
      fc.property(rowsOf(classes), (rows) => {
        const targets = Float64Array.from(rows, ({ target }) => target);
        const raw = byOutput(rows);
        const residuals = raw.map(() => new Float64Array(rows.length));
        loss.setResiduals(targets, raw, residuals);
        const step = 1e-4;
        residuals.forEach((own, k) => {
          own.forEach((residual, i) => {
            const at = (by: number) =>
              meanOf(
                targets.subarray(i, i + 1),
                raw.map((values, output) => values.slice(i, i + 1).map((value) => value + (output === k ? by : 0))),
              );
            const slope = (at(step) - at(-step)) / (2 * step);
            expect(Math.abs(residual + slope)).toBeLessThan(1e-6 * Math.max(1, Math.abs(slope)));
          });
        });
      }),
    );
  });

  test('a leaf takes Newton’s step, of which the reference takes a share where there are several classes', () => {
    fc.assert(
      fc.property(rowsOf(classes), (rows) => {
        const targets = Float64Array.from(rows, ({ target }) => target);
        const weights = Float64Array.from(rows, ({ weight }) => weight);
        const raw = byOutput(rows);
        const residuals = raw.map(() => new Float64Array(rows.length));
        loss.setResiduals(targets, raw, residuals);
        const step = 1e-3;
        const at = (by: number) =>
          loss.mean({ values: targets, weights }, [
            raw[0]?.map((value) => value + by) as Float64Array,
            ...raw.slice(1),
          ]);
        const slope = (at(step) - at(-step)) / (2 * step);
        const curvature = (at(step) + at(-step) - 2 * at(0)) / step ** 2;
        const expected = ((classes > 2 ? (classes - 1) / classes : 1) * -slope) / curvature;
        const value = loss.leafValue({ values: residuals[0] as Float64Array, weights });
        expect(Math.abs(value - expected)).toBeLessThan(1e-4 * Math.max(1, Math.abs(expected)));
      }),
    );
  });

  test('boosting starts from the shares of the classes, by weight, however few rows they have', () => {
    fc.assert(
      fc.property(rowsOf(classes), (rows) => {
        const targets = {
          values: Float64Array.from(rows, ({ target }) => target),
          weights: Float64Array.from(rows, ({ weight }) => weight),
        };
        const { outputs, values } = loss.probabilities(Float64Array.from(loss.initial(targets)));
        expect(outputs).toBe(classes);
        const total = targets.weights.reduce((sum, weight) => sum + weight, 0);
        for (let k = 0; k < classes; k++) {
          const own = rows.reduce((sum, { target, weight }) => sum + (target === k ? weight : 0), 0);
          expect(values[k]).toBeCloseTo(own / total, 12);
        }
      }),
    );
  });

  test('probabilities sum to 1, also where raw predictions are extreme', () => {
    const raw = classes === 2 ? [-800, -40, 0, 40, 800] : Array.from({ length: classes }, (_, k) => 300 * k - 500);
    const { rows, values } = loss.probabilities(Float64Array.from(raw));
    for (let i = 0; i < rows; i++) {
      const own = values.subarray(i * classes, (i + 1) * classes);
      expect(own.every((value) => value >= 0 && value <= 1)).toBe(true);
      expect(own.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 14);
    }
  });
});

test('where nothing is to be gained, a leaf adds nothing', () => {
  for (const [name, classes] of cases) {
    const loss = classLoss(name, classes);
    expect(loss.leafValue({ values: Float64Array.of(0, 0, 0) })).toBe(0);
  }
});
