import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { checkData, loadPredictor, ParamError, ReleaseError, train, trainInMemory } from '../../../ml/index.ts';
import { houseHeader, houseRows, houses } from '../../houses.ts';
import { temporaryFolder } from '../../temporary.ts';

const rows = houseRows(80).map((line) => {
  const [area, rooms, heating, price] = line.split(',');
  return { area: Number(area), rooms: Number(rooms), heating, price: Number(price) };
});
const house = { area: 100, rooms: 4, heating: 'gas' };
const models = ['linear', 'xgboost'];

it('trains, predicts, saves, and loads what predicts the same', async () => {
  const model = await trainInMemory({ rows, target: 'price', models, seed: 3 });
  expect(model.verdict.released).toBe(true);
  // A number, as the type of its target says.
  const price: number | undefined = model.predictor?.predict(house);
  expect(price).toBeCloseTo(2 * 100 + 5 * 4, 6);

  const folder = join(temporaryFolder(), 'models/price');
  await model.save(folder);
  const loaded = await loadPredictor(folder);
  expect(loaded.release).toBe(model.predictor?.release);
  expect(loaded.explain(house)).toEqual(model.predictor?.explain(house));

  const alike = await checkData({ data: rows, against: folder });
  expect(alike).toMatchObject({ verdict: 'ok', rows: 80, against: { release: loaded.release, rows: 80 } });
  const larger = await checkData({ data: rows.map((row) => ({ ...row, area: row.area + 300 })), against: folder });
  expect(larger.columns.find(({ name }) => name === 'area')).toMatchObject({
    verdict: 'fail',
    drift: { significant: true },
  });
  const columns = (await checkData({ dataset: houses, data: rows })).columns;
  expect(columns.map(({ verdict }) => verdict)).toEqual(['ok', 'ok', 'ok', 'ok']);
  await expect(checkData({ data: rows })).rejects.toThrow(ParamError);
});

it('keeps what was saved before', async () => {
  const folder = temporaryFolder();
  const releases: (string | undefined)[] = [];
  for (const seed of [1, 2]) {
    const model = await trainInMemory({ rows, target: 'price', models: ['linear'], seed });
    await model.save(folder);
    await model.save(folder);
    releases.push(model.predictor?.release);
  }
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(releases));
  expect((await loadPredictor(folder)).release).toBe(releases[1]);
});

it('comes to the same as a training on the same rows in a file', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'dataset.json'), JSON.stringify(houses));
  writeFileSync(join(folder, houses.file), [houseHeader, ...houseRows(80), ''].join('\n'));
  const ofFile = await train({ dataset: folder, models, artifacts: join(folder, 'artifacts') });
  const inMemory = await trainInMemory({ rows, declaration: houses, models });
  expect(inMemory.predictor?.release).toBe(ofFile.release);

  const ofCsv = await trainInMemory({ declaration: { ...houses, file: join(folder, houses.file) }, models });
  expect(ofCsv.holdout).toEqual(ofFile.holdout);
});

it('says why there is no model, and saves none', async () => {
  const noise = rows.map((row, i) => ({ ...row, price: (i * 7919) % 83 }));
  const refused = await trainInMemory({ rows: noise, target: 'price', models: ['linear'] });
  expect(refused.predictor).toBeNull();
  await expect(refused.save(temporaryFolder())).rejects.toThrow(ReleaseError);
  await expect(refused.save(temporaryFolder())).rejects.toThrow(refused.verdict.reason);
});

it('leaves nothing in the folder for temporary files', async () => {
  const folder = temporaryFolder();
  vi.stubEnv('TMPDIR', folder);
  await trainInMemory({ rows, target: 'price', models: ['linear'] });
  await expect(trainInMemory({ rows, target: 'price', models: ['nobody'] })).rejects.toThrow(ParamError);
  vi.unstubAllEnvs();
  expect(readdirSync(folder)).toEqual([]);
});

it('asks for a folder where a declaration names none', async () => {
  await expect(train({ dataset: houses, data: rows })).rejects.toThrow('name one as "artifacts"');
});
