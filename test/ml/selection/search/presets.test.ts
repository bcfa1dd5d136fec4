import { expect, test } from 'vitest';
import { candidatesOfPreset } from '../../../../ml/selection/search/preset-candidates.ts';
import { presetNamed } from '../../../../ml/selection/search/presets.ts';
import { shareFits } from '../../../../ml/selection/shared-fit.ts';

const counted = (name: string) => {
  const preset = presetNamed(name, 'regression');
  const candidates = candidatesOfPreset(preset, 'regression', Object.keys(preset.grid), {});
  return Object.fromEntries(
    Object.keys(preset.grid).map((model) => {
      const own = candidates.filter((candidate) => candidate.model === model);
      return [model, [own.length, shareFits(own).length]];
    }),
  );
};

test('the scenario’s grid has as many candidates as were published, which share fits by their rounds', () => {
  expect(presetNamed('scenario', 'regression').folds).toBe(3);
  expect(counted('scenario')).toEqual({
    linear: [1, 1],
    knn: [1, 1],
    decision_tree: [4, 4],
    random_forest: [6, 1],
    gradient_boosting: [4 * 6 * 6, 4 * 6],
    xgboost: [4 * 6, 4],
    catboost: [3 * 3 * 3, 3 * 3],
    adaboost: [4 * 6, 4],
  });
  expect(counted('scenario-losses').adaboost).toEqual([3 * 4 * 6, 3 * 4]);
});

test('what is fixed takes the place of what the grid varies', () => {
  const { grid } = presetNamed('scenario', 'regression');
  const candidates = candidatesOfPreset({ ...presetNamed('scenario', 'regression'), grid }, 'regression', ['xgboost'], {
    xgboost: { learning_rate: 0.2, max_depth: 2 },
  });
  expect(candidates.map(({ params }) => [params.learning_rate, params.max_depth, params.n_estimators])).toEqual(
    [8, 16, 32, 64, 128, 256].map((trees) => [0.2, 2, trees]),
  );
  expect(() => presetNamed('scenery', 'regression')).toThrow(
    'there is no preset "scenery"; there are: scenario, scenario-losses',
  );
});
