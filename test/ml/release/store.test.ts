import {
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
import { describe, expect, test } from 'vitest';
import { loadPredictor } from '../../../ml/pipeline/predict.ts';
import { train } from '../../../ml/pipeline/train.ts';
import { hasRelease, readRelease, writeRelease } from '../../../ml/release/store.ts';
import { temporaryFolder } from '../../temporary.ts';
import { houseRelease } from '../house-release.ts';

const { original, id, copy } = houseRelease();

test('current is a relative link, so that the folder can be moved', async () => {
  const { artifacts } = copy();
  expect(readlinkSync(join(artifacts, 'current'))).toBe(id());
  expect((await readRelease(artifacts)).id).toBe(id());
});

test('a copy that only serves may lack the data, all of it', async () => {
  const { artifacts, file } = copy();
  for (const name of ['data.csv', 'train.csv', 'test.csv']) rmSync(file(name));
  expect((await readRelease(artifacts)).id).toBe(id());
  expect((await loadPredictor(artifacts)).release).toBe(id());
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
    expect(await refusal(({ artifacts }) => rmSync(join(artifacts, id()), { recursive: true }))).toMatch(
      `points to ${id()}, which does not exist`,
    );
  });

  test.each(['data.csv', 'train.csv', 'test.csv', 'preprocess.json', 'model.json'])(
    '%s is truncated, edited or missing',
    async (name) => {
      expect(await refusal(({ file }) => truncateSync(file(name), 20))).toMatch(
        new RegExp(`${name} of release ${id()} is truncated: 20 of \\d+ bytes`),
      );
      expect(
        await refusal(({ file }) =>
          writeFileSync(
            file(name),
            readFileSync(file(name), 'utf8').replace(/[0-9]/, (digit) => String((Number(digit) + 1) % 10)),
          ),
        ),
      ).toMatch(`${name} of release ${id()} was edited`);
      expect(await refusal(({ file }) => rmSync(file(name)))).toMatch(`${name} of release ${id()} is missing`);
    },
  );

  test('the manifest is truncated, edited, missing, or of another format', async () => {
    const edit = (change: (text: string) => string) =>
      refusal(({ file }) => writeFileSync(file('manifest.json'), change(readFileSync(file('manifest.json'), 'utf8'))));
    expect(await edit((text) => text.slice(0, 100))).toMatch(/manifest\.json of release .* is truncated/);
    expect(await edit((text) => text.replace('"seed": 42', '"seed": 43'))).toMatch(/was edited/);
    expect(await edit((text) => text.replace('"format": 3', '"format": 2'))).toMatch(
      /has format 2; this version of Plumbline reads format 3/,
    );
    expect(await edit(() => 'null')).toMatch(/has format undefined/);
    expect(await refusal(({ file }) => rmSync(file('manifest.json')))).toMatch(/has no manifest\.json/);
  });

  test('its folder has another name', async () => {
    expect(
      await refusal(({ artifacts }) => {
        renameSync(join(artifacts, id()), join(artifacts, 'mine'));
        rmSync(join(artifacts, 'current'));
        symlinkSync('mine', join(artifacts, 'current'));
      }),
    ).toMatch(/renamed/);
  });
});

test('a release whose estimator this version lacks is refused by name', async () => {
  const artifacts = join(temporaryFolder(), 'artifacts');
  const { manifest } = await readRelease(join(original, 'artifacts'));
  const contents = { 'preprocess.json': '[]', 'model.json': '{"regressor": "oracle", "params": {}, "state": null}' };
  const { id: future } = await writeRelease(artifacts, contents, (files) => ({ ...manifest, files }));
  await expect(loadPredictor(artifacts)).rejects.toThrow(`release ${future} needs the estimator oracle`);
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
  expect(release).toBe(id());
  expect((await readRelease(artifacts)).id).toBe(id());
});

test('a folder has a release as soon as something is in use, whole or not', async () => {
  const { artifacts } = copy();
  expect(await hasRelease(artifacts)).toBe(true);
  rmSync(join(artifacts, 'current'));
  expect(await hasRelease(artifacts)).toBe(false);
  expect(await hasRelease(join(artifacts, 'none'))).toBe(false);
});
