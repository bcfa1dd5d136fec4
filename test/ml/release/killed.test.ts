import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadPredictor } from '../../../ml/pipeline/predict.ts';
import { train } from '../../../ml/pipeline/train.ts';
import { readRelease } from '../../../ml/release/read.ts';
import { start } from '../../processes.ts';
import { houseRelease } from '../house-release.ts';

const { original, id, copy, copyWithoutLinks } = houseRelease();

describe('a training that is killed', () => {
  /** A little before the write by which another release comes into use, as the first test finds it. */
  let nearTheEnd = 1;

  const trainArguments = (artifacts: string) => [
    ...[
      'cli/plumbline.ts',
      'train',
      '--no-tune',
      '--dataset',
      original,
      '--models',
      'decision_tree',
      '--seed',
      '7',
      '--artifacts',
      artifacts,
      '--tolerance',
      '1',
    ],
  ];
  const trainAgain = (artifacts: string) =>
    train({ dataset: original, models: ['decision_tree'], seed: 7, artifacts, tolerance: 1 });

  test('at any moment leaves the release in use as it was, or the whole new one; the next mends the rest', async () => {
    const { artifacts } = copy();
    await trainAgain(artifacts);
    const { id: next } = await readRelease(artifacts);
    expect(next).not.toBe(id());

    const inUse = new Set<string>();
    let isKilled = true;
    for (let writes = 1; isKilled; writes++) {
      const { artifacts: target } = copy();
      // Killed by itself at its n-th call that changes the disk, so that every step has its turn.
      const killed = start(['--import', './test/ml/kill-at-write.ts', ...trainArguments(target)], {
        KILL_AT_WRITE: String(writes),
      });
      const { signal } = await killed.exit;
      const { id: current } = await readRelease(target);
      expect([id(), next]).toContain(current);
      if (current === next && !inUse.has(`SIGKILL ${next}`)) nearTheEnd = Math.max(1, writes - 4);
      inUse.add(`${signal} ${current}`);
      isKilled = signal === 'SIGKILL';

      await trainAgain(target);
      expect((await readRelease(target)).id).toBe(next);
      expect(readdirSync(target).sort()).toEqual([id(), next, 'current', 'history.json'].sort());
    }
    expect(inUse).toEqual(new Set([`SIGKILL ${id()}`, `SIGKILL ${next}`, `null ${next}`]));
  }, 120_000);

  test('while it replaces a folder that lies in the place of the link loses no release', async () => {
    let isKilled = true;
    const inUse = new Set<string>();
    for (let writes = nearTheEnd; isKilled; writes++) {
      const target = copyWithoutLinks();
      const env = { KILL_AT_WRITE: String(writes) };
      const { signal } = await start(['--import', './test/ml/kill-at-write.ts', ...trainArguments(target)], env).exit;
      isKilled = signal === 'SIGKILL';
      inUse.add((await loadPredictor(target)).release);
      await trainAgain(target);
      const { id: next } = await readRelease(target);
      expect(lstatSync(join(target, 'current')).isSymbolicLink()).toBe(true);
      expect(readdirSync(target).sort()).toEqual([id(), next, 'current', 'history.json'].sort());
      expect(existsSync(join(target, id(), 'model.json'))).toBe(true);
    }
    expect(inUse.size).toBe(2);
  }, 120_000);
});
