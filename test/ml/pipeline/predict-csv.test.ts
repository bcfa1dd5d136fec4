import { linkSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openCsv } from '../../../ml/data/sources/csv.ts';
import { loadPredictor, ofNumbers } from '../../../ml/pipeline/predict.ts';
import { predictCsv } from '../../../ml/pipeline/predict-csv.ts';
import { train } from '../../../ml/pipeline/train.ts';
import { houses, writeHouses } from '../../houses.ts';
import { start } from '../../processes.ts';
import { temporaryFile, temporaryFolder } from '../../temporary.ts';
import { housePredictor } from '../house-predictor.ts';

const predictor = housePredictor();

test('every row keeps its cells and gains its prediction; the target need not be there', async () => {
  const from = temporaryFile('Heating,owner,area,rooms\ngas,"Ann, Bob",100,3\n,"say ""hi""",50,2\n');
  const to = join(dirname(from), 'out.csv');
  expect(await predictCsv(predictor(), from, to)).toEqual({
    rows: 2,
    predicted: 2,
    column: 'prediction',
    added: {},
    problemColumn: null,
    issues: [],
    rounded: [],
  });
  const [header, first, second] = readFileSync(to, 'utf8').trim().split('\n');
  expect(header).toBe('Heating,owner,area,rooms,prediction');
  expect(first).toMatch(/^gas,"Ann, Bob",100,3,21[45]\.?\d*$/);
  expect(Number(first?.split(',').at(-1))).toBeCloseTo(215, 9);
  expect(second).toMatch(/^,"say ""hi""",50,2,1[34]\d/);
});

test('more rows than a batch holds stay in order', async () => {
  const from = temporaryFile(
    `area,rooms,heating\n${Array.from({ length: 10_000 }, (_, i) => `${10 + (i % 490)},1,gas`).join('\n')}`,
  );
  const to = join(dirname(from), 'out.csv');
  expect((await predictCsv(predictor(), from, to)).rows).toBe(10_000);
  const rows = readFileSync(to, 'utf8').trim().split('\n').slice(1);
  expect(rows).toHaveLength(10_000);
  for (const row of rows) {
    const [area, , , prediction] = row.split(',').map(Number);
    expect(prediction).toBeCloseTo(2 * (area as number) + 5, 6);
  }
});

test('strict, anything wrong, wherever it stands, leaves the other file as it was', async () => {
  const from = temporaryFile(`area,rooms,heating\n${'50,2,gas\n'.repeat(9000)}5,2,gas\n50,2\n50,2,oil\n`);
  const to = join(dirname(from), 'out.csv');
  writeFileSync(to, 'precious');
  const error = await predictCsv(predictor(), from, to, { strict: true }).catch((error) => error);
  expect(error.issues).toEqual([
    { path: 'line 9002, area', message: '"5" is not a number from 10 to 500' },
    { path: 'line 9003', message: '2 cells where the header has 3' },
    { path: 'line 9004, heating', message: '"oil" is not one of: gas, heat pump, none' },
  ]);
  expect(readFileSync(to, 'utf8')).toBe('precious');
  expect(readdirSync(dirname(from)).sort()).toEqual(['data.csv', 'out.csv']);
});

