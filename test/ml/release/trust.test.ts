import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { singleModel } from '../../../ml/estimators/model.ts';
import { fitTrust, type Trust } from '../../../ml/explain/trust.ts';
import { documentsOf } from '../../../ml/release/model.ts';
import { readRelease } from '../../../ml/release/read.ts';
import { readTrust, trustDocument } from '../../../ml/release/trust.ts';
import { writeRelease } from '../../../ml/release/write.ts';
import { temporaryFolder } from '../../temporary.ts';
import { crossValidate } from '../explain/cross-validated.ts';
import { noisy, noisyRows } from '../explain/noisy-rows.ts';
import { houseRelease } from '../house-release.ts';
import { meanModel } from '../mean-model.ts';

const { original } = houseRelease();

const mean = meanModel(3);

async function written(intervals?: ReturnType<typeof trustDocument>) {
  const { manifest } = await readRelease(join(original, 'artifacts'));
  const contents = { data: [], train: [], test: [], ...documentsOf(singleModel(mean)), intervals };
  return writeRelease(join(temporaryFolder(), 'artifacts'), contents, (files) => ({ ...manifest, files }));
}

test('what tells how far predictions can be trusted comes back, every bit of it', async () => {
  const train = noisyRows(200, 1, {
    group: (row) => Math.floor(row / 20),
    noise: ({ x }, normal) => (0.2 + x) * normal(),
    weight: ({ kind }) => 1 + kind,
  });
  for (const declaration of [noisy, { ...noisy, weight: 'w' }]) {
    const { model, crossValidated } = crossValidate({ declaration, train, estimator: 'decision_tree', bagged: true });
    const trust = fitTrust(model, crossValidated, { declaration, train, unseen: train, seed: 1 });
    expect(trust.intervals?.scale).not.toBeNull();
    expect(trust.domain.density).not.toBeNull();
    expect(trust.domain.pairs).not.toBeNull();
    expect(await readTrust(await written(trustDocument(trust)))).toEqual(trust);
  }
});

test('nothing is known where there is too little to learn from, or no file', async () => {
  const trust: Trust = { intervals: null, sets: null, domain: { columns: [], density: null, pairs: null } };
  expect(await readTrust(await written(trustDocument(trust)))).toEqual(trust);
  expect(await readTrust(await written())).toBeNull();
});

test('a document that holds something else is refused', async () => {
  const release = await written({ intervals: { rows: 20, lists: [] }, domain: null });
  await expect(readTrust(release)).rejects.toThrow(`release ${release.id} holds no intervals that can be read: `);
  const other = await written(null);
  writeFileSync(join(other.path, 'intervals.json'), '{');
  await expect(readTrust(other)).rejects.toThrow(`release ${other.id} holds no intervals that can be read: `);
});
