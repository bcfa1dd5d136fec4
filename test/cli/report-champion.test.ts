import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { houseFolder, json, run } from './house-folder.ts';

test('the report tells what held a model back: the release in use, by how much, and how sure that is', async () => {
  const { at, options } = houseFolder();
  const training = ['train', '--no-tune', ...options, '--json', at('training.json')];
  await run(...training, '--models', 'linear');
  const { release } = json(at('training.json'));
  writeFileSync(at('params.json'), '{"decision_tree": {"max_depth": 2}}');
  const worse = ['--models', 'decision_tree', '--params', at('params.json'), '--threshold', '0'];
  expect((await run(...training, ...worse)).code).toBe(1);
  const held = json(at('training.json'));
  const { stdout } = await run('report', '--training', at('training.json'));
  expect(stdout.replaceAll('\\', '')).toContain(`**Held back**: ${held.verdict.reason}. Nothing was released.`);
  expect(held.verdict.reason).toMatch(
    new RegExp(`^on the same 12 held-out rows decision_tree has .* release ${release}`),
  );
  const [r2, difference] = [held.holdout.r2.toFixed(4), Math.abs(held.champion.difference).toFixed(4)];
  const ends = '−0\\.\\d{4} to −0\\.\\d{4}';
  expect(stdout).toMatch(
    new RegExp(
      `\\| on the 12 held-out rows \\| in use, \`${release}\` \\| this model \\|.*\\n.*\\n` +
        `\\| R² \\| 1\\.0000 \\| ${r2} \\| −${difference} \\| ${ends} \\| 0\\.01 worse \\|`,
    ),
  );
  expect(stdout).not.toContain('There is nothing to compare with');
});