describe('a row that cannot be predicted', () => {
  const predict = async (text: string) => {
    const from = temporaryFile(text);
    const result = await predictCsv(predictor(), from, `${from}.out`);
    return { result, lines: readFileSync(`${from}.out`, 'utf8').trimEnd().split('\n') };
  };

  test('is marked with the reason, and the others are predicted', async () => {
    const { result, lines } = await predict(
      'area,note,rooms,heating\n50,a,2,gas\n5,b,2.5,gas\n50,c\n60,d,2,none,x,y\n70,e,2,gas\n',
    );
    expect(lines[0]).toBe('area,note,rooms,heating,prediction,problem');
    expect(lines[1]).toMatch(/^50,a,2,gas,1\d\d[.\d]*,$/);
    expect(lines[2]).toBe(
      '5,b,2.5,gas,,"area: ""5"" is not a number from 10 to 500; rooms: ""2.5"" is not a whole number from 1 to 20"',
    );
    expect(lines[3]).toBe('50,c,,,,2 cells where the header has 4');
    expect(lines[4]).toBe('60,d,2,none,,6 cells where the header has 4; those past the header are not copied');
    expect(lines[5]).toMatch(/^70,e,2,gas,1\d\d[.\d]*,$/);
    expect(result).toMatchObject({ rows: 5, predicted: 2, column: 'prediction', problemColumn: 'problem' });
    expect(result.issues.map(({ path }) => path)).toEqual(['line 3, area', 'line 3, rooms', 'line 4', 'line 5']);
  });

  test('far into a large file, rows before it gain the column too, whatever is in their cells', async () => {
    const good = '"a ""b"",\r\n\rc",50,2,gas\n';
    const from = temporaryFile(`note,area,rooms,heating\n${good.repeat(9000)}x,50,2,oil\n${good}`);
    await predictCsv(predictor(), from, `${from}.out`);
    const { header, rows } = await openCsv(`${from}.out`);
    const read = await Array.fromAsync(rows);
    expect(header).toEqual(['note', 'area', 'rooms', 'heating', 'prediction', 'problem']);
    expect(read).toHaveLength(9002);
    expect(read.every(({ problem }) => problem === undefined)).toBe(true);
    expect(read[0]?.cells[0]).toBe('a "b",\r\n\rc');
    expect(read.filter(({ cells }) => cells[4] === '').map(({ cells }) => cells[5])).toEqual([
      'heating: "oil" is not one of: gas, heat pump, none',
    ]);
  });

  test('beside a column problem, the one that is added is called problem_2', async () => {
    const { lines } = await predict('area,rooms,heating,Problem\n50,2,gas,x\n50,2,oil,y\n');
    expect(lines[0]).toBe('area,rooms,heating,Problem,prediction,problem_2');
  });

  test('where no row can be predicted, nothing is written', async () => {
    await expect(predict('area,rooms,heating\n5,2,gas\n50,2,oil\n')).rejects.toThrow(/2 problems; nothing was written/);
  });

  test('a file that cannot be read to its end is refused', async () => {
    await expect(predict('area,rooms,heating\n50,2,gas\n50,2,"gas\n')).rejects.toMatchObject({
      issues: [{ path: 'line 3', message: expect.stringContaining('never closed') }],
    });
  });
});

