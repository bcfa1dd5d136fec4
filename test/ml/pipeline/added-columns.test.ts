import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { predictCsv } from '../../../ml/pipeline/predict-csv.ts';
import { temporaryFile } from '../../temporary.ts';
import { housePredictor } from '../house-predictor.ts';

const predictor = housePredictor();

/** Predicts a CSV; the rows come as objects. */
async function predicted(text: string, options: Parameters<typeof predictCsv>[3]) {
  const from = temporaryFile(text);
  const result = await predictCsv(predictor(), from, `${from}.out`, options);
  const [header = [], ...rows] = readFileSync(`${from}.out`, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  return { result, header, rows };
}

const cellOf = (header: readonly string[], row: readonly string[], name: string) => row[header.indexOf(name)];

test('every row of more than a batch has its own explanation, beside those that cannot be predicted', async () => {
  const lines = Array.from({ length: 9000 }, (_, i) =>
    i % 1000 === 7 ? '5,1,gas' : `${20 + (i % 200)},${1 + (i % 9)},gas`,
  );
  const { header, rows } = await predicted(`area,rooms,heating\n${lines.join('\n')}\n`, { explain: true });
  expect(rows).toHaveLength(9000);
  for (const [i, row] of rows.entries()) {
    const number = (name: string) => Number(cellOf(header, row, name));
    if (i % 1000 === 7) {
      expect(row.slice(3, 8)).toEqual(['', '', '', '', '']);
      continue;
    }
    const parts = ['area', 'rooms', 'heating'].map((name) => number(`contribution_${name}`));
    expect(parts.reduce((sum, part) => sum + part, number('base'))).toBeCloseTo(number('prediction'), 6);
    // The price is 2 · area + 5 · rooms, so that a contribution tells its row.
    const [base = []] = rows;
    expect((parts[0] as number) - Number(cellOf(header, base, 'contribution_area'))).toBeCloseTo(2 * (i % 200), 6);
  }
});

test('columns that the file has already leave theirs as they are, and those that are added get a number', async () => {
  const text = 'area,rooms,heating,Prediction Low,base,contribution_area\n50,2,gas,x,y,z\n';
  const { result, header, rows } = await predicted(text, { interval: true, explain: true });
  expect(result.added).toEqual({
    prediction_low: 'prediction_low_2',
    prediction_high: 'prediction_high',
    base: 'base_2',
    contribution_area: 'contribution_area_2',
    contribution_rooms: 'contribution_rooms',
    contribution_heating: 'contribution_heating',
    outside: 'outside',
  });
  expect(header.slice(3)).toEqual([
    'Prediction Low',
    'base',
    'contribution_area',
    'prediction',
    ...Object.values(result.added),
  ]);
  expect(rows[0]?.slice(3, 6)).toEqual(['x', 'y', 'z']);
});

test('nothing more is added than what is asked for', async () => {
  const text = 'area,rooms,heating\n50,2,gas\n';
  expect((await predicted(text, {})).header.slice(3)).toEqual(['prediction']);
  expect((await predicted(text, { interval: true })).header.slice(3)).toEqual([
    'prediction',
    'prediction_low',
    'prediction_high',
  ]);
});
