import { readFileSync, writeFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importModel } from '../../../../ml/pipeline/import/import-model.ts';
import { loadPredictor, ofNumbers } from '../../../../ml/pipeline/predict.ts';
import { temporaryFolder } from '../../../temporary.ts';

const fixtures = join(import.meta.dirname, '../../../fixtures/imported');
const json = (path: string) => JSON.parse(readFileSync(join(fixtures, path), 'utf8'));

const { rows, columns }: { columns: string[]; rows: (string | number | null)[][] } = json('asked.json');
/** All that are asked about, those that no model has seen too. */
const levelsOf = (name: string) =>
  [...new Set(rows.map((row) => String(row[columns.indexOf(name)]).trim()))].filter((text) => text !== '').sort();

/** Texts that a CSV cannot tell from others: of a missing one, and with spaces around. */
const isTold = (row: readonly unknown[]) => row.every((cell) => cell !== '' && String(cell).trim() === String(cell));

const category = (name: string) => ({ kind: 'categorical', name, title: name, levels: levelsOf(name) });

/** A declaration of the columns that the models learned from. */
function writeDataset(zone: 'categorical' | 'numeric' = 'categorical'): string {
  const folder = temporaryFolder();
  const dataset = {
    name: 'asked',
    title: 'Asked',
    file: 'asked.csv',
    target: 'price',
    columns: [
      ...['area', 'rooms', 'slope'].map((name) => ({ kind: 'numeric', name, title: name })),
      ...['colour', 'city'].map(category),
      zone === 'numeric' ? { kind: 'numeric', name: 'zone', title: 'zone' } : category('zone'),
      { kind: 'numeric', name: 'price', title: 'price' },
    ],
  };
  writeFileSync(join(folder, 'dataset.json'), JSON.stringify(dataset));
  return folder;
}

describe('a release of a model that another program trained', () => {
  test.each([
    ['lightgbm', 'regression.txt', 'LightGBM, imported'],
    ['catboost', 'combinations.json', 'CatBoost, imported'],
    ['onnx', 'columns-ridge.onnx', 'ONNX-ML, imported'],
    ['onnx', 'columns-forest.onnx', 'ONNX-ML, imported'],
  ])('predicts the rows of proof as that did: %s/%s', async (program, file, title) => {
    const dataset = writeDataset();
    const answers: (number | null | [number | null])[] = json(`${program}/answers.json`).answers[parse(file).name];
    const predicted = rows.map((row, k) => [...row, [answers[k]].flat()[0] ?? null]);
    const proved = predicted.filter((row) => isTold(row) && row.at(-1) !== null);
    const proof = join(dataset, 'proof.csv');
    const cells = (row: readonly unknown[]) => row.map((cell) => (cell === null ? '' : `"${cell}"`)).join();
    writeFileSync(proof, [[...columns, 'prediction'], ...proved].map((row) => `${cells(row)}\n`).join(''));
    const artifacts = temporaryFolder();
    const result = await importModel({ file: join(fixtures, program, file), dataset, proof, artifacts });
    expect(result.proof?.rows).toBe(proved.length);
    expect(proved.length).toBeGreaterThan(70);
    expect(result.proof?.difference).toBeLessThan(1e-6);
    const predictor = ofNumbers(await loadPredictor(artifacts));
    expect(predictor.modelTitle).toBe(title);
  });

  test('is refused where a column of numbers is a category to it', async () => {
    const dataset = writeDataset('numeric');
    const work = importModel({ file: join(fixtures, 'catboost/combinations.json'), dataset, proof: null });
    await expect(work).rejects.toThrow(/zone is declared as a number; declare it as a category/);
  });
});
