import { basename } from 'node:path';
import { DataError } from '../../../core/errors.ts';
import { shellWord } from '../../../core/shell-word.ts';
import { isGzip, storedBytes } from '../file-bytes.ts';
import { isNdjson, otherThanArray, otherThanObjects } from '../json.ts';
import type { Encoding, Format, Reading } from '../reading.ts';
import { readSample, type Sample } from './sample.ts';
import { isLaidOut, sniffDelimiter } from './sniff-delimiter.ts';
import { sniffEncoding } from './sniff-encoding.ts';
import { sniffHeader } from './sniff-header.ts';

/** How a file is written, as the file itself tells. */
export interface Sniffed {
  readonly format: Format;
  readonly compression: 'gzip' | null;
  readonly encoding: Encoding;
  /** What separates the cells of a CSV; null where it has one column, and of other formats. */
  readonly delimiter: string | null;
  /** The line of the header, from 0; without a header, that of the first row. What stands above it is no part of the table. */
  readonly headerRow: number;
  readonly hasHeader: boolean;
  /** What tells all that, in sentences without a full stop. */
  readonly evidence: readonly string[];
}

/**
 * Finds out how a file is written: its format, compression, encoding and delimiter, and which line is its header. The encoding is
 * decided by all of the file, the rest by its first million characters.
 *
 * @throws DataError where it is missing, empty, or of a format that is not read, with what to do
 */
export async function sniffFile(path: string): Promise<Sniffed> {
  const start = await startOf(path);
  const compression = isGzip(start) ? 'gzip' : null;
  const packed = compression === null ? [] : ['packed by gzip'];
  if (start.toString('latin1', 0, 4) === 'PAR1') {
    return { ...ofObjects, format: 'parquet', compression, encoding: 'utf-8', evidence: ['a Parquet file'] };
  }
  const { encoding, evidence } = await sniffEncoding(path);
  const sample = await readSample(path, encoding);
  const format = formatOf(sample, path);
  if (format !== 'csv') {
    const what = format === 'json' ? 'an array of JSON objects' : 'a JSON object on each line';
    return { ...ofObjects, format, compression, encoding, evidence: [...packed, evidence, what] };
  }
  const dialect = dialectOf(sample, path);
  return { format, compression, encoding, ...dialect, evidence: [...packed, evidence, ...dialect.evidence] };
}

const ofObjects = { delimiter: null, headerRow: 0, hasHeader: true } as const;

async function startOf(path: string): Promise<Buffer> {
  for await (const chunk of storedBytes(path)) return chunk;
  throw new DataError(`${path} is empty`);
}

/** @throws DataError where the file is empty, a page, or JSON that holds no rows */
function formatOf({ text, isWhole }: Sample, path: string): Exclude<Format, 'parquet'> {
  const trimmed = text.trimStart();
  if (trimmed === '') throw new DataError(`${path} is empty`);
  if (/^<(!doctype|html|table|\?xml)/i.test(trimmed))
    throw new DataError(
      `${path} is a page or a document in ${/xml/i.test(trimmed.slice(0, 5)) ? 'XML' : 'HTML'}, not a table; download the file itself`,
    );
  if (/^\[\s*\{/.test(trimmed)) return 'json';
  // An object alone is no row.
  if (isNdjson(trimmed) && !(isWhole && /^.*\s*$/.test(trimmed))) return 'ndjson';
  const value = isWhole ? parsedWhole(text) : undefined;
  if (/^\{\s*["}]/.test(trimmed)) throw new DataError(`${path} holds ${otherThanArray(value ?? {}, path)}`);
  if (/^\[\s*(\[|\])/.test(trimmed) || (isNamedJson(path) && Array.isArray(value)))
    throw new DataError(`${path} holds ${otherThanObjects(Array.isArray(value) ? value : [undefined])}`);
  // Elsewhere a number or a word is a column of one name.
  if (isNamedJson(path) && value !== undefined) throw new DataError(`${path} holds ${otherThanArray(value, path)}`);
  return 'csv';
}

const isNamedJson = (path: string) => /\.json(\.gz)?$/i.test(path);

/** What a text is as JSON; undefined where it is none. */
function parsedWhole(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function dialectOf(sample: Sample, path: string): Pick<Sniffed, 'delimiter' | 'headerRow' | 'hasHeader' | 'evidence'> {
  const told = /^sep=(.)(\r\n|\n|\r)/i.exec(sample.text);
  if (told) {
    const [line, delimiter = ','] = told;
    // The lines are counted as the file has them.
    const rest = { ...sample, text: `\n${sample.text.slice(line.length)}` };
    const { rows, width } = sniffDelimiter(rest, delimiter);
    const header = sniffHeader(rows, width);
    return {
      ...header,
      delimiter,
      evidence: [`"sep=${delimiter}" on its first line names the delimiter`, ...header.evidence],
    };
  }
  const { delimiter, rows, width, evidence } = sniffDelimiter(sample);
  if (width === 1 && isLaidOut(rows)) {
    const word = shellWord(basename(path));
    throw new DataError(
      `${path} separates its cells by runs of spaces, which are not read; write commas: sed -E 's/^ +| +$//g; s/ +/,/g' ${word} > ${word}.csv`,
    );
  }
  const header = sniffHeader(rows, width);
  return { ...header, delimiter, evidence: [evidence, ...header.evidence] };
}

/** What a declaration says of a file that is written so; nothing of what has its default. */
export function readingFrom({ format, encoding, delimiter, headerRow, hasHeader }: Sniffed): Reading {
  return {
    ...(format !== 'csv' && { format }),
    ...(encoding !== 'utf-8' && { encoding }),
    ...(delimiter !== null && delimiter !== ',' && { delimiter }),
    ...(headerRow > 0 && { header_row: headerRow + 1 }),
    ...(!hasHeader && { headers: 'none' }),
  };
}
