import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { houses } from '../houses.ts';
import { start } from '../processes.ts';
import { temporaryFolder } from '../temporary.ts';
import { weightedHouses, writeRepeatedHouses, writeWeightedHouses } from '../weighted-houses.ts';

const run = (...args: string[]) => start(['cli/plumbline.ts', ...args]).exit;
const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

async function trained(write: (folder: string) => string, models: string) {
  const folder = write(temporaryFolder());
  const at = (name: string) => join(folder, name);
  const options = ['--dataset', folder, '--artifacts', at('artifacts'), '--holdout-rows', at('holdout.json')];
  const outcome = await run('train', '--no-tune', ...options, '--models', models, '--json', at('training.json'));
  const predict = (...args: string[]) => run('predict', '--artifacts', at('artifacts'), ...args);
  return { at, predict, ...outcome, training: json(at('training.json')) };
}

test('a column of weights counts in fits, preprocessing and scores as its rows so many times would', async () => {
  const weighted = await trained(writeWeightedHouses, 'linear');
  const repeated = await trained(writeRepeatedHouses, 'linear');
  expect(weighted.code).toBe(0);
  expect(weighted.stderr).toContain('22 rows left out: their copies is 0');
  expect(weighted.stdout).toContain('Each row counts by its copies, in these scores too.');
  expect(repeated.stdout).not.toContain('counts by');
  expect([weighted.training.weight, repeated.training.weight]).toEqual(['copies', null]);
  const { r2, rmse, mae } = repeated.training.holdout;
  expect(weighted.training.holdout).toEqual({
    r2: expect.closeTo(r2, 9),
    rmse: expect.closeTo(rmse, 9),
    mae: expect.closeTo(mae, 9),
  });
  expect(r2).toBeLessThan(0.9999);

  const predicted = async ({ at, predict }: typeof weighted): Promise<number> => {
    const record = '{"area": null, "rooms": 4, "heating": "heat pump"}';
    await predict('--record', record, '--json', at('prediction.json'));
    return json(at('prediction.json')).prediction;
  };
  expect(await predicted(weighted)).toBeCloseTo(await predicted(repeated), 9);
});

test('the weight is no flag and no field; a CSV to predict may have it or not', async () => {
  const { at, predict } = await trained(writeWeightedHouses, 'linear');
  expect(await predict('--area', '100', '--rooms', '3', '--heating', 'gas', '--copies', '2')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('copies'),
  });
  expect((await predict('--help')).stdout).not.toContain('--copies');
  writeFileSync(at('with.csv'), 'area,copies,rooms,heating\n100,-7 ?,3,gas\n');
  writeFileSync(at('without.csv'), 'area,rooms,heating\n100,3,gas\n');
  for (const name of ['with', 'without'])
    expect((await predict('--csv', at(`${name}.csv`), '--out', at(`${name}.out.csv`))).code).toBe(0);
  const cells = (name: string) =>
    readFileSync(at(`${name}.out.csv`), 'utf8')
      .split('\n')[1]
      ?.split(',') as string[];
  expect(cells('with').slice(0, 4)).toEqual(['100', '-7 ?', '3', 'gas']);
  expect(cells('with').at(-1)).toBe(cells('without').at(-1));
});

test('a model that takes no weights fails with that reason, and the others go on', async () => {
  const { code, training } = await trained(writeWeightedHouses, 'linear,ml_regression');
  expect(code).toBe(0);
  expect(training.leaderboard.at(-1)).toMatchObject({
    model: 'ml_regression',
    status: 'failed',
    reason: 'it takes no weights of rows: train other models, or declare no weight',
  });
});

test('a weight that is refused is told with its line, and nothing is written', async () => {
  const folder = writeWeightedHouses(temporaryFolder());
  const at = (name: string) => join(folder, name);
  writeFileSync(
    at(houses.file),
    'area,rooms,heating,price,copies\n100,3,gas,200,1\n110,3,gas,210,-2\n120,3,gas,220,\n',
  );
  const { code, stderr } = await run('train', '--no-tune', '--dataset', folder, '--artifacts', at('artifacts'));
  expect(code).toBe(1);
  expect(stderr).toContain('line 3, copies: "-2" is not a whole number of at least 0');
  expect(stderr).toContain('line 4, copies: "" is no weight; each row needs one');
  writeFileSync(at('dataset.json'), JSON.stringify({ ...weightedHouses, weight: 'heating' }));
  expect(await run('train', '--no-tune', '--dataset', folder, '--artifacts', at('artifacts'))).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('weight: must name a numeric column'),
  });
});
