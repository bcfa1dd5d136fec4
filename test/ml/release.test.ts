import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadPredictor } from '../../ml/predict.ts';
import { hasRelease, readRelease, writeRelease } from '../../ml/release.ts';
import { train } from '../../ml/train.ts';
import { writeHouses } from '../houses.ts';
import { start } from '../processes.ts';
import { makeFolder, temporaryFolder } from '../temporary.ts';

const original = makeFolder();
let id: string;
beforeAll(async () => {
  const { release } = await train({ dataset: writeHouses(original), artifacts: join(original, 'artifacts') });
  id = release as string;
});
afterAll(() => rmSync(original, { recursive: true }));

/** A copy of the release, to be damaged. */
function copy(): { artifacts: string; file: (name: string) => string } {
  const artifacts = join(temporaryFolder(), 'artifacts');
  cpSync(join(original, 'artifacts'), artifacts, { recursive: true, verbatimSymlinks: true });
  return { artifacts, file: (name) => join(artifacts, id, name) };
}

test('current is a relative link, so that the folder can be moved', async () => {
  const { artifacts } = copy();
  expect(readlinkSync(join(artifacts, 'current'))).toBe(id);
  expect((await readRelease(artifacts)).id).toBe(id);
});

test('a copy that only serves may lack the data, all of it', async () => {
  const { artifacts, file } = copy();
  for (const name of ['data.csv', 'train.csv', 'test.csv']) rmSync(file(name));
  expect((await readRelease(artifacts)).id).toBe(id);
  expect((await loadPredictor(artifacts)).release).toBe(id);
});

describe('a release is refused, and the message says what is wrong, when', () => {
  const refusal = async (damage: (files: ReturnType<typeof copy>) => void) => {
    const files = copy();
    damage(files);
    const error = await readRelease(files.artifacts).catch((error) => error);
    expect(error.name).toBe('ReleaseError');
    return error.message;
  };

  test('there is none', async () => {
    expect(await refusal(({ artifacts }) => rmSync(artifacts, { recursive: true }))).toMatch(
      /no release in .* yet\. Train one: npm run train/,
    );
  });

  test('current points nowhere', async () => {
    expect(await refusal(({ artifacts }) => rmSync(join(artifacts, id), { recursive: true }))).toMatch(
      `points to ${id}, which does not exist`,
    );
  });

  test.each(['data.csv', 'train.csv', 'test.csv', 'preprocess.json', 'model.json'])(
    '%s is truncated, edited or missing',
    async (name) => {
      expect(await refusal(({ file }) => truncateSync(file(name), 20))).toMatch(
        new RegExp(`${name} of release ${id} is truncated: 20 of \\d+ bytes`),
      );
      expect(
        await refusal(({ file }) =>
          writeFileSync(
            file(name),
            readFileSync(file(name), 'utf8').replace(/[0-9]/, (digit) => String((Number(digit) + 1) % 10)),
          ),
        ),
      ).toMatch(`${name} of release ${id} was edited`);
      expect(await refusal(({ file }) => rmSync(file(name)))).toMatch(`${name} of release ${id} is missing`);
    },
  );

  test('the manifest is truncated, edited, missing, or of another format', async () => {
    const edit = (change: (text: string) => string) =>
      refusal(({ file }) => writeFileSync(file('manifest.json'), change(readFileSync(file('manifest.json'), 'utf8'))));
    expect(await edit((text) => text.slice(0, 100))).toMatch(/manifest\.json of release .* is truncated/);
    expect(await edit((text) => text.replace('"seed": 42', '"seed": 43'))).toMatch(/was edited/);
    expect(await edit((text) => text.replace('"format": 2', '"format": 3'))).toMatch(
      /has format 3; this version of Plumbline reads format 2/,
    );
    expect(await edit(() => 'null')).toMatch(/has format undefined/);
    expect(await refusal(({ file }) => rmSync(file('manifest.json')))).toMatch(/no readable manifest\.json/);
  });

  test('its folder has another name', async () => {
    expect(
      await refusal(({ artifacts }) => {
        renameSync(join(artifacts, id), join(artifacts, 'mine'));
        rmSync(join(artifacts, 'current'));
        symlinkSync('mine', join(artifacts, 'current'));
      }),
    ).toMatch(/renamed/);
  });
});

