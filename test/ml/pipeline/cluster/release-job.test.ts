import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, test } from 'vitest';
import { checkData } from '../../../../ml/checks/check-data.ts';
import { ReleaseError } from '../../../../ml/core/errors.ts';
import { ingest } from '../../../../ml/data/ingest.ts';
import { type Table, tableLines } from '../../../../ml/data/table.ts';
import { readJobRows } from '../../../../ml/pipeline/cluster/job-rows.ts';
import { releaseJob } from '../../../../ml/pipeline/cluster/release-job.ts';
import { loadPredictor } from '../../../../ml/pipeline/predict.ts';
import { repeatRelease } from '../../../../ml/pipeline/repeat.ts';
import { readReleaseAt } from '../../../../ml/release/read.ts';
import { declarations, rowsOfCars } from '../../../fixtures/cluster/declarations.ts';
import { temporaryFolder } from '../../../temporary.ts';

const fixtures = fileURLToPath(new URL('../../../fixtures/cluster/', import.meta.url));
const tasks = Object.keys(declarations) as (keyof typeof declarations)[];
/** As generate.ts has it. */
const ROWS = 700;

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

/** A data set of which the fixture's job had the rows. */
async function datasetOf(task: keyof typeof declarations): Promise<string> {
  const declaration = declarations[task];
  const dataset = join(folder, declaration.name);
  await mkdir(dataset);
  await writeFile(join(dataset, 'dataset.json'), JSON.stringify(declaration));
  await writeFile(join(dataset, declaration.file), rowsOfCars(ROWS));
  return dataset;
}

/** What a job wrote, of which a test changes something. */
async function resultsOf(task: keyof typeof declarations): Promise<string> {
  const results = join(folder, 'results');
  await cp(join(fixtures, task), results, { recursive: true });
  return results;
}

describe.each(tasks)('%s', (task) => {
  const declaration = declarations[task];

  test('the job has read each cell as ingestion does', async () => {
    const dataset = await datasetOf(task);
    const { table } = await ingest(join(dataset, declaration.file), declaration);
    const { all, places } = await readJobRows(join(fixtures, task), declaration, outputsOf(task));
    const expected = sortedLines(table);
    expect(expected.length).toBeGreaterThan(600);
    // So few rows are all kept; none of theirs is held from the table but those between groups and times.
    expect(sortedLines(all)).toEqual(expected);
    expect(Object.values(places).every((rows) => rows.length > 20)).toBe(true);
  });

  test('no row and group is both learned from and held out, and the latest are held out', async () => {
    const job = await readJobRows(join(fixtures, task), declaration, outputsOf(task));
    const column = 'time' in declaration ? declaration.time : 'group' in declaration ? declaration.group : undefined;
    const values = (part: keyof typeof job.places) =>
      [...job.places[part]].map((row) => Number(job.all.columns.get(column ?? 'mileage')?.[row]));
    const [learned, held] = [[...values('learn'), ...values('stop'), ...values('calibrate')], values('hold')];
    if ('time' in declaration) expect(Math.max(...learned)).toBeLessThan(Math.min(...held));
    if ('group' in declaration) expect(learned.filter((group) => held.includes(group))).toEqual([]);
    const share = held.length / (held.length + learned.length);
    expect(share).toBeGreaterThan(0.14);
    expect(share).toBeLessThan(0.26);
  });

  test('a release predicts as XGBoost did, explains itself and can be checked against', async () => {
    const dataset = await datasetOf(task);
    const artifacts = join(folder, 'releases');
    const result = await releaseJob(join(fixtures, task), { dataset, artifacts, threshold: 0.01 });
    expect(result.verdict.released).toBe(true);
    const summary = JSON.parse(await readFile(join(fixtures, task, 'results.json'), 'utf8'));
    // All held-out rows are kept of so few; probabilities may have been calibrated here.
    if (task === 'regression')
      for (const [name, value] of Object.entries(summary.holdout as Record<string, number>))
        expect((result.holdout?.[name] as number) / value).toBeCloseTo(1, 6);

    const predictor = await loadPredictor(artifacts);
    const { manifest } = await readReleaseAt(result.path as string);
    expect(manifest.cluster?.rows.read).toBe(ROWS);
    expect(manifest.cluster?.versions.xgboost).toBe(summary.versions.xgboost);
    const record = { fuel: 'diesel', mileage: 50_000, cost: 100, accident: false, sold: '01.06.2022' };
    expect(predictor.predict(record)).toBeDefined();
    // Beyond all training rows on the cluster.
    expect(JSON.stringify(predictor.explain({ ...record, mileage: 299_999 }))).toContain('mileage');

    const check = await checkData({ dataset, against: artifacts });
    expect(check.verdict).not.toBe('fail');
    await expect(repeatRelease({ release: result.path as string })).rejects.toThrow('was trained on a cluster');
  });
});

