import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { houseFolder, json, run } from './house-folder.ts';

/** A release, and a training of a model that is worse. */
async function heldBack() {
  const { at, options } = houseFolder();
  const training = ['train', '--no-tune', ...options, '--json', at('training.json')];
  await run(...training, '--models', 'linear');
  const { release } = json(at('training.json'));
  writeFileSync(at('params.json'), '{"decision_tree": {"max_depth": 2}}');
  const worse = [...training, '--models', 'decision_tree', '--params', at('params.json'), '--threshold', '0'];
  const { code, stdout } = await run(...worse);
  expect(code).toBe(1);
  return { at, worse, release, stdout, held: json(at('training.json')) };
}

test('what the release in use holds back is released by the command that is named, at once', async () => {
  const { at, stdout, held, release } = await heldBack();
  expect(stdout).toContain(`Nothing is released: ${held.verdict.reason}\n`);
  const [, args = ''] = /To release it all the same: npm run train -- (.* --force)\n$/.exec(stdout) ?? [];
  const forced = await run('train', ...args.split(' '), '--json', at('forced.json'));
  expect(forced).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('\nVerdict: it is forced, although on the'),
  });
  expect(forced.stderr).not.toContain('cross-validated');
  const { path, champion } = json(at('forced.json'));
  expect(champion).toMatchObject({ release, difference: held.champion.difference });
  expect(json(`${path}/manifest.json`)).toMatchObject({ forced: true, champion });
});

test('or by a larger tolerance, which must be a number of 0 or more', async () => {
  const { at, worse, held } = await heldBack();
  expect(await run(...worse, '--tolerance', '-1')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('the tolerance is -1; it must be a finite number, 0 or more'),
  });
  expect((await run(...worse, '--tolerance', String(-held.champion.difference))).code).toBe(0);
  expect(json(at('training.json')).verdict).toMatchObject({ released: true });
});

test('the report tells what held a model back, by how much, and how sure that is', async () => {
  const { at, held, release } = await heldBack();
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
