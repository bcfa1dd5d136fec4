// Small data sets of the tests' own whose target is a class.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../ml/core/random.ts';
import type { Declaration } from '../ml/index.ts';

/** Loans of which about a quarter fail, more often where debt is large beside income. */
export const loans: Declaration = {
  name: 'loans',
  title: 'Loans that fail',
  file: 'loans.csv',
  target: 'failed',
  columns: [
    { name: 'income', title: 'Income', kind: 'numeric', min: 0, unit: 'k€' },
    { name: 'debt', title: 'Debt', kind: 'numeric', min: 0, unit: 'k€' },
    { name: 'purpose', title: 'Purpose', kind: 'categorical', levels: ['car', 'home', 'boat'] },
    { name: 'failed', title: 'Failed', kind: 'categorical', levels: ['no', 'yes'] },
  ],
};

/** Writes the data set into a folder, as `--dataset` takes it. */
export function writeLoans(folder: string, rows = 400): string {
  const random = createRandom(5);
  const lines = Array.from({ length: rows }, (_, i) => {
    const [income, debt] = [20 + 60 * random.uniform(), 40 * random.uniform()];
    const purpose = ['car', 'home', 'boat'][i % 3] as string;
    const logOdds = 0.14 * debt - 0.09 * income + (purpose === 'boat' ? 1.5 : 0);
    const failed = random.uniform() < 1 / (1 + Math.exp(-logOdds)) ? 'yes' : 'no';
    return [income.toFixed(2), i % 20 === 3 ? '' : debt.toFixed(2), purpose, failed].join(',');
  });
  return write(folder, loans, lines);
}

/** So many kinds of flowers, each around a width and a height of its own. */
export function flowersOf(levels: readonly string[]): Declaration {
  return {
    name: 'flowers',
    title: 'Which flower it is',
    file: 'flowers.csv',
    target: 'kind',
    columns: [
      { name: 'width', title: 'Width', kind: 'numeric', unit: 'mm' },
      { name: 'height', title: 'Height', kind: 'numeric', unit: 'mm' },
      { name: 'kind', title: 'Kind of flower', kind: 'categorical', levels: [...levels] },
    ],
  };
}

export function writeFlowers(folder: string, levels: readonly string[] = ['rose', 'iris', 'lily'], rows = 300): string {
  const random = createRandom(6);
  const lines = Array.from({ length: rows }, (_, i) => {
    const kind = i % levels.length;
    const angle = (2 * Math.PI * kind) / levels.length;
    const near = (middle: number) => (middle + 3 * (random.uniform() - 0.5)).toFixed(3);
    return [near(10 + 4 * Math.cos(angle)), near(10 + 4 * Math.sin(angle)), quoted(levels[kind] as string)].join(',');
  });
  return write(folder, flowersOf(levels), lines);
}

const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function write(folder: string, declaration: Declaration, lines: readonly string[]): string {
  const header = declaration.columns.map(({ name }) => name).join(',');
  writeFileSync(join(folder, 'dataset.json'), JSON.stringify(declaration));
  writeFileSync(join(folder, declaration.file), [header, ...lines, ''].join('\n'));
  return folder;
}
