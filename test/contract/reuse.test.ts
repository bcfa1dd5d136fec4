import { describe, expect, test } from 'vitest';
import type { Matrix } from '../../ml/core/matrix.ts';
import { toJson } from '../../ml/core/plain-data.ts';
import { createRandom } from '../../ml/core/random.ts';
import type { Training } from '../../ml/estimators/estimator.ts';
import { type ParamSpec, resolveParams } from '../../ml/estimators/params.ts';
import { learners } from './learners.ts';

// What a fit works out of a matrix alone is kept for the next fit of the same matrix. No fit may tell.
describe.each(learners)('$name, $task', ({ name, classes, estimator }) => {
  const random = createRandom(5);
  const isCodes = estimator.encoding.categories === 'codes';
  const rows = 120;
  const columns = 5;
  const x: Matrix = {
    rows,
    columns,
    // Numbers of many and of few values, a 0/1 column, and a category where those are taken.
    data: Float64Array.from({ length: rows * columns }, (_, at) => {
      const column = at % columns;
      return column < 2 ? random.uniform() : random.below([0, 0, 6, 2, 4][column] as number);
    }),
    ...(isCodes && { levels: [0, 0, 0, 0, 4] }),
  };
  const y = Float64Array.from({ length: rows }, () =>
    classes === undefined ? 1 + 5 * random.uniform() : random.below(classes),
  );
  const others = y.map((target, i) =>
    classes === undefined ? target + (x.data[i * columns] as number) : (target + i) % classes,
  );
  const weights = Float64Array.from({ length: rows }, () => random.below(3));

  /** Another value of a parameter. */
  function another(spec: ParamSpec): unknown {
    switch (spec.type) {
      case 'choice':
        return spec.choices.find((choice) => choice !== spec.default);
      case 'boolean':
        return spec.default !== true;
      case 'columns':
        return null;
      default:
        return Math.min(spec.max, spec.min + (spec.type === 'integer' ? 1 : 0.25));
    }
  }

  /** As text: what is learned and predicted, or why nothing is. */
  function outcome(matrix: Matrix, given: Readonly<Record<string, unknown>>, rest: Partial<Training>): string {
    const few = { n_estimators: 8, iterations: 8 };
    const known = Object.entries(few).filter(([param]) => param in estimator.params);
    try {
      const params = resolveParams(name, estimator.params, { ...Object.fromEntries(known), ...given });
      const state = estimator.fit({ x: matrix, y, classes, params, seed: 1, ...rest });
      return `${toJson(state)} ${estimator.predict(state, matrix).values}`;
    } catch (error) {
      return String(error);
    }
  }

  test('a fit of a matrix that others were fitted to is a fit of a matrix that is new', () => {
    const settings = Object.entries(estimator.params).map(([param, spec]) => ({ [param]: another(spec) }));
    const fits = [{}, ...settings].flatMap((given) => [
      { given, rest: {} },
      { given, rest: { y: others, seed: 2 } },
      ...(estimator.weighted
        ? [
            { given, rest: { weights } },
            { given, rest: { weights: weights.map((w) => w + 0.5) } },
          ]
        : []),
    ]);
    for (const { given, rest } of fits) {
      const fresh = outcome({ ...x, data: x.data.slice() }, given, rest);
      // Twice: the second finds what the first left, the first what other parameters did.
      for (const again of [false, true])
        expect(outcome(x, given, rest) === fresh, JSON.stringify({ given, again })).toBe(true);
    }
  });
});
