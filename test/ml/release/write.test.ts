import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ReleaseError } from '../../../ml/core/errors.ts';
import { type FittedModel, partsOf, singleModel } from '../../../ml/estimators/model.ts';
import { predictTable } from '../../../ml/estimators/predict-rows.ts';
import { releaseTrained } from '../../../ml/pipeline/release-trained.ts';
import type { FileRecords } from '../../../ml/release/files.ts';
import type { Manifest } from '../../../ml/release/manifest.ts';
import { documentsOf, readModel } from '../../../ml/release/model.ts';
import { type Release, readRelease } from '../../../ml/release/read.ts';
import { writeRelease } from '../../../ml/release/write.ts';
import type { Progress } from '../../../ml/selection/progress.ts';
import { readRows } from '../../../ml/selection/rows.ts';
import { houseRelease } from '../house-release.ts';
import { meanModel } from '../mean-model.ts';

const { original, id, copy } = houseRelease();

describe('nothing moves, and nothing is left behind, where what was written', () => {
  const mean = meanModel(3);
  const contents = { data: [], train: [], test: [], ...documentsOf(singleModel(mean)) };
  const refusal = async (write: (artifacts: string) => Promise<unknown>) => {
    const { artifacts } = copy();
    const error: unknown = await write(artifacts).catch((error) => error);
    if (!(error instanceof Error)) throw new Error('nothing was refused');
    expect((await readRelease(artifacts)).id).toBe(id());
    expect(readdirSync(artifacts).sort()).toEqual([id(), 'current'].sort());
    return error.message;
  };
  const describeBy = async (change: (manifest: Manifest) => unknown) => {
    const { manifest } = await readRelease(join(original, 'artifacts'));
    return (files: FileRecords) => change({ ...manifest, files }) as Manifest;
  };

  test('is no manifest', async () => {
    const describe = await describeBy((manifest) => ({ ...manifest, seed: '42' }));
    expect(await refusal((artifacts) => writeRelease(artifacts, contents, describe))).toMatch(
      'the manifest to be written is none: seed: ',
    );
  });

  test('has a number that JSON has not', async () => {
    const describe = await describeBy((manifest) => ({ ...manifest, threshold: -Infinity }));
    expect(await refusal((artifacts) => writeRelease(artifacts, contents, describe))).toMatch('threshold: ');
  });

  test('does not do what it should', async () => {
    const check = async (release: Release) => {
      const model = await readModel(release);
      throw new ReleaseError(`it reads ${JSON.stringify(model)}`);
    };
    const describe = await describeBy((manifest) => manifest);
    expect(await refusal((artifacts) => writeRelease(artifacts, contents, describe, check))).toMatch('it reads {');
  });

  test('predicts something else than the model in memory', async () => {
    const release = await readRelease(join(original, 'artifacts'));
    const { manifest } = release;
    const rows = await readRows({ dataset: original }, manifest.seed);
    const [part] = partsOf(await readModel(release)) as [FittedModel];
    const state = part.state as { intercept: number };
    // What is written differs from what is in memory by a bit.
    const written = { ...state, intercept: state.intercept * (1 + 2 ** -52) };
    const unsteady = Object.defineProperty({ ...state }, 'toJSON', { value: () => written });
    const model = singleModel({ ...part, state: unsteady });
    const trained = {
      ...manifest,
      rows,
      judged: manifest,
      model,
      heldOut: predictTable(model, rows.test),
      trust: null,
    };
    expect(await refusal((artifacts) => releaseTrained(artifacts, trained))).toMatch(
      /read back from disk, Linear regression predicts .* where it predicted .*; nothing was released/,
    );
  });
});

describe('where the report cannot be made, for a fault in it', () => {
  // A score that no training leaves out, and that the report asks for alone.
  const faulty = async () => {
    const release = await readRelease(join(original, 'artifacts'));
    const { manifest } = release;
    const unscored = { status: 'scored' as const, model: 'knn', params: {}, cv: {} };
    const judged = { ...manifest, leaderboard: [...manifest.leaderboard, unscored] };
    const rows = await readRows({ dataset: original }, manifest.seed);
    const model = await readModel(release);
    return { ...manifest, rows, judged, model, heldOut: predictTable(model, rows.test), trust: null };
  };

  test('the release goes without, and whoever follows is told', async () => {
    const { artifacts } = copy();
    const told: Progress[] = [];
    const release = await releaseTrained(artifacts, await faulty(), { onProgress: (progress) => told.push(progress) });
    expect(release.manifest.files.report).toBeUndefined();
    expect(readdirSync(release.path)).not.toContain('report.html');
    expect(told).toContainEqual({ stage: 'unreported', stack: expect.stringContaining('there is no score r2') });
  });

  test('nothing is released where nobody follows', async () => {
    const { artifacts } = copy();
    await expect(faulty().then((trained) => releaseTrained(artifacts, trained))).rejects.toThrow(
      'there is no score r2',
    );
    expect((await readRelease(artifacts)).id).toBe(id());
  });
});