test('a prediction that is not finite is a problem of its row', async () => {
  const folder = temporaryFolder();
  const column = (name: string) => ({ name, title: name, kind: 'numeric' });
  const declaration = { name: 'big', title: 'Big', file: 'b.csv', target: 'y', columns: [column('x'), column('y')] };
  writeFileSync(join(folder, 'dataset.json'), JSON.stringify(declaration));
  writeFileSync(join(folder, 'b.csv'), ['x,y', ...Array.from({ length: 60 }, (_, i) => `${i},${1000 * i}`)].join('\n'));
  const artifacts = join(folder, 'artifacts');
  await train({ dataset: folder, models: ['linear'], artifacts });
  const from = temporaryFile('x\n1\n1e308\n2\n');
  const result = await predictCsv(ofNumbers(await loadPredictor(artifacts)), from, `${from}.out`);
  expect(result).toMatchObject({ rows: 3, predicted: 2, problemColumn: 'problem' });
  const [, first, second] = readFileSync(`${from}.out`, 'utf8').split('\n');
  expect(first).toMatch(/^1,\d+(\.\d+)?,$/);
  expect(second).toMatch(/^1e308,,"x: .*finite prediction/);
});

test('a file is not written onto itself, by whatever name', async () => {
  const from = temporaryFile('area,rooms,heating\n50,2,gas\n');
  symlinkSync(from, `${from}.soft`);
  linkSync(from, `${from}.hard`);
  for (const to of [from, `${from}.soft`, `${from}.hard`])
    await expect(predictCsv(predictor(), from, to)).rejects.toThrow(/another file/);
});

test.each([
  ['prediction', 'prediction_2'],
  ['Prediction', 'prediction_2'],
  ['prediction,PREDICTION 2', 'prediction_3'],
  ['predictions', 'prediction'],
])('beside columns %s, the one that is added is called %s', async (names, column) => {
  const cells = names.replaceAll(/[^,]+/g, '7');
  const from = temporaryFile(`area,rooms,heating,${names}\n50,2,gas,${cells}\n`);
  expect(await predictCsv(predictor(), from, `${from}.out`)).toMatchObject({ rows: 1, column });
  const [header, row] = readFileSync(`${from}.out`, 'utf8').split('\n');
  expect(header).toBe(`area,rooms,heating,${names},${column}`);
  expect(row).toMatch(new RegExp(`^50,2,gas,${cells},1[01]\\d`));
});

test('one feature: a prediction stands beside each row, blank ones too', async () => {
  const folder = temporaryFolder();
  const [area, , , price] = houses.columns;
  writeFileSync(join(folder, 'dataset.json'), JSON.stringify({ ...houses, columns: [area, price] }));
  const known = Array.from({ length: 60 }, (_, i) => `${20 + i},${40 + 2 * i}`);
  writeFileSync(join(folder, houses.file), ['area,price', ...known].join('\n'));
  const artifacts = join(folder, 'artifacts');
  await train({ dataset: folder, models: ['linear'], artifacts });
  const from = temporaryFile('Area\r\n100\r\n\r\n50\r\n');
  const to = `${from}.out`;
  expect((await predictCsv(ofNumbers(await loadPredictor(artifacts)), from, to)).rows).toBe(3);
  const rows = readFileSync(to, 'utf8').trim().split('\n').slice(1);
  expect(rows.map((row) => row.split(',')[0])).toEqual(['100', '', '50']);
  const values = rows.map((row) => Number(row.split(',')[1]));
  expect(values[0]).toBeCloseTo(200, 6);
  expect(values[2]).toBeCloseTo(100, 6);
});

test('a header alone has no predictions, and an empty file is an error', async () => {
  const from = temporaryFile('area,rooms,heating\n');
  expect((await predictCsv(predictor(), from, `${from}.out`)).rows).toBe(0);
  expect(readFileSync(`${from}.out`, 'utf8')).toBe('area,rooms,heating,prediction\n');
  const empty = temporaryFile('');
  await expect(predictCsv(predictor(), empty, `${empty}.out`)).rejects.toThrow(/is empty/);
});

test('killed at any write, the other file is as it was or whole', async () => {
  const folder = writeHouses(temporaryFolder());
  const artifacts = join(folder, 'artifacts');
  await train({ dataset: folder, models: ['linear'], artifacts });
  const to = join(folder, 'out.csv');
  const args = [
    'cli/plumbline.ts',
    'predict',
    '--artifacts',
    artifacts,
    '--csv',
    join(folder, 'houses.csv'),
    '--out',
    to,
  ];
  await start(args).exit;
  const whole = readFileSync(to, 'utf8');
  let kills = 0;
  for (let isKilled = true; isKilled; kills++) {
    writeFileSync(to, 'precious');
    const environment = { KILL_AT_WRITE: String(kills + 1) };
    const { signal } = await start(['--import', './test/ml/kill-at-write.ts', ...args], environment).exit;
    isKilled = signal === 'SIGKILL';
    expect(['precious', whole]).toContain(readFileSync(to, 'utf8'));
  }
  expect(readFileSync(to, 'utf8')).toBe(whole);
  expect(kills).toBeGreaterThan(3);
});

describe('where the data set has semicolons below a title', () => {
  const declared = () => {
    const { manifest, ...other } = predictor();
    const dataset = { ...manifest.dataset, encoding: 'windows-1252' as const, delimiter: ';', header_row: 2 };
    return { ...other, manifest: { ...manifest, dataset } };
  };

  test('a file that is written so is copied with semicolons, in UTF-8', async () => {
    const from = temporaryFile(
      Buffer.from('Häuser\nOrt;area;rooms;heating\nKöln, Süd;100;3;gas\nUlm;1;3;gas\n', 'latin1'),
    );
    const to = join(dirname(from), 'out.csv');
    expect(await predictCsv(declared(), from, to)).toMatchObject({ rows: 2, predicted: 1 });
    const [header, first, second] = readFileSync(to, 'utf8').split('\n');
    expect(header).toBe('Ort;area;rooms;heating;prediction;problem');
    expect(first).toMatch(/^Köln, Süd;100;3;gas;21[45]\.?\d*;$/);
    expect(second).toMatch(/^Ulm;1;3;gas;;"?area: /);
  });

  test('a plain CSV will do', async () => {
    const from = temporaryFile('area,rooms,heating\n100,3,gas\n');
    const to = join(dirname(from), 'out.csv');
    expect(await predictCsv(declared(), from, to)).toMatchObject({ rows: 1, predicted: 1 });
    expect(readFileSync(to, 'utf8')).toMatch(/^area,rooms,heating,prediction\n100,3,gas,21[45]/);
  });

  test('a file that is neither is refused as one that is not written so', async () => {
    const from = temporaryFile('Häuser\narea;rooms\n100;3\n');
    await expect(predictCsv(declared(), from, join(dirname(from), 'out.csv'))).rejects.toMatchObject({
      message: 'the header of data.csv does not fit the declaration',
      issues: [{ path: 'heating', message: 'no such column in the header' }],
    });
  });
});
