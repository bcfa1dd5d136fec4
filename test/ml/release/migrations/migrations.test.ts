import { readFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { partsOf } from '../../../../ml/estimators/model.ts';
import { loadPredictor, loadRelease, ofNumbers } from '../../../../ml/pipeline/predict.ts';
import { RELEASE_FORMAT } from '../../../../ml/release/manifest.ts';
import { readRelease } from '../../../../ml/release/read.ts';
import { sharedArrays } from '../shared-arrays.ts';
import { copyOf, recorded, recordedReleases } from './recorded.ts';

test('there is a release of each format before this one, from the first that is read', () => {
  const formats = new Set(recordedReleases.map(({ format }) => format));
  expect([...formats].sort()).toEqual(Array.from({ length: RELEASE_FORMAT - 2 }, (_, i) => i + 2));
});

test.each(recordedReleases)(
  '$name predicts what it predicted when it was written',
  async ({ name, artifacts, answers }) => {
    const predictor = ofNumbers(await loadPredictor(artifacts));
    const predictions = [...predictor.predictAll(answers.map(({ record }) => record))];
    const expected = answers.map(({ prediction }) => prediction);
    // Since 0.2.0 the weights of neighbours are formed otherwise, so that none overflows: the last bit may differ.
    if (name === 'format-2/knn-by-distance')
      for (const [i, value] of predictions.entries())
        expect(Math.abs(value / (expected[i] ?? 0) - 1)).toBeLessThan(1e-15);
    else expect(predictions).toEqual(expected);
  },
);

test.each(recordedReleases)(
  '$name keeps its id, and is described as of today',
  async ({ artifacts, release, format }) => {
    const { id, format: onDisk, manifest } = await readRelease(artifacts);
    const written = JSON.parse(readFileSync(join(artifacts, 'current/manifest.json'), 'utf8'));
    expect(id).toBe(release);
    expect(onDisk).toBe(format);
    expect(manifest.format).toBe(RELEASE_FORMAT);
    expect(manifest.holdout).toEqual(written.holdout);
    expect(manifest.dataset).toEqual(written.dataset);
    const single = { parts: 1, cv: written.leaderboard[0].cv };
    expect(manifest.chosen).toEqual({ ...written.chosen, ...(format < 5 && single) });
    expect(manifest.leaderboard).toHaveLength(written.leaderboard.length);
    expect(manifest.code).toBe(written.code ?? null);
  },
);

test('threads share the arrays of an older release too', async () => {
  for (const name of ['format-2/xgboost', 'format-3/random-forest']) {
    const { model } = await loadRelease(recorded(name).artifacts);
    expect(sharedArrays(partsOf(model)[0]?.state ?? null)).toEqual({ shared: 5, copied: 0 });
  }
});

test('what is wrong with an older release is said as of any other', async () => {
  const artifacts = copyOf(recorded('format-2/linear'));
  const { id } = await readRelease(artifacts);
  const path = join(artifacts, 'current/preprocess.json');
  truncateSync(path, 9);
  await expect(readRelease(artifacts)).rejects.toThrow(`preprocess.json of release ${id} is truncated: 9 of `);
  rmSync(path);
  await expect(readRelease(artifacts)).rejects.toThrow(`preprocess.json of release ${id} is missing`);
});

test('an older release may lack its data, all of it', async () => {
  const artifacts = copyOf(recorded('format-3/linear'));
  for (const name of ['data.csv', 'train.csv', 'test.csv']) rmSync(join(artifacts, 'current', name));
  await loadPredictor(artifacts);
});