test('a release whose regressor this version lacks is refused by name', async () => {
  const artifacts = join(temporaryFolder(), 'artifacts');
  const { manifest } = await readRelease(join(original, 'artifacts'));
  const contents = { 'preprocess.json': '[]', 'model.json': '{"regressor": "oracle", "params": {}, "state": null}' };
  const { id: future } = await writeRelease(artifacts, contents, (files) => ({ ...manifest, files }));
  await expect(loadPredictor(artifacts)).rejects.toThrow(`release ${future} needs the regressor oracle`);
});

test('two trainings at once in one process do not disturb each other', async () => {
  const artifacts = join(temporaryFolder(), 'artifacts');
  const results = await Promise.all([7, 8, 9].map((seed) => train({ dataset: original, seed, artifacts })));
  expect(readdirSync(artifacts).sort()).toEqual([...results.map(({ release }) => release), 'current'].sort());
  expect(results.map(({ release }) => release)).toContain((await readRelease(artifacts)).id);
});

test('training again mends a damaged release of the same id', async () => {
  const { artifacts, file } = copy();
  truncateSync(file('model.json'), 5);
  const { release } = await train({ dataset: original, artifacts });
  expect(release).toBe(id);
  expect((await readRelease(artifacts)).id).toBe(id);
});

test('a folder has a release as soon as something is in use, whole or not', async () => {
  const { artifacts } = copy();
  expect(await hasRelease(artifacts)).toBe(true);
  rmSync(join(artifacts, 'current'));
  expect(await hasRelease(artifacts)).toBe(false);
  expect(await hasRelease(join(artifacts, 'none'))).toBe(false);
});

describe('a training that is killed', () => {
  const trainHere = (artifacts: string) =>
    start(['ml/cli.ts', 'train', '--dataset', original, '--models', 'linear', '--seed', '7', '--artifacts', artifacts]);

  test('at any moment leaves the release in use as it was, or the whole new one; the next mends the rest', async () => {
    const { artifacts } = copy();
    const whole = trainHere(artifacts);
    await whole.exit;
    const { id: next } = await readRelease(artifacts);
    expect(next).not.toBe(id);

    const inUse = new Set<string>();
    let isKilled = true;
    for (let writes = 1; isKilled; writes++) {
      const { artifacts: target } = copy();
      // Killed by itself at its n-th call that changes the disk, so that every step has its turn.
      const killed = start(
        [
          '--import',
          './test/ml/kill-at-write.ts',
          'ml/cli.ts',
          'train',
          '--dataset',
          original,
          '--models',
          'linear',
          '--seed',
          '7',
          '--artifacts',
          target,
        ],
        { KILL_AT_WRITE: String(writes) },
      );
      const { signal } = await killed.exit;
      const { id: current } = await readRelease(target);
      expect([id, next]).toContain(current);
      inUse.add(`${signal} ${current}`);
      isKilled = signal === 'SIGKILL';

      await trainHere(target).exit;
      expect((await readRelease(target)).id).toBe(next);
      expect(readdirSync(target).sort()).toEqual([id, next, 'current'].sort());
    }
    expect(inUse).toEqual(new Set([`SIGKILL ${id}`, `SIGKILL ${next}`, `null ${next}`]));
  });

  test('is not taken for one that still runs', async () => {
    const { artifacts } = copy();
    const mine = join(artifacts, `.writing-${process.pid}-abc`);
    const dead = join(artifacts, '.writing-999999999-abc');
    mkdirSync(mine);
    mkdirSync(dead);
    await trainHere(artifacts).exit;
    const left = readdirSync(artifacts);
    expect(left).toContain(`.writing-${process.pid}-abc`);
    expect(left).not.toContain('.writing-999999999-abc');
  });
});
