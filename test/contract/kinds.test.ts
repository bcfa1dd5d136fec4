// Every kind of column of the registry keeps the same promises.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkDeclaration, type Declaration, featuresOf, storedColumns } from '../../ml/data/declaration.ts';
import { exampleRecord } from '../../ml/data/example-record.ts';
import { ingest } from '../../ml/data/ingest.ts';
import type { Control } from '../../ml/data/kinds/control.ts';
import {
  type Column,
  type FeatureColumn,
  featureKindOf,
  isReadable,
  type KindName,
  kindNames,
  kindOf,
} from '../../ml/data/kinds/index.ts';
import { recordChecker, recordEncoder, recordFromTexts } from '../../ml/data/record.ts';
import { RecordIssues } from '../../ml/data/record-issues.ts';
import { columnOf, type Table, tableLines } from '../../ml/data/table.ts';
import { fitEncodings } from '../../ml/features/column-encoding.ts';
import { encodeRows } from '../../ml/features/encoded-rows.ts';
import { temporaryFile } from '../temporary.ts';

interface Sample {
  readonly column: Column;
  /** What its cells may be: one that is known first, and the last one not known. */
  readonly cells: readonly string[];
  /** A text that it refuses; undefined where it takes any. */
  readonly wrong: string | undefined;
  /** What a browser sends of the first cell's value. */
  readonly sent?: string;
}

const title = 'A column';

/** A column of each kind; a kind without one does not compile. */
const samples: Readonly<Record<KindName, Sample>> = {
  numeric: {
    column: { name: 'numeric', title, kind: 'numeric', min: 0, step: 0.5, unit: 'm²' },
    cells: ['1.234,5', '0', ' 12,5 ', '?'],
    wrong: '1.5',
    sent: '1234.5',
  },
  categorical: {
    column: {
      name: 'categorical',
      title,
      kind: 'categorical',
      levels: ['Zo\u00eb', '007', 'NA', 'other'],
      other: 'other',
      missing: ['?'],
    },
    cells: [' Zoe\u0308', '007', 'NA', 'anything', '?'],
    wrong: undefined,
    sent: 'Zo\u00eb',
  },
  yes_no: {
    column: { name: 'yes_no', title, kind: 'yes_no', yes: 'ja', no: 'nein', yes_texts: ['JA'] },
    cells: ['ja', 'nein', 'JA', '?'],
    wrong: 'si',
    sent: 'ja',
  },
  date: {
    column: { name: 'date', title, kind: 'date', format: 'DD.MM.YYYY hh:mm', min: '01.01.2000 00:00' },
    cells: ['31.12.2024 23:59', '2024-02-29T12:30', ' 01.01.2000 00:00', '?'],
    wrong: '12/31/2024 23:59',
    sent: '2024-12-31T23:59',
  },
  identifier: {
    column: { name: 'identifier', title, kind: 'identifier', reason: 'every row has another one' },
    cells: ['007', '713752e1', 'Zoe\u0308', '?'],
    wrong: undefined,
  },
  constant: { column: { name: 'constant', title, kind: 'constant' }, cells: ['1', '?'], wrong: undefined },
  text: { column: { name: 'text', title, kind: 'text' }, cells: ['A text,\nof two lines', '?'], wrong: undefined },
  leaking: {
    column: { name: 'leaking', title, kind: 'leaking', reason: 'it is known afterwards' },
    cells: ['1', '?'],
    wrong: undefined,
  },
};

/** A data set of one column, and a target beside it. */
const declarationOf = (column: Column): Declaration =>
  checkDeclaration({
    name: 'samples',
    title: 'Samples',
    file: 'samples.csv',
    decimal: ',',
    thousands: '.',
    missing: ['?', 'NA'],
    target: 'target',
    columns: [
      column,
      { name: 'beside', title: 'Beside', kind: 'numeric' },
      { name: 'target', title: 'Target', kind: 'numeric' },
    ],
  });

const quoted = (cell: string) => `"${cell}"`;

function csvOf(column: Column, cells: readonly string[]): string {
  const rows = cells.map((cell, i) => [cell, '1', String(i)].map(quoted).join(','));
  return temporaryFile(`${column.name},beside,target\n${rows.join('\n')}\n`, 'samples.csv');
}

/** The table as a release keeps it, and as it is read from there. */
async function keptAndRead(declaration: Declaration, table: Table): Promise<Table> {
  const lines = [...tableLines(declaration, table)].map((cells) => cells.map(quoted).join(','));
  return (await ingest(temporaryFile(lines.join('\n')), declaration, { reading: {} })).table;
}

/** The text that a form sends for a value of a table. */
function sentBy(control: Control, { text, sent }: { text: string; sent: string | undefined }): string {
  if ('options' in control) {
    expect(control.options.map(({ value }) => value)).toContain(sent);
    return sent ?? text;
  }
  return sent ?? text;
}

const all = kindNames.map((name) => [name, samples[name]] as const);
const readable = all.flatMap(([name, { column, ...rest }]) =>
  isReadable(column) ? [[name, { column, ...rest }] as const] : [],
);

