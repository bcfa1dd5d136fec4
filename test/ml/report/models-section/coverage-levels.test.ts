import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { createRandom } from '../../../../ml/core/random.ts';
import { loadRelease } from '../../../../ml/pipeline/predict.ts';
import { train } from '../../../../ml/pipeline/train.ts';
import { readRelease } from '../../../../ml/release/read.ts';
import { readRowsOf } from '../../../../ml/release/rows.ts';
import { measure } from '../../../../ml/report/card/card.ts';
import { type CoverageLevels, coverageLevels } from '../../../../ml/report/models-section/coverage-levels.ts';
import { reportedModel } from '../../../../ml/report/reported-model.ts';
import { writeHouses } from '../../../houses.ts';
import { makeFolder } from '../../../temporary.ts';

const folder = makeFolder();
let coverage: CoverageLevels | undefined;

beforeAll(async () => {
  const random = createRandom(7);
  const rows = Array.from({ length: 2000 }, () => {
    const area = 20 + random.below(200);
    return `${area},3,gas,${(2 * area + 100 * random.uniform()).toFixed(3)}`;
  });
  const artifacts = join(folder, 'artifacts');
  await train({ dataset: writeHouses(folder, rows), artifacts, models: ['linear'] });
  const held = await readRowsOf(await readRelease(artifacts), 'test');
  const model = reportedModel(await loadRelease(artifacts));
  const measured = measure(model, held);
  if (measured.kind === 'number') coverage = coverageLevels(measured.model, measured.held);
});

test('intervals of evenly spread errors are as wide as the share that they hold, and hold it', () => {
  expect(coverage?.rows).toBe(400);
  expect(coverage?.levels.map(({ nominal }) => nominal)).toEqual([0.5, 0.6, 0.7, 0.8, 0.9, 0.95]);
  for (const { nominal, actual, standardError, width } of coverage?.levels ?? []) {
    // Errors lie between −50 and 50, none more often than another.
    expect(width).toBeGreaterThan(100 * nominal - 5);
    expect(width).toBeLessThan(100 * nominal + 5);
    expect(Math.abs(actual - nominal)).toBeLessThan(4 * Math.sqrt((nominal * (1 - nominal)) / 400));
    expect(standardError).toBeCloseTo(Math.sqrt((actual * (1 - actual)) / 400), 12);
  }
});
