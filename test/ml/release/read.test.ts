import {
  appendFileSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PlainData } from '../../../ml/core/plain-data.ts';
import { singleModel } from '../../../ml/estimators/model.ts';
import { loadPredictor } from '../../../ml/pipeline/predict.ts';
import { train } from '../../../ml/pipeline/train.ts';
import { dataRoles, fileNames, type ModelRole } from '../../../ml/release/files.ts';
import { documentsOf } from '../../../ml/release/model.ts';
import { hasRelease, isWhole, readRelease } from '../../../ml/release/read.ts';
import { checkRows, readRowsOf } from '../../../ml/release/rows.ts';
import { promoteRelease } from '../../../ml/release/use.ts';
import { writeRelease } from '../../../ml/release/write.ts';
import { temporaryFolder } from '../../temporary.ts';
import { type Copy, houseRelease } from '../house-release.ts';

const { original, id, copy } = houseRelease();

test('current is a relative link, so that the folder can be moved', async () => {
  const { artifacts } = copy();
  expect(readlinkSync(join(artifacts, 'current'))).toBe(id());
  expect((await readRelease(artifacts)).id).toBe(id());
});

test('a copy that only serves may lack the data, all of it', async () => {
  const { artifacts, file } = copy();
  for (const role of dataRoles) rmSync(file(fileNames[role]));
  expect((await readRelease(artifacts)).id).toBe(id());
  expect((await loadPredictor(artifacts)).release).toBe(id());
});

/** Changes a digit of a file. */
function edit(path: string): void {
  const text = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    text.replace(/[0-9]/, (digit) => String((Number(digit) + 1) % 10)),
  );
}