describe.each(all)('%s', (_, { column, cells, wrong }) => {
  const declaration = declarationOf(column);
  const { name } = column;

  test('cells become values, and those the same cells, as a release keeps them', async () => {
    const { table } = await ingest(csvOf(column, cells), declaration);
    const isStored = storedColumns(declaration).includes(declaration.columns[0] as Column);
    expect(table.columns.has(name)).toBe(isStored);
    const again = await keptAndRead(declaration, table);
    expect([...again.columns.keys()]).toEqual([...table.columns.keys()]);
    for (const stored of table.columns.keys()) expect(columnOf(again, stored)).toEqual(columnOf(table, stored));
    if (!isStored) return;
    const values = columnOf(table, name);
    expect(Array.from(values, Number.isNaN)).toEqual([...cells.keys()].map((i) => i === cells.length - 1));
    const textsIn = ({ texts }: Table) =>
      Array.from(texts ?? [], ([name, kept]) => [name, ...Array.from({ length: kept.length }, (_, i) => kept.at(i))]);
    expect(textsIn(again)).toEqual(textsIn(table));
  });

  test('a cell that is not allowed is told of, with what is', async () => {
    if (wrong === undefined) return;
    const error = await ingest(csvOf(column, [...cells, wrong]), declaration).catch((error) => error);
    expect(error.issues).toHaveLength(1);
    expect(error.issues[0].message).toContain(JSON.stringify(wrong));
  });

  test('is a feature, or says what keeps it from being one', () => {
    const { keptOut } = kindOf(column);
    expect(featuresOf(declaration).some((feature) => feature.name === name)).toBe(isReadable(column));
    expect(keptOut === undefined).toBe(isReadable(column));
  });

  test('a file may lack it where it is not read', async () => {
    const lacking = temporaryFile('beside,target\n1,2\n', 'samples.csv');
    const read = ingest(lacking, declaration);
    if (kindOf(column).values === 'none') expect((await read).table.rows).toBe(1);
    else await expect(read).rejects.toThrow('does not fit the declaration');
  });
});

describe.each(readable)('%s, which models read', (_, { column, cells, sent }) => {
  const declaration = declarationOf(column);
  const features = featuresOf(declaration);
  const { name } = column;
  const encoded = (record: Record<string, unknown>): number => {
    const whole = { beside: 1, ...record };
    const issues = new RecordIssues();
    if (!recordChecker(features, declaration)(whole, issues)) issues.throwIfAny('refused');
    return columnOf(recordEncoder(features, declaration)([whole as never]), name)[0] as number;
  };

  test('a form, a command line and JSON mean what a cell means', async () => {
    const { table } = await ingest(csvOf(column, cells), declaration);
    const value = columnOf(table, name)[0] as number;
    const text = sentBy(featureKindOf(column).control(), { text: cells[0] as string, sent });
    expect(encoded(recordFromTexts(features, { [name]: text }))).toBe(value);
    expect(encoded({ [name]: null })).toBeNaN();
  });

  test('the example is allowed', () => {
    const issues = new RecordIssues();
    expect(recordChecker(features, declaration)(exampleRecord(declaration), issues)).toBe(true);
    expect(exampleRecord(declaration)[name]).not.toBeNull();
  });

  test('becomes columns of numbers, whatever an estimator wants', async () => {
    const { table } = await ingest(csvOf(column, cells), declaration);
    for (const categories of ['one-hot', 'codes'] as const) {
      const encodings = fitEncodings(declaration, table, [], { categories, numbers: 'scaled', missing: 'imputed' });
      const { data, columns, names } = encodeRows(encodings, table, []);
      expect(data.every(Number.isFinite)).toBe(true);
      expect(names).toHaveLength(columns);
      expect(new Set(data.filter((_, i) => i % columns === 0)).size).toBeGreaterThan(1);
    }
  });

  test('its values lie within its limits, or among its levels', async () => {
    const { table } = await ingest(csvOf(column, cells), declaration);
    const { levels, limits } = kindOf(column);
    const { min = -Infinity, max = levels ? levels.length - 1 : Infinity } = limits;
    for (const value of columnOf(table, name).filter((value) => !Number.isNaN(value))) {
      expect(value).toBeGreaterThanOrEqual(levels ? 0 : min);
      expect(value).toBeLessThanOrEqual(max);
    }
  });
});

test('nothing else knows kinds by name', () => {
  const root = join(import.meta.dirname, '../..');
  const byName = new RegExp(
    `(?<!encoding\\??)\\.kind [!=]== '(${kindNames.join('|')})'|switch \\(\\w*[cC]olumn\\.kind\\)`,
  );
  const sources = ['ml', 'app', 'cli', 'infra'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(ts|pug|js)$/.test(path))
      .map((path) => join(folder, path)),
  );
  // What decides of which kind a column is names kinds, and nothing else does.
  const allowed = ['kinds', 'inference'].map((folder) => join('ml', 'data', folder));
  const knowing = sources.filter(
    (path) => !allowed.some((folder) => path.startsWith(folder)) && byName.test(readFileSync(join(root, path), 'utf8')),
  );
  expect(knowing).toEqual([]);
});

/** A record of one column by itself: what each kind of control sends. */
test.each(readable)('%s is asked for by a control that a page knows', (_, { column }) => {
  const known: readonly Control['control'][] = ['select', 'radio', 'number', 'date', 'text'];
  expect(known).toContain(featureKindOf(column as FeatureColumn).control().control);
});
