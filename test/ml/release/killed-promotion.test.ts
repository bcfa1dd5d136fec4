import { cpSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { loadPredictor } from '../../../ml/pipeline/predict.ts';
import { train } from '../../../ml/pipeline/train.ts';
import { rollBack } from '../../../ml/release/use.ts';
import { writeHouses } from '../../houses.ts';
import { start } from '../../processes.ts';
import { makeFolder, temporaryFolder } from '../../temporary.ts';

const original = makeFolder();
const ids: string[] = [];

beforeAll(async () => {
  writeHouses(original);
  for (const seed of [1, 2, 3]) {
    const options = { dataset: original, artifacts: join(original, 'artifacts'), models: ['linear'], seed };
    ids.push((await train(options)).release as string);
  }
});

function copy(): string {
  const artifacts = join(temporaryFolder(), 'artifacts');
  cpSync(join(original, 'artifacts'), artifacts, { recursive: true, verbatimSymlinks: true });
  return artifacts;
}

/** A copy whose links were followed: `current` is a folder, and the release is nowhere else. */
function copyWithoutLinks(): string {
  const artifacts = copy();
  rmSync(join(artifacts, 'current'));
  renameSync(join(artifacts, ids[2] as string), join(artifacts, 'current'));
  return artifacts;
}

const anything = async () => {};

test.each([
  ['a promotion', () => ['promote', ids[0] as string], copy],
  ['a promotion in the place of a folder', () => ['promote', ids[0] as string], copyWithoutLinks],
  ['a rollback', () => ['rollback'], copy],
])(
  '%s that is killed before any of its writes leaves a whole release in use, and the way back',
  async (_, args, make) => {
    const [a, b, c] = ids as [string, string, string];
    const [target, back] = args()[0] === 'promote' ? [a, c] : [b, a];
    const outcomes = new Set<string>();
    let isKilled = true;
    for (let writes = 1; isKilled; writes++) {
      const artifacts = make();
      const command = ['cli/plumbline.ts', 'releases', ...args(), '--dataset', original, '--artifacts', artifacts];
      const { signal, stderr } = await start(['--import', './test/ml/kill-at-write.ts', ...command], {
        KILL_AT_WRITE: String(writes),
      }).exit;
      isKilled = signal === 'SIGKILL';
      const { release } = await loadPredictor(artifacts);
      expect([c, target], stderr).toContain(release);
      outcomes.add(`${signal} ${release}`);
      // Where it was done rolling back undoes it, and where it was not it undoes what was done before.
      expect((await rollBack(artifacts, anything)).id).toBe(release === target ? back : b);
      // What it left behind is gone with the next training.
      await train({ dataset: original, artifacts, models: ['linear'], seed: 4 });
      expect(readdirSync(artifacts).filter((name) => name.startsWith('.'))).toEqual([]);
    }
    expect([...outcomes]).toEqual(expect.arrayContaining([`SIGKILL ${c}`, `null ${target}`]));
  },
  120_000,
);

test('promotions that are killed at any moment never leave a release in use that is not whole', async () => {
  const artifacts = copy();
  const [a, , c] = ids as [string, string, string];
  const seen = new Set<string>();
  // A process that promotes one and the other as fast as it can, killed after a few milliseconds more each time.
  for (let round = 0; round < 12; round++) {
    const { exit, signal, said } = start(['test/ml/promote-again.ts', artifacts, a, c]);
    await said(/promoting/);
    await sleep(3 * round);
    signal('SIGKILL');
    await exit;
    const { release } = await loadPredictor(artifacts);
    seen.add(release);
    const history = readFileSync(join(artifacts, 'history.json'), 'utf8');
    expect(JSON.parse(history).in_use.length).toBeGreaterThan(1);
  }
  for (const release of seen) expect(ids).toContain(release);
}, 120_000);
