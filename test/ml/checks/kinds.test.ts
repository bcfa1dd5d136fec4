// What each kind of column is checked for, in a file that is written as files are in much of Europe.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { checkData } from '../../../ml/checks/check-data.ts';
import type { Declaration } from '../../../ml/data/declaration.ts';
import { train } from '../../../ml/pipeline/train.ts';
import { type Release, readRelease } from '../../../ml/release/read.ts';
import { makeFolder } from '../../temporary.ts';
import { findingsOf } from './checked-houses.ts';

const loans: Declaration = {
  name: 'loans',
  title: 'Loans',
  file: 'loans.csv',
  delimiter: ';',
  decimal: ',',
  missing: ['?'],
  target: 'paid',
  columns: [
    { name: 'number', title: 'Number', kind: 'identifier' },
    { name: 'amount', title: 'Amount', kind: 'numeric', min: 0, max: 1000 },
    { name: 'purpose', title: 'Purpose', kind: 'categorical', levels: ['car', 'house', 'other'], other: 'other' },
    { name: 'employed', title: 'Employed', kind: 'yes_no', yes: 'J', no: 'N' },
    { name: 'asked', title: 'Asked', kind: 'date', format: 'DD.MM.YYYY', min: '01.01.2020' },
    { name: 'note', title: 'Note', kind: 'text' },
    { name: 'paid', title: 'Paid', kind: 'numeric' },
  ],
};

type Loan = readonly [amount: string, purpose: string, employed: string, asked: string];

function linesOf(change: (loan: Loan, i: number) => Loan = (loan) => loan): string {
  const lines = Array.from({ length: 300 }, (_, i) => {
    const amount = (i * 37) % 500;
    const loan = change(
      [
        `${amount},5`,
        ['car', 'house', 'boat'][(i * 7) % 3] as string,
        i % 4 === 0 ? 'N' : 'J',
        `${String(1 + (i % 28)).padStart(2, '0')}.${String(1 + (i % 12)).padStart(2, '0')}.2024`,
      ],
      i,
    );
    return [`L${i}`, ...loan, i % 2 ? 'asked twice' : '', `${2 * amount},25`].join(';');
  });
  return ['number;amount;purpose;employed;asked;note;paid', ...lines, ''].join('\n');
}

const folder = makeFolder();
let release: Release;

beforeAll(async () => {
  writeFileSync(join(folder, 'dataset.json'), JSON.stringify(loans));
  writeFileSync(join(folder, loans.file), linesOf());
  const artifacts = join(folder, 'artifacts');
  await train({ dataset: folder, artifacts, models: ['linear'] });
  release = await readRelease(artifacts);
});

async function check(change?: (loan: Loan, i: number) => Loan) {
  const data = join(folder, 'new.csv');
  writeFileSync(data, linesOf(change));
  return checkData({ dataset: folder, data, against: release });
}

it('reads a file as it is declared, and the release as it is written', async () => {
  const result = await check();
  expect(findingsOf(result)).toEqual([]);
  expect(result.columns.map(({ name, drift }) => [name, drift?.psi ?? null])).toEqual([
    ['number', null],
    ['amount', 0],
    ['purpose', 0],
    ['employed', 0],
    ['asked', 0],
    ['note', null],
    ['paid', 0],
  ]);
});

it('tells what does not fit by kind', async () => {
  const wrong: Readonly<Record<number, Loan>> = {
    0: ['1.5', 'car', 'J', '01.02.2024'],
    1: ['2000,5', 'car', 'vielleicht', '01.02.2024'],
    2: ['1,5', 'car', 'J', 'Februar 2024'],
    3: ['1,5', 'car', 'J', '01.02.1999'],
    4: ['?', '?', '?', '?'],
  };
  expect(findingsOf(await check((loan, i) => wrong[i] ?? loan))).toEqual([
    expect.stringMatching(/^schema amount: line 2: "1\.5" /),
    expect.stringMatching(/^schema asked: line 4: "Februar 2024" /),
    expect.stringMatching(/^ranges amount: line 3: "2000,5" /),
    expect.stringMatching(/^ranges asked: line 5: "01\.02\.1999" /),
    expect.stringMatching(/^levels employed: line 3: "vielleicht" /),
  ]);
});

it('finds drift in each kind, and tells it as the file writes it', async () => {
  const result = await check(([amount, , , asked], i) => [
    `${Number.parseFloat(amount) / 4}`.replace('.', ','),
    i % 5 === 0 ? 'car' : 'ship',
    i % 4 === 0 ? 'J' : 'N',
    asked.replace('2024', '2025'),
  ]);
  expect(findingsOf(result)).toEqual([
    expect.stringMatching(/^drift amount: /),
    // What is not listed is read as other in both.
    expect.stringMatching(/^drift purpose: .*"other" 80 %, was 33 %$/),
    expect.stringMatching(/^drift employed: .*"(J|N)" \d+ %, was \d+ %$/),
    expect.stringMatching(/^drift asked: .*median \d\d\.\d\d\.2025 .*, was \d\d\.\d\d\.2024/),
  ]);
});
