import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { repeatRelease } from '../../../ml/pipeline/repeat.ts';
import { train } from '../../../ml/pipeline/train.ts';
import { readReleaseAt } from '../../../ml/release/read.ts';
import { recordedTask } from '../../../ml/release/recorded-task.ts';
import { writeHouseClasses } from '../../house-classes.ts';
import { temporaryFolder } from '../../temporary.ts';

describe.each([
  ['random', 'dear', { trials: 2, models: ['logistic', 'gradient_boosting', 'class_shares'] }],
  ['halving', 'band', { trials: 4, models: ['logistic', 'decision_tree'] }],
  ['auto', 'band', { models: ['logistic', 'xgboost'], budgetSeconds: 5 }],
] as const)('a search (%s) of classes (%s)', (search, target, options) => {
  test('comes to a model that is better than the shares of the classes, and again to the same', async () => {
    const dataset = writeHouseClasses(temporaryFolder(), target);
    const result = await train({ dataset, artifacts: join(dataset, 'artifacts'), search, ...options });
    expect(result.verdict).toMatchObject({ released: true });
    const scored = result.leaderboard.filter(({ status }) => status === 'scored');
    expect(scored.map(({ model }) => model).toSorted()).toEqual([...options.models].toSorted());
    expect(result.holdout?.skill).toBeGreaterThan(0.3);
    const { manifest } = await readReleaseAt(result.path as string);
    expect(recordedTask(manifest)).toMatchObject({ kind: result.task, gate: { threshold: 0.05 } });
    expect(await repeatRelease({ release: result.path as string })).toMatchObject({ isSame: true, differences: [] });
  });
});
