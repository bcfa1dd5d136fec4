import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { estimatorNamed, paramsOf } from '../../../ml/estimators/index.ts';
import { type Model, partsOf, sharePreprocessors, singleModel } from '../../../ml/estimators/model.ts';
import { predictRows } from '../../../ml/estimators/predict-rows.ts';
import { fitFeatures } from '../../../ml/features/preprocess.ts';
import { columnRecipeNames } from '../../../ml/features/recipes/index.ts';
import { documentsOf, readModel } from '../../../ml/release/model.ts';
import { readRelease } from '../../../ml/release/read.ts';
import { writeRelease } from '../../../ml/release/write.ts';
import { temporaryFolder } from '../../temporary.ts';
import { housePart, houseParts } from '../estimators/house-parts.ts';
import { truths } from '../features/generated.ts';
import { houseRelease } from '../house-release.ts';
import { houseTable } from '../selection/house-table.ts';
import { sharedArrays } from './shared-arrays.ts';

const { original } = houseRelease();

async function writeModel(model: Model) {
  const { manifest } = await readRelease(join(original, 'artifacts'));
  const contents = { data: [], train: [], test: [], ...documentsOf(model) };
  return writeRelease(join(temporaryFolder(), 'artifacts'), contents, (files) => ({ ...manifest, files }));
}

const blend: Model = {
  intercept: -0.1,
  members: [
    { weight: 0.6, parts: houseParts('gradient_boosting') },
    { weight: 0.3, parts: houseParts('ridge') },
    { weight: 0.1, parts: houseParts('knn') },
  ],
};

test('a model of many parts comes back, and predicts the same, bit by bit', async () => {
  const back = await readModel(await writeModel(blend));
  expect(back).toEqual(blend);
  expect(predictRows(back, houseTable)).toEqual(predictRows(blend, houseTable));
  const large = partsOf(back)[2]?.state ?? null;
  expect(sharedArrays(large).shared).toBeGreaterThan(0);
});

test('a model that was read is written in the same bytes again', async () => {
  const first = await writeModel(blend);
  const second = await writeModel(await readModel(first));
  expect(second.id).toBe(first.id);
  for (const name of readdirSync(first.path))
    expect(readFileSync(join(second.path, name)).equals(readFileSync(join(first.path, name)))).toBe(true);
});

test('what several parts learned alike of their columns is stored once, and shared where it is read', async () => {
  const { preprocessing } = documentsOf(blend);
  expect(preprocessing).toHaveLength(6);
  const back = await readModel(await writeModel(blend));
  expect(new Set(partsOf(back).map(({ preprocessor }) => preprocessor)).size).toBe(6);
  expect(sharePreprocessors(back)).toEqual(back);
});

test.each(Object.keys(truths))(
  'what recipes learned of %s comes back, and makes the same of records',
  async (truth) => {
    const { declaration, table } = (truths[truth] as (typeof truths)[string])(300, 1);
    const features = columnRecipeNames.map((recipe) => ({ recipe }));
    const estimator = estimatorNamed('xgboost', 'regression');
    const { preprocessor, ...rows } = fitFeatures({
      declaration,
      table,
      encoding: estimator.encoding,
      features,
      seed: 1,
    });
    const params = paramsOf('xgboost', 'regression', { n_estimators: 5 });
    const state = estimator.fit({ ...rows, params, seed: 1 });
    const model = singleModel({ estimator: 'xgboost', task: 'regression', params, features, preprocessor, state });
    const back = await readModel(await writeModel(model));
    expect(back).toEqual(model);
    expect(predictRows(back, table)).toEqual(predictRows(model, table));
  },
);

test('parameters of columns are kept', async () => {
  const part = { ...housePart('xgboost', 0), params: { monotone_constraints: { area: 1 } } };
  expect(await readModel(await writeModel(singleModel(part)))).toEqual(singleModel(part));
});

test.each([
  [
    'a sigmoid',
    { kind: 'sigmoid' as const, slope: 0.8, offsets: Float64Array.from({ length: 30 }, (_, k) => k / 7), floor: 1e-3 },
  ],
  [
    'curves',
    {
      kind: 'isotonic' as const,
      curves: [{ from: Float64Array.of(0.1, 0.4), to: Float64Array.from([0.2, 0.3]) }],
    },
  ],
])('what becomes of probabilities last comes back: %s', async (_, calibration) => {
  const [part = expect.unreachable()] = houseParts('ridge');
  const model = { ...singleModel(part), calibration };
  expect(await readModel(await writeModel(model))).toEqual(model);
});
