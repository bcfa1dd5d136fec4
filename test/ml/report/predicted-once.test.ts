import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { estimatorNamed } from '../../../ml/estimators/index.ts';
import { partsOf } from '../../../ml/estimators/model.ts';
import { loadRelease, predictorOf } from '../../../ml/pipeline/predict.ts';
import { rowsOfRelease } from '../../../ml/pipeline/release-rows.ts';
import { train } from '../../../ml/pipeline/train.ts';
import { readRelease } from '../../../ml/release/read.ts';
import { makeReleaseReport } from '../../../ml/report/release-report.ts';
import { reportedModel } from '../../../ml/report/reported-model.ts';
import { writeLoans } from '../../class-data.ts';
import { houseRows, writeHouses } from '../../houses.ts';
import { makeFolder } from '../../temporary.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

describe.each([
  {
    what: 'a number',
    model: 'linear',
    task: 'regression' as const,
    write: (folder: string) => writeHouses(folder, houseRows(1500)),
  },
  { what: 'a class', model: 'logistic', task: 'binary' as const, write: (folder: string) => writeLoans(folder, 1500) },
])('of $what', ({ model, task, write }) => {
  const folder = makeFolder();
  const artifacts = join(folder, 'artifacts');
  beforeAll(() => train({ dataset: write(folder), artifacts, models: [model], threshold: -99 }));

  test('a report predicts its held-out rows once, whatever it tells of them', async () => {
    const release = await loadRelease(artifacts);
    const rows = await rowsOfRelease(await readRelease(artifacts));
    // So that samples that are shuffled or changed have fewer rows.
    expect(rows.test.rows).toBeGreaterThan(200);
    const predict = vi.spyOn(estimatorNamed(model, task), 'predict');
    makeReleaseReport(reportedModel(release), rows);
    const ofAll = predict.mock.calls.filter(([, x]) => x.rows === rows.test.rows);
    expect(ofAll.length).toBe(partsOf(release.model).length);
  });

  test('what it is told is what the release predicts, with its intervals or sets', async () => {
    const release = await loadRelease(artifacts);
    const { test: held } = await rowsOfRelease(await readRelease(artifacts));
    const reported = reportedModel(release);
    const predictor = predictorOf(release);
    if (reported.task === 'regression' && predictor.task === 'regression') {
      const { predictions, boundsOf } = reported.predicted(held);
      expect(predictions).toEqual(predictor.predictTable(held));
      expect(boundsOf()).toEqual(predictor.intervalsOf(held));
    } else if (reported.task !== 'regression' && predictor.task !== 'regression') {
      const { predictions, sets } = reported.predicted(held);
      expect(predictions).toEqual(predictor.predictTable(held));
      expect(sets).toEqual(predictor.setsOf(held));
    } else expect.unreachable();
  });

  test('a table whose predictions are asked for, and then how sure they are, is predicted once', async () => {
    const release = await loadRelease(artifacts);
    const { test: held } = await rowsOfRelease(await readRelease(artifacts));
    const [predictor, other] = [predictorOf(release), predictorOf(release)];
    const surenessOf = (of: typeof predictor) => (of.task === 'regression' ? of.intervalsOf(held) : of.setsOf(held));
    const { predictions } = predictor.predictRows(held);
    const predict = vi.spyOn(estimatorNamed(model, task), 'predict');
    const sureness = surenessOf(predictor);
    expect(predict).not.toHaveBeenCalled();
    expect(sureness).toEqual(surenessOf(other));
    const expected = other.predictTable(held);
    expect(predictions.values).toEqual(expected instanceof Float64Array ? expected : expected.values);
  });
});
