import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../../ml/core/random.ts';
import { estimatorNamed, estimatorNamesOf } from '../../../../ml/estimators/index.ts';
import { Space } from '../../../../ml/selection/search/space.ts';

describe.each(estimatorNamesOf('regression'))('%s', (model) => {
  const space = new Space('regression', model, {}, 20);
  const { params: specs } = estimatorNamed(model, 'regression');

  test('what is drawn is in the range of a search, and what it does not draw is at its default', () => {
    const random = createRandom(1);
    for (let draw = 0; draw < 50; draw++) {
      const { params } = space.draw(random);
      for (const [name, spec] of Object.entries(specs)) {
        const search = 'search' in spec ? spec.search : undefined;
        if (!search) expect(params[name]).toEqual(spec.default);
        else if ('among' in search) expect(search.among).toContain(params[name]);
        else {
          const unit = search.unit === 'target' ? 20 : 1;
          expect(params[name]).toBeGreaterThanOrEqual(search.low * unit * (1 - 1e-3));
          expect(params[name]).toBeLessThanOrEqual(search.high * unit * (1 + 1e-3));
          if (spec.type === 'integer' || search.whole) expect(params[name]).toSatisfy(Number.isInteger);
        }
      }
    }
  });

  test.skipIf(space.isEmpty)('a neighbour differs, and lies near where the step is small', () => {
    const random = createRandom(2);
    const candidate = space.draw(random);
    const numbers = Object.entries(specs).flatMap(([name, spec]) =>
      'search' in spec && spec.search && 'low' in spec.search && spec.search.scale === 'log' && !spec.search.whole
        ? [name]
        : [],
    );
    for (let draw = 0; draw < 20; draw++) {
      const near = space.near(candidate, 0.01, random);
      for (const name of numbers.filter((name) => specs[name]?.type === 'number')) {
        const ratio = (near.params[name] as number) / (candidate.params[name] as number);
        // A hundredth of the widest range, six powers of ten, is less than a sixth.
        expect(Math.abs(Math.log(ratio))).toBeLessThan(0.16);
      }
    }
  });
});

test('what is fixed stays, in draws, neighbours and grids', () => {
  const space = new Space('regression', 'xgboost', { learning_rate: 0.2, max_leaves: 31 }, 1);
  const random = createRandom(3);
  const all = [space.candidate(), space.draw(random), space.near(space.candidate(), 0.3, random), ...space.grid()];
  for (const { params } of all) expect(params).toMatchObject({ learning_rate: 0.2, max_leaves: 31 });
  expect(space.grid().map(({ params }) => params.max_depth)).toEqual([3, 5, 7]);
  expect(() => new Space('regression', 'knn', { n_neighbors: 0 }, 1).candidate()).toThrow('n_neighbors is 0');
});

test('a grid has every combination once; penalties are in the unit of the target', () => {
  const grid = new Space('regression', 'adaboost', {}, 1).grid().map(({ params }) => JSON.stringify(params));
  expect(new Set(grid).size).toBe(3 * 3 * 2);
  expect(new Space('regression', 'lasso', {}, 50).grid().map(({ params }) => params.alpha)).toEqual([0.05, 0.5, 5]);
  expect(new Space('regression', 'linear', {}, 1).grid()).toHaveLength(1);
});
