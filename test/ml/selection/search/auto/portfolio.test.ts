import { expect, test } from 'vitest';
import { taskKinds } from '../../../../../ml/data/task-kind.ts';
import { estimatorNamesOf } from '../../../../../ml/estimators/index.ts';
import { openingParams } from '../../../../../ml/selection/search/auto/portfolio.ts';
import { candidatesOfPreset } from '../../../../../ml/selection/search/preset-candidates.ts';
import { presetNamed } from '../../../../../ml/selection/search/presets.ts';
import { Space } from '../../../../../ml/selection/search/space.ts';

const all = taskKinds.flatMap((task) => estimatorNamesOf(task).map((model) => ({ task, model })));

test.each(all)('what $model begins with are parameters that it takes ($task)', ({ task, model }) => {
  const space = new Space(task, model, {}, 1);
  const candidates = openingParams(space).map((params) => space.candidate(params));
  expect(candidates.length).toBeGreaterThan(0);
  for (const candidate of candidates) expect(candidate.model).toBe(model);
});

test.each(taskKinds)('the scenario’s grid is of parameters that models take (%s)', (task) => {
  const preset = presetNamed('scenario', task);
  const candidates = candidatesOfPreset(preset, task, Object.keys(preset.grid), {});
  expect(candidates.length).toBeGreaterThan(200);
});

test('a preset for numbers alone is refused for classes', () => {
  expect(() => presetNamed('scenario-losses', 'binary')).toThrow(
    'there is no preset "scenario-losses" for classes; there are: scenario',
  );
});
