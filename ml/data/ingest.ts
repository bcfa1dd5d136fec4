import { basename } from 'node:path';
import { allowed, type Column, type Declaration } from '../dataset.ts';
import { DataError } from '../errors.ts';
import { cellParser } from './cell.ts';
import { ColumnBuffer } from './column-buffer.ts';
import { openCsv } from './csv.ts';
import { matchHeader } from './header.ts';
import { IssueLog } from './issue-log.ts';
import type { Table } from './table.ts';

/** A CSV file that fits its declaration, read. */
export interface Ingested {
  readonly table: Table;
  /** For each row of the table, its number in the file: from 0, the header not counted. */
  readonly fileRows: Uint32Array;
  /** Rows in the file. */
  readonly fileRowCount: number;
  /** Rows left out because their target is empty. */
  readonly dropped: number;
  /** Headers that the declaration does not name. */
  readonly ignored: readonly string[];
}

/**
 * Streams a CSV file into a table, checking every cell against the declaration.
 *
 * An empty feature cell is missing (NaN); a row with an empty target is dropped and counted.
 *
 * @throws DataError with every problem of the file in one go: the first 20 in full, the rest counted.
 */
export async function ingest(path: string, declaration: Declaration): Promise<Ingested> {
  const file = basename(path);
  const issues = new IssueLog();
  const { header, rows } = await openCsv(path);
  const { positions, ignored } = matchHeader(header, file, declaration.columns);
  const readers = declaration.columns.map((column) => ({
    column,
    position: positions.get(column.name) as number,
    parse: cellParser(column),
    isTarget: column.name === declaration.target,
    buffer: new ColumnBuffer(),
  }));
  const values = new Float64Array(readers.length);
  const kept = new ColumnBuffer();
  let fileRowCount = 0;
  let dropped = 0;

  for await (const { line, cells, problem } of rows) {
    const fileRow = fileRowCount++;
    if (problem !== undefined) {
      issues.add(`line ${line}`, problem);
      continue;
    }
    let fits = true;
    let hasTarget = true;
    for (let j = 0; j < readers.length; j++) {
      const { column, position, parse, isTarget } = readers[j] as (typeof readers)[number];
      const text = cells[position] as string;
      const value = parse(text);
      if (value === undefined) {
        issues.add(`line ${line}, ${column.name}`, unfit(column, text));
        fits = false;
      } else {
        values[j] = value;
        if (isTarget && Number.isNaN(value)) hasTarget = false;
      }
    }
    if (!fits) continue;
    if (!hasTarget) {
      dropped += 1;
      continue;
    }
    kept.push(fileRow);
    for (let j = 0; j < readers.length; j++) readers[j]?.buffer.push(values[j] as number);
  }

  issues.throwIfAny(file);
  if (fileRowCount === 0) throw new DataError(`${path} has a header and no rows`);
  const columns = new Map(readers.map(({ column, buffer }) => [column.name, buffer.toArray()]));
  const fileRows = Uint32Array.from(kept.toArray());
  if (fileRows.length === 0) throw new DataError(`${path}: the target ${declaration.target} is empty in every row`);
  for (const [name, cells] of columns) {
    if (cells.every(Number.isNaN)) issues.add(name, 'empty in every row; take it out of the declaration');
  }
  issues.throwIfAny(file);
  return { table: { rows: fileRows.length, columns }, fileRows, fileRowCount, dropped, ignored };
}

/** What is wrong with a cell, and what would be right. */
export function unfit(column: Column, text: string): string {
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return `${JSON.stringify(shown)} is not ${allowed(column)}`;
}
