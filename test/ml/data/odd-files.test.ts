import { expect, test } from 'vitest';
import { DataError } from '../../../ml/core/errors.ts';
import { ingest } from '../../../ml/data/ingest.ts';
import { openRows } from '../../../ml/data/sources/row-source.ts';
import { readingFrom, sniffFile } from '../../../ml/data/sources/sniff/sniff-file.ts';
import { declareTable } from '../../../ml/pipeline/init/init-dataset.ts';
import { readTable } from '../../../ml/pipeline/init/read-table.ts';
import { oddColumns } from '../../fixtures/odd-files/columns.ts';
import { oddFiles } from '../../fixtures/odd-files/index.ts';
import { temporaryFile } from '../../temporary.ts';

/** What reading a file comes to, with nothing said of how it is written. */
async function read(path: string) {
  try {
    const sniffed = await sniffFile(path);
    const { header, rows } = await openRows(path, readingFrom(sniffed));
    const all = await Array.fromAsync(rows);
    return {
      sniffed,
      header,
      rows: all.filter(({ problem }) => problem === undefined).map(({ cells }) => cells),
      problems: all.filter(({ problem }) => problem !== undefined),
    };
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return { says: told(error) };
  }
}

const told = ({ message, issues }: DataError) =>
  [message, ...issues.map(({ path, message }) => `${path}: ${message}`)].join('\n');

test.each(oddFiles)('$title', async ({ name, content, becomes }) => {
  const outcome = await read(temporaryFile(content, name));
  if ('says' in becomes) {
    expect(outcome).toEqual({ says: expect.stringMatching(becomes.says) });
    return;
  }
  expect(outcome).toMatchObject({ sniffed: becomes.is ?? {}, header: becomes.header });
  const { rows = [], problems = [] } = outcome;
  if (typeof becomes.rows === 'number') expect(rows).toHaveLength(becomes.rows);
  else expect(rows).toEqual(becomes.rows);
  expect(problems.map(({ line, problem }) => [line, problem])).toEqual(
    (becomes.problems ?? []).map(([line, why]) => [line, expect.stringMatching(why)]),
  );
});

/** What is declared of a file, and whether it is then read to its end. */
async function declare(path: string, target: string) {
  try {
    const table = await readTable(path);
    const { checked, decisions } = declareTable(table, { folder: 'data/odd', name: 'odd', file: path }, { target });
    const { fileRowCount } = await ingest(path, checked, { emptyColumns: 'allowed' });
    expect(fileRowCount).toBe(table.summary.rows);
    const look = decisions.flatMap(({ column, look }) => look.map((what) => `${column}: ${what}`));
    return { declares: checked, look: look.join('\n') };
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return { says: told(error) };
  }
}

test.each(oddColumns)('columns: $title', async ({ name, content, target, becomes }) => {
  const outcome = await declare(temporaryFile(content, name), target);
  if ('says' in becomes) expect(outcome).toEqual({ says: expect.stringMatching(becomes.says) });
  else {
    expect(outcome).toMatchObject({ declares: becomes.declares });
    expect(outcome.look).toMatch(becomes.look ?? /^$/);
  }
});