test.each(dataRoles)('an edit of %s is no trouble to what predicts, and refused by whoever reads it', async (role) => {
  const { artifacts, file } = copy();
  edit(file(fileNames[role]));
  const wrong = `${fileNames[role]} of release ${id()} was edited: its SHA-256 is not the recorded one`;
  expect((await loadPredictor(artifacts)).release).toBe(id());
  const release = await readRelease(artifacts);
  await expect(readRowsOf(release, role)).rejects.toThrow(wrong);
  await expect(checkRows(release)).rejects.toThrow(wrong);
  await expect(readRelease(artifacts, { rows: 'checked' })).rejects.toThrow(wrong);
  await expect(promoteRelease(artifacts, id(), async () => {})).rejects.toThrow(wrong);
  expect(await isWhole(release.path)).toBe(false);
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

  test.each([...dataRoles, 'preprocessing', 'model'] as const)('%s is cut short, longer or missing', async (role) => {
    const name = fileNames[role];
    expect(await refusal(({ file }) => truncateSync(file(name), 20))).toMatch(
      new RegExp(`${name} of release ${id()} is truncated: 20 of \\d+ bytes`),
    );
    expect(await refusal(({ file }) => appendFileSync(file(name), '1'))).toMatch(
      new RegExp(`${name} of release ${id()} was edited: it has \\d+ bytes, and had \\d+`),
    );
    expect(await refusal(({ file }) => rmSync(file(name)))).toMatch(`${name} of release ${id()} is missing`);
  });

  test.each(['preprocessing', 'model', 'intervals', 'report', 'evaluation'] as const)('%s was edited', async (role) => {
    expect(await refusal(({ file }) => edit(file(fileNames[role])))).toMatch(
      `${fileNames[role]} of release ${id()} was edited`,
    );
  });

  test('the manifest is truncated, edited, missing, or of another format', async () => {
    const change = (by: (text: string) => string) =>
      refusal(({ file }) => writeFileSync(file('manifest.json'), by(readFileSync(file('manifest.json'), 'utf8'))));
    expect(await change((text) => text.slice(0, 100))).toMatch(/manifest\.json of release .* is truncated/);
    expect(await change((text) => text.replace('"seed": 42', '"seed": 43'))).toMatch(/was edited/);
    for (const format of ['1', '9', '8.5', '"8"', 'null']) {
      expect(await change((text) => text.replace('"format": 8', `"format": ${format}`))).toMatch(
        `has format ${JSON.parse(format)}; this version of Plumbline reads formats 2 to 8. Train again: npm run train`,
      );
    }
    expect(await change(() => 'null')).toMatch(/has format undefined/);
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

test('a byte more, less or other in the file of arrays is noticed, or makes no difference', async () => {
  const artifacts = join(temporaryFolder(), 'artifacts');
  const { path } = await train({ dataset: original, models: ['random_forest'], artifacts });
  const file = join(path as string, fileNames.arrays);
  const whole = readFileSync(file);
  const { arrays } = await readRelease(artifacts);
  const refusal = async (bytes: Uint8Array) => {
    writeFileSync(file, bytes);
    return readRelease(artifacts).then(
      () => 'nothing',
      (error) => `${error.name}: ${error.message}`,
    );
  };
  const wrong = `ReleaseError: ${fileNames.arrays} of release ${basename(path as string)} was truncated or edited: `;
  for (let at = 0; at < whole.length; at += 101) {
    const edited = Uint8Array.from(whole);
    edited[at] = (whole[at] as number) ^ 0x10;
    const told = await refusal(edited);
    // Not every bit of a compressed file stands for something.
    if (told === 'nothing') expect((await readRelease(artifacts)).arrays, `byte ${at}`).toEqual(arrays);
    else expect(told, `byte ${at}`).toMatch(wrong);
    expect(await refusal(whole.subarray(0, at)), `${at} bytes`).toMatch(wrong);
  }
  expect(await refusal(Buffer.concat([whole, Buffer.of(7)]))).toMatch(wrong);
  rmSync(file);
  await expect(readRelease(artifacts)).rejects.toThrow(/is missing/);
  expect(await refusal(whole)).toBe('nothing');
});

test('a file of the role intervals is described and checked like the others', async () => {
  const { manifest } = await readRelease(join(original, 'artifacts'));
  const mean = { estimator: 'mean', task: 'regression' as const, params: {}, features: [], state: { mean: 3 } };
  const preprocessor = { recipes: [], columns: [], target: null };
  const contents = { data: [], train: [], test: [], ...documentsOf(singleModel({ ...mean, preprocessor })) };
  const artifacts = join(temporaryFolder(), 'artifacts');
  const intervals = { residuals: Float64Array.from({ length: 40 }, (_, i) => i - 20) };
  const {
    id,
    path,
    manifest: written,
  } = await writeRelease(artifacts, { ...contents, intervals }, (files) => ({
    ...manifest,
    files,
  }));
  expect(Object.keys(written.files)).toEqual([
    'data',
    'train',
    'test',
    'preprocessing',
    'model',
    'intervals',
    'arrays',
  ]);
  truncateSync(join(path, fileNames.intervals), 9);
  await expect(readRelease(artifacts)).rejects.toThrow(`${fileNames.intervals} of release ${id} is truncated: 9 of `);
});

test('documents that are none of a model are refused', async () => {
  const { manifest } = await readRelease(join(original, 'artifacts'));
  const part = {
    estimator: 'mean',
    task: 'regression' as const,
    params: {},
    features: [],
    state: { mean: 3 },
    preprocessing: 0,
  };
  const modelOf = (...parts: PlainData[]) => ({ intercept: 0, members: [{ weight: 1, parts }] });
  const whole = { data: [], train: [], test: [], preprocessing: [[]], model: modelOf(part) };
  const broken: Partial<Record<ModelRole, PlainData>>[] = [
    { model: modelOf({ estimator: 'mean', preprocessing: 0 }) },
    { model: modelOf({ ...part, preprocessing: 1 }) },
    { model: modelOf() },
    { model: { intercept: 0, members: [] } },
    { model: null },
    { preprocessing: [[{ column: 'area' }]] },
  ];
  for (const part of broken) {
    const artifacts = join(temporaryFolder(), 'artifacts');
    await writeRelease(artifacts, { ...whole, ...part }, (files) => ({ ...manifest, files }));
    await expect(loadPredictor(artifacts)).rejects.toThrow(/^release [0-9a-f]{12} holds no model that can be read: /);
  }
});

test('a release whose estimator this version lacks is refused by name', async () => {
  const artifacts = join(temporaryFolder(), 'artifacts');
  const { manifest } = await readRelease(join(original, 'artifacts'));
  const oracle = {
    estimator: 'oracle',
    task: 'regression' as const,
    params: {},
    features: [],
    preprocessor: { recipes: [], columns: [], target: null },
    state: null,
  };
  const contents = { data: [], train: [], test: [], ...documentsOf(singleModel(oracle)) };
  const { id: future } = await writeRelease(artifacts, contents, (files) => ({ ...manifest, files }));
  await expect(loadPredictor(artifacts)).rejects.toThrow(`release ${future} needs the estimator oracle`);
});

test('two trainings at once in one process do not disturb each other', async () => {
  const artifacts = join(temporaryFolder(), 'artifacts');
  const results = await Promise.all([7, 8, 9].map((seed) => train({ dataset: original, seed, artifacts })));
  const ids = results.map(({ release }) => release as string);
  // One that has put its release into use may be known to the next, or not.
  const names = readdirSync(artifacts).filter((name) => name !== 'history.json');
  expect(names.sort()).toEqual([...ids, 'current'].sort());
  expect(ids).toContain((await readRelease(artifacts)).id);
});

test.each([
  ['a model that is cut short', (file: Copy['file']) => truncateSync(file(fileNames.model), 5)],
  ['rows that were edited', (file: Copy['file']) => edit(file(fileNames.test))],
])('training again mends a release of the same id: %s', async (_, damage) => {
  const { artifacts, file } = copy();
  damage(file);
  const { release } = await train({ dataset: original, artifacts, ifChanged: true });
  expect(release).toBe(id());
  expect((await readRelease(artifacts, { rows: 'checked' })).id).toBe(id());
});

test('a folder has a release as soon as something is in use, whole or not', async () => {
  const { artifacts } = copy();
  expect(await hasRelease(artifacts)).toBe(true);
  rmSync(join(artifacts, 'current'));
  expect(await hasRelease(artifacts)).toBe(false);
  expect(await hasRelease(join(artifacts, 'none'))).toBe(false);
});
