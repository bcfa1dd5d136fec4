// Rows that no training can learn from, and what the job has to say of each.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type Environment, root, run } from '../process.ts';
import type { Report } from '../report.ts';
import { csvOf, declaration } from './generated-cars.ts';

const script = fileURLToPath(new URL('refusals.py', import.meta.url));

interface Case {
  readonly title: string;
  /** Files of the input by their names: a folder, but where it is of one without a name. Nothing is there where it has none. */
  readonly files?: Readonly<Record<string, string | Buffer>>;
  /** @default where the files are */
  readonly input?: string;
  /** What is to be told. */
  readonly told: RegExp;
}

const header = declaration.columns.map(({ name }) => name).join(',');

function casesOf(csv: string): readonly Case[] {
  const lines = csv.trim().split('\n');
  const withPrices = (...prices: readonly string[]) =>
    lines.map((line, i) => (i === 0 ? line : line.replace(/[^,]*$/, prices[i % prices.length] as string))).join('\n');
  return [
    { title: 'a path that is not there', told: /there is nothing at .*--input names/ },
    { title: 'an empty file', files: { '': '' }, told: /is empty: it has neither a header nor rows/ },
    { title: 'an empty folder', files: {}, told: /there are no rows in/ },
    { title: 'a header alone', files: { '': `${header}\n` }, told: /there are no rows: a header alone/ },
    {
      title: 'another column',
      files: { '': csv.replace('power', 'strength') },
      told: /has no column for: power\n.*fuel, mileage, strength.*\nsay in dataset\.json/,
    },
    { title: 'a target of one value', files: { '': withPrices('5') }, told: /^price: it is the same in every row/ },
    { title: 'a target that is empty', files: { '': withPrices('') }, told: /price is empty in every row/ },
    {
      title: 'a target beyond float32',
      files: { '': withPrices('5', '1e39') },
      told: /^price: XGBoost computes in float32/,
    },
    {
      title: 'too few rows',
      files: { '': lines.slice(0, 20).join('\n') },
      told: /^the rows are too few for a cluster; train here/,
    },
    {
      title: 'files with different headers',
      files: { 'a.csv': csv, 'b.csv': csv.replace('fuel,mileage', 'mileage,fuel') },
      told: /differ in their headers/,
    },
    {
      title: 'Parquet that is broken off',
      files: { a: `PAR1${'rows'.repeat(100)}` },
      told: /is not Parquet alone, or its files are broken/,
    },
    {
      title: 'a packed file that is broken off',
      files: { 'a.csv.gz': gzipSync(csv).subarray(0, 4000) },
      told: /broken off or damaged/,
    },
    {
      title: 'an address that Spark has no module for',
      input: 'gs://cars/rows',
      told: /Spark has no module for such addresses/,
    },
  ];
}

/** Checks that each is refused, and what is told of it. */
export async function checkRefusals(report: Report, folder: string, env: Environment): Promise<void> {
  await mkdir(folder);
  const dataset = join(folder, 'dataset.json');
  await writeFile(dataset, JSON.stringify(declaration));
  const cases = casesOf([...csvOf(1000)].join(''));
  const given = await Promise.all(
    cases.map(async ({ title, files, ...of }, i) => {
      const input = of.input ?? join(folder, String(i));
      if (files) await writeFiles(input, files);
      return { title, declaration: dataset, input };
    }),
  );
  const list = join(folder, 'cases.json');
  await writeFile(list, JSON.stringify(given));
  const { stdout, output } = await run('python', [script, list], {
    env: { ...env, PYTHONPATH: join(root, 'infra', 'spark') },
  });
  const [, json] = /^said (.*)$/m.exec(stdout) ?? [];
  if (json === undefined) return report.check('all cases were tried', false, output);
  const said = JSON.parse(json) as Record<string, string>;
  for (const { title, told } of cases) report.check(`${title} is refused`, told.test(said[title] ?? ''), said[title]);
}

async function writeFiles(path: string, files: NonNullable<Case['files']>): Promise<void> {
  const alone = files[''];
  if (alone !== undefined) return writeFile(path, alone);
  await mkdir(path);
  for (const [name, content] of Object.entries(files)) await writeFile(join(path, name), content);
}
