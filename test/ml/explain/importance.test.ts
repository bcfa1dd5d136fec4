import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createRandom } from '../../../ml/core/random.ts';
import type { Column, Declaration } from '../../../ml/data/declaration.ts';
import { ingest } from '../../../ml/data/ingest.ts';
import { columnOf, sliceRows } from '../../../ml/data/table.ts';
import { type FittedModel, type Model, partsOf } from '../../../ml/estimators/model.ts';
import { type Importance, importanceOf } from '../../../ml/explain/importance.ts';
import { train } from '../../../ml/pipeline/train.ts';
import { readModel } from '../../../ml/release/model.ts';
import { readRelease } from '../../../ml/release/read.ts';
import { readRowsOf } from '../../../ml/release/rows.ts';
import { taskOf } from '../../../ml/selection/tasks/index.ts';
import { temporaryFolder } from '../../temporary.ts';
import { crossValidate } from './cross-validated.ts';

const numeric = (name: string): Column => ({ name, title: name, kind: 'numeric' });

/** Rows whose y is 3 · a + b, of columns that are independent; the others say nothing. */
function writeSums(more: number, rows: number) {
  const folder = temporaryFolder();
  const names = ['a', 'b', ...Array.from({ length: more }, (_, j) => `n${j}`)];
  const columns = [...names, 'y'].map(numeric);
  const declaration: Declaration = { name: 'sums', title: 'Sums', file: 'sums.csv', target: 'y', columns };
  writeFileSync(join(folder, 'dataset.json'), JSON.stringify(declaration));
  const random = createRandom(1);
  const lines = Array.from({ length: rows }, () => {
    const [a = 0, b = 0, ...noise] = names.map(() => random.uniform());
    return [a, b, ...noise, 3 * a + b].join(',');
  });
  writeFileSync(join(folder, 'sums.csv'), [[...names, 'y'].join(','), ...lines].join('\n'));
  return { folder, declaration };
}

/** Trains on such rows. */
async function trained(more: number, rows: number, models = ['linear']) {
  const { folder } = writeSums(more, rows);
  const artifacts = join(folder, 'artifacts');
  await train({ dataset: folder, artifacts, models });
  return readRelease(artifacts);
}

const importanceIn = (release: Awaited<ReturnType<typeof trained>>) => release.manifest.importance as Importance;

test('is the share of the variance that a column accounts for, twice, and nothing for one that tells nothing', async () => {
  const release = await trained(1, 3000);
  const { rows, shuffles, columns } = importanceIn(release);
  expect([rows, shuffles]).toEqual([600, 5]);
  expect(columns.map(({ column }) => column)).toEqual(['a', 'b', 'n0']);
  const [a, b, nothing] = columns as [(typeof columns)[0], (typeof columns)[0], (typeof columns)[0]];
  // Of y = 3a + b the variance is 9 + 1 twelfths; a value and another one at random are twice the variance apart.
  expect(a.drop).toBeCloseTo(1.8, 0);
  expect(b.drop).toBeCloseTo(0.2, 1);
  expect(Math.abs(nothing.drop)).toBeLessThan(1e-9);
  expect(a.deviation).toBeGreaterThan(0);
  expect(a.deviation).toBeLessThan(0.2);
  // Two numbers from 0 to 1 are a third apart, on average.
  expect(a.error).toBeCloseTo(1, 0);
  expect(b.error).toBeCloseTo(1 / 3, 1);
});

test('is the same of the same model, rows and seed, and hangs on no order of columns', async () => {
  const release = await trained(2, 200, ['decision_tree']);
  const { dataset: declaration, seed } = release.manifest;
  const [model, rows] = [await readModel(release), await readRowsOf(release, 'test')];
  const subject = { model, rows, declaration, task: taskOf(declaration), seed };
  expect(await importanceOf(subject)).toEqual(importanceIn(release));
  const reversed = { ...declaration, columns: declaration.columns.toReversed() };
  const byName = ({ columns }: Importance) => new Map(columns.map((each) => [each.column, each]));
  expect(byName(await importanceOf({ ...subject, declaration: reversed }))).toEqual(byName(importanceIn(release)));
  expect(byName(await importanceOf({ ...subject, seed: seed + 1 }))).not.toEqual(byName(importanceIn(release)));
});

test('of many columns is measured on some of the rows, and says of how many', async () => {
  const { folder, declaration } = writeSums(298, 1500);
  const { table } = await ingest(join(folder, declaration.file), declaration);
  const { model } = crossValidate({ declaration, train: sliceRows(table, 0, 1200), estimator: 'linear' });
  const held = { model, rows: sliceRows(table, 1200, 1500), declaration, task: taskOf(declaration), seed: 1 };
  const { rows, shuffles, columns } = await importanceOf(held);
  expect(columns).toHaveLength(300);
  expect(columns.slice(0, 2).map(({ column }) => column)).toEqual(['a', 'b']);
  expect(rows).toBeLessThan(300);
  expect(300 * rows * shuffles).toBeLessThanOrEqual(100_000);
});

test('of an average of very many fits the first stand for all, and few rows are predicted', async () => {
  const release = await trained(1, 500);
  const { dataset: declaration, seed } = release.manifest;
  const [model, rows] = [await readModel(release), await readRowsOf(release, 'test')];
  const [part] = partsOf(model) as [FittedModel];
  const nothing = { ...part, estimator: 'mean', state: { mean: 0 } };
  const averageOf = (...parts: FittedModel[]): Model => ({ intercept: 0, members: [{ weight: 1, parts }] });
  const of = (model: Model) => importanceOf({ model, rows, declaration, task: taskOf(declaration), seed });
  const few = new Array<FittedModel>(333).fill(part);
  const many = await of(averageOf(...few, ...new Array<FittedModel>(4667).fill(nothing)));
  expect(many).toEqual(await of(averageOf(...few)));
  expect(3 * 333 * many.rows * many.shuffles).toBeLessThanOrEqual(100_000);
  expect(many.columns[0]).toMatchObject({ column: 'a' });
});

test('counts rows by their weights', async () => {
  const release = await trained(0, 100, ['decision_tree']);
  const { dataset, seed } = release.manifest;
  const declaration = { ...dataset, weight: 'w', columns: [...dataset.columns, numeric('w')] };
  const [model, held] = [await readModel(release), await readRowsOf(release, 'test')];
  const task = taskOf(declaration);
  const weighted = async (weights: Float64Array) => {
    const rows = { ...held, columns: new Map([...held.columns, ['w', weights]]) };
    return importanceOf({ model, rows, declaration, task, seed });
  };
  expect(await weighted(new Float64Array(held.rows).fill(7))).toEqual({
    ...importanceIn(release),
    columns: importanceIn(release).columns.map(({ column, ...numbers }) => ({
      column,
      ...Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, expect.closeTo(value, 9)])),
    })),
  });
  const first = columnOf(held, 'a').map((_, i) => Number(i < 10));
  expect((await weighted(first)).columns).not.toEqual(importanceIn(release).columns);
});

test('ends where it is to', async () => {
  const release = await trained(0, 100);
  const { dataset: declaration, seed } = release.manifest;
  const [model, rows] = [await readModel(release), await readRowsOf(release, 'test')];
  const controller = new AbortController();
  const told: number[] = [];
  const onColumn = (done: number) => {
    told.push(done);
    controller.abort();
  };
  const subject = { model, rows, declaration, task: taskOf(declaration), seed };
  await expect(importanceOf(subject, { signal: controller.signal, onColumn })).rejects.toThrow(/abort/i);
  expect(told).toEqual([0]);
});
