import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  type AsyncBuffer,
  type DecodedArray,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
  parquetSchema,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { DataError } from '../../core/errors.ts';
import { shellWord } from '../../core/shell-word.ts';
import { shortList } from '../../core/short-list.ts';
import type { HeaderAndRows } from './csv.ts';
import { isGzip } from './file-bytes.ts';
import { fileError } from './missing-file.ts';
import { checkFooter, checkMetadata, checkPages } from './parquet-bounds.ts';
import { type ParquetFile, parquetFile } from './parquet-file.ts';
import { type ParquetColumn, parquetColumn } from './parquet-types.ts';
import { columnsProblem, type Row } from './row.ts';

/** Rows that are decoded at a time: writers make row groups of a million, which take a gigabyte once they are texts. */
const SLICE_ROWS = 65_536;

/**
 * Opens a Parquet file. So many rows are in memory at a time, and the packed bytes of a row group. Integers and decimals are written with all of their digits, times in
 * ISO 8601 to the millisecond; what is null or not a number is an empty cell.
 *
 * @throws DataError if there is no such file, it cannot be read, or a column is nested
 */
export async function openParquet(path: string): Promise<HeaderAndRows> {
  await checkStart(path);
  const file = await parquetFile(path);
  const metadata = await readable(path, file, async () => {
    await checkFooter(file);
    const read = await parquetMetadataAsync(file);
    checkMetadata(file, read);
    return read;
  });
  const columns = columnsOf(metadata, path);
  // As what the columns are decoded; all else of the metadata says where they lie.
  const [root, ...elements] = metadata.schema;
  const schema = [...(root ? [root] : []), ...elements.map((element, i) => columns[i]?.element ?? element)];
  return {
    header: columns.map(({ name }) => name),
    count: Number(metadata.num_rows),
    rows: rowsOf(path, file, { ...metadata, schema }, columns),
  };
}

/** @throws DataError if there is no such file, or it is none of Parquet */
async function checkStart(path: string): Promise<void> {
  const file = await open(path).catch((error) => {
    throw fileError(path, error);
  });
  try {
    const start = Buffer.alloc(4);
    if ((await file.stat()).isDirectory()) throw new DataError(`${path} is a folder, not a file`);
    await file.read(start);
    if (isGzip(start))
      throw new DataError(
        `${path} is packed by gzip, and Parquet needs no packing; unpack it: gunzip -k ${shellWord(basename(path))}`,
      );
    if (start.toString('latin1') !== 'PAR1')
      throw new DataError(
        `${path} is no Parquet file; take "format": "parquet" out of dataset.json if it is a CSV, or let npm run init find out its format`,
      );
  } finally {
    await file.close();
  }
}

function columnsOf(metadata: FileMetaData, path: string): ParquetColumn[] {
  const columns: ParquetColumn[] = [];
  const refused: string[] = [];
  const { children } = parquetSchema(metadata);
  const tooMany = columnsProblem(children.length);
  if (tooMany !== undefined) throw new DataError(`${path} ${tooMany}`);
  for (const { element } of children) {
    const column = parquetColumn(element);
    if (typeof column === 'string') refused.push(`${element.name} (${column})`);
    else columns.push(column);
  }
  if (refused.length > 0)
    throw new DataError(
      `${path} has columns that are no cells: ${shortList(refused)}. A cell is a text, a number, a date or true and false: write what is nested into columns of its own, or leave it out`,
    );
  return columns;
}

async function* rowsOf(
  path: string,
  file: ParquetFile,
  metadata: FileMetaData,
  columns: readonly ParquetColumn[],
): AsyncGenerator<Row> {
  let start = 0;
  for (const group of metadata.row_groups) {
    await readable(path, file, () => checkPages(file, group));
    const end = start + Number(group.num_rows);
    for (; start < end; start += SLICE_ROWS) {
      const rows = Math.min(SLICE_ROWS, end - start);
      const values = await readable(path, file, () => readSlice(file, metadata, columns, start, rows));
      for (let i = 0; i < rows; i++) {
        yield { line: start + i, cells: cellsAt(i, columns, values, path) };
      }
    }
    start = end;
  }
}

/** @throws DataError where a value is none of its column's type */
function cellsAt(
  i: number,
  columns: readonly ParquetColumn[],
  values: readonly DecodedArray[],
  path: string,
): string[] {
  try {
    return columns.map(({ textOf }, j) => {
      const value: unknown = values[j]?.[i];
      return value === null || value === undefined ? '' : textOf(value);
    });
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** The values of each column in some rows of one row group. */
async function readSlice(
  file: AsyncBuffer,
  metadata: FileMetaData,
  columns: readonly ParquetColumn[],
  start: number,
  rows: number,
): Promise<DecodedArray[]> {
  const values: DecodedArray[] = columns.map(() => []);
  const places = new Map(columns.map(({ name }, j) => [name, j]));
  await parquetRead({
    file,
    metadata,
    rowStart: start,
    rowEnd: start + rows,
    compressors,
    utf8: false,
    onChunk: ({ columnName, columnData, rowStart }) => {
      const j = places.get(columnName) as number;
      // Most columns come as a whole, some page by page.
      if (rowStart === start && columnData.length >= rows) values[j] = columnData;
      else {
        const column = (values[j] as DecodedArray).length === rows ? (values[j] as DecodedArray) : new Array(rows);
        // A page may begin before these rows, and end after them.
        const first = Math.max(0, start - rowStart);
        const last = Math.min(columnData.length, start + rows - rowStart);
        for (let i = first; i < last; i++) column[rowStart - start + i] = columnData[i];
        values[j] = column;
      }
    },
  });
  return values;
}

/** @throws DataError where the file cannot be decoded, whatever the decoder says of that */
async function readable<T>(path: string, file: ParquetFile, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    await file.settled();
    throw unreadable(path, error);
  }
}

function unreadable(path: string, cause: unknown): unknown {
  if (!(cause instanceof Error)) return cause;
  return new DataError(`${path} cannot be read as Parquet: ${cause.message}; write it again, or as CSV`, { cause });
}