test('a model that predicts something else than XGBoost did is not released', async () => {
  const results = await resultsOf('regression');
  const model = JSON.parse(await readFile(join(results, 'model.json'), 'utf8'));
  const [tree] = model.learner.gradient_booster.model.trees;
  tree.split_conditions = tree.split_conditions.map((value: number) => value * 1.001);
  await writeFile(join(results, 'model.json'), JSON.stringify(model));
  await refused(results, 'nothing was released');
});

test('what is no result of a job, or a broken one, is refused by name', async () => {
  await refused(folder, 'results.json is no result of a training on a cluster');
  const results = await resultsOf('binary');
  const rows = await readFile(join(results, 'rows.csv'), 'utf8');
  await writeFile(join(results, 'rows.csv'), rows.replace(/\nlearn,\d/, '\nlearn,9'));
  await refused(results, 'has no level of the place 9');
  await writeFile(join(results, 'rows.csv'), rows.replace(/\nhold,.*\n/, '\nhold\n'));
  await refused(results, 'rows.csv holds no rows of a training on a cluster');
  await writeFile(join(results, 'rows.csv'), rows);
  await writeFile(join(results, 'model.json'), '{"learner": {}}');
  await refused(results, 'model.json is no model of a training on a cluster');
});

test('rows that version 0.10 wrote are read, whose own columns had plain names', async () => {
  const results = await resultsOf('multiclass');
  const declaration = declarations.multiclass;
  const expected = await readJobRows(results, declaration, 3);
  const [header = '', ...lines] = (await readFile(join(results, 'rows.csv'), 'utf8')).split('\n');
  expect(header).toMatch(/^__part,.*,__p_0,__p_1,__p_2$/);
  await writeFile(join(results, 'rows.csv'), [header.replaceAll('__p', 'p'), ...lines].join('\n'));
  expect(await readJobRows(results, declaration, 3)).toEqual(expected);
});

test('a model that the gate holds back leaves no release', async () => {
  const artifacts = join(folder, 'releases');
  const dataset = await datasetOf('regression');
  const result = await releaseJob(join(fixtures, 'regression'), { dataset, artifacts, threshold: 0.999 });
  expect(result.verdict.released).toBe(false);
  expect(result.path).toBeNull();
  expect(await readdir(artifacts).catch(() => [])).toEqual([]);
});

async function refused(results: string, message: string): Promise<void> {
  const artifacts = join(folder, 'releases');
  const released = releaseJob(results, { dataset: folder, artifacts });
  await expect(released).rejects.toThrow(message);
  await expect(released).rejects.toBeInstanceOf(ReleaseError);
  expect(await readdir(artifacts).catch(() => [])).toEqual([]);
}

const outputsOf = (task: string) => ({ binary: 2, multiclass: 3 })[task] ?? 1;

const sortedLines = (table: Table) => [...tableLines(declarationOf(table), table)].slice(1).map(String).sort();

function declarationOf({ columns }: Pick<Table, 'columns'>) {
  return Object.values(declarations).find(({ target }) => columns.has(target)) as (typeof declarations)['binary'];
}
