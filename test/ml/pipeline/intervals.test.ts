import { beforeAll, describe, expect, test } from 'vitest';
import { ingest } from '../../../ml/data/ingest.ts';
import { columnOf, takeRows } from '../../../ml/data/table.ts';
import {
  type LoadedRelease,
  loadPredictor,
  loadRelease,
  ofNumbers,
  predictorOf,
} from '../../../ml/pipeline/predict.ts';
import type { NumberPredictor } from '../../../ml/pipeline/predictor.ts';
import { train } from '../../../ml/pipeline/train.ts';
import { readRelease } from '../../../ml/release/read.ts';
import { studentLines } from '../../fixtures/students/student-lines.ts';
import { makeFolder, temporaryFile } from '../../temporary.ts';
import { recorded } from '../release/migrations/recorded.ts';

const dataset = 'test/fixtures/students';

describe.each([
  ['a model that is tried alone', { models: ['linear'] }],
  [
    'the mean of fits in the folds',
    { models: ['gradient_boosting'], search: 'random', trials: 1, params: { gradient_boosting: { n_estimators: 20 } } },
  ],
] as const)('of %s', (_, options) => {
  const artifacts = makeFolder();
  let release: LoadedRelease;
  let predictor: NumberPredictor;
  beforeAll(async () => {
    await train({ dataset, artifacts, ...options });
    release = await loadRelease(artifacts);
    predictor = ofNumbers(predictorOf(release));
  });

  const fresh = async () => (await ingest(temporaryFile(studentLines(9).join('\n')), release.manifest.dataset)).table;

  test('intervals hold about 90 % of fresh rows, and every prediction', async () => {
    const table = await fresh();
    const bounds = predictor.intervalsOf(table);
    const predictions = predictor.predictTable(table);
    const truth = columnOf(table, 'math_score');
    if (!bounds) throw new Error('there are no intervals');
    const inside = truth.filter(
      (value, i) => value >= (bounds.low[i] as number) && value <= (bounds.high[i] as number),
    );
    expect(inside.length / truth.length).toBeGreaterThan(0.86);
    expect(inside.length / truth.length).toBeLessThan(0.94);
    predictions.forEach((prediction, i) => {
      expect(bounds.low[i]).toBeLessThanOrEqual(prediction);
      expect(bounds.high[i]).toBeGreaterThanOrEqual(prediction);
      expect(bounds.low[i]).toBeGreaterThanOrEqual(Math.min(0, prediction));
      expect(bounds.high[i]).toBeLessThanOrEqual(Math.max(100, prediction));
    });
  });

  test('an interval is the same in whatever batch its record is', async () => {
    const table = await fresh();
    const all = predictor.intervalsOf(table);
    for (const row of [0, 1, 512, 999]) {
      const alone = predictor.intervalsOf(takeRows(table, Uint32Array.of(row)));
      expect([alone?.low[0], alone?.high[0]]).toEqual([all?.low[row], all?.high[row]]);
    }
  });

  test('a release holds them as a file, of which no row of the training can be told', async () => {
    const { files } = (await readRelease(artifacts)).manifest;
    expect(files.intervals?.name).toBe('intervals.json');
    const residuals = release.trust?.intervals?.lists.flatMap(({ residuals }) => [...residuals]) ?? [];
    expect(residuals.length).toBeGreaterThanOrEqual(800);
    for (const { residuals } of release.trust?.intervals?.lists ?? []) expect(residuals).toEqual(residuals.toSorted());
  });
});

test('a release of an older format says that it has none', async () => {
  const { artifacts, answers } = recorded('format-5/bagged');
  const predictor = ofNumbers(await loadPredictor(artifacts));
  expect((await loadRelease(artifacts)).trust).toBeNull();
  expect(predictor.predict(answers[0]?.record)).toBe(answers[0]?.prediction);
  expect(predictor.intervalsOf({ rows: 0, columns: new Map() })).toBeNull();
});
