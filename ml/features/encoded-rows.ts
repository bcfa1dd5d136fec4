import { DataError } from '../core/errors.ts';
import { formatExact, formatRounded } from '../core/format-number.ts';
import type { Matrix, MatrixReader } from '../core/matrix.ts';
import { readRows, type StoredColumn } from '../data/columns/read-column.ts';
import type { ColumnValues } from '../data/columns/storage.ts';
import { storedColumn, type Table, takeRows } from '../data/table.ts';
import type { ColumnEncoding, OneHot } from './column-encoding.ts';

/** A column of the same rows that a recipe made. */
interface MadeColumn {
  readonly name: string;
  readonly values: ColumnValues;
  /** Which of the values are meant. @default all of them */
  readonly chosen?: Uint32Array;
}

/** Numbers that rows may become as a matrix in memory: 4 GiB of them. */
export const MOST_CELLS = 2 ** 29;
/** Numbers beyond which they are not made before they are read, where that is enough: 64 MB. */
const MANY_CELLS = 2 ** 23;

/**
 * Encodes every row of a table, one or a million, into a row of as many numbers as the encodings have columns in all.
 *
 * @param derived the columns of the same rows that recipes made
 * @param inBlocks whether it is enough to read them a block at a time. @default all are made
 * @throws DataError where all are to be made, and are more than memory should hold
 */
export function encodeRows(
  encodings: readonly ColumnEncoding[],
  table: Table,
  derived: readonly MadeColumn[],
  inBlocks = false,
): Matrix {
  const encoded = new EncodedRows(encodings, table, derived);
  const { rows, columns, levels, names } = encoded;
  if (inBlocks && rows * columns > MANY_CELLS) return encoded;
  return { rows, columns, data: encoded.data, ...(levels && { levels }), names };
}

/**
 * The same rows, whose numbers are made where they are read: a million rows of 150 columns would be 1.2 GB, and the columns of
 * their table are a tenth of that.
 */
export class EncodedRows implements Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly levels?: readonly number[];
  readonly names: readonly string[];
  readonly #encodings: readonly ColumnEncoding[];
  readonly #table: Table;
  readonly #derived: readonly MadeColumn[];
  readonly #sources: readonly Source[];
  readonly #block: Float64Array;
  #data: Float64Array | undefined;

  constructor(encodings: readonly ColumnEncoding[], table: Table, derived: readonly MadeColumn[]) {
    const { levels, names, places } = layoutOf(encodings);
    const made =
      derived.length === 0
        ? undefined
        : new Map(derived.map(({ name, values, chosen }): [string, StoredColumn] => [name, { values, chosen }]));
    this.rows = table.rows;
    this.columns = names.length;
    if (levels) this.levels = levels;
    this.names = names;
    this.#encodings = encodings;
    this.#table = table;
    this.#derived = derived;
    this.#block = new Float64Array(Math.min(BLOCK, table.rows));
    this.#sources = places.map((place): Source => {
      const { column } = place.encoding;
      return { place, stored: made?.get(column) ?? storedColumn(table, column) };
    });
  }

  get numbers(): readonly number[] {
    return this.#sources.flatMap(({ place: { encoding, offset } }) => (encoding.kind === 'numeric' ? offset : []));
  }

  /** All of them, made when they are first asked for. */
  get data(): Float64Array {
    if (this.#data === undefined) {
      checkCells(this.rows, this.columns);
      this.#data = new Float64Array(this.rows * this.columns);
      this.#encode(this.#data, 0, this.rows);
    }
    return this.#data;
  }

  get reader(): MatrixReader | undefined {
    return this.#data ? undefined : this;
  }

  readRows(first: number, count: number, into: Float64Array): void {
    this.#encode(into.fill(0, 0, count * this.columns), first, count);
  }

  readColumn(j: number, into: Float64Array | Float32Array): void {
    const source = this.#sources.findLast(({ place }) => place.offset <= j) as Source;
    const { width, offset } = source.place;
    const room = new Float64Array(this.#block.length * width);
    for (let first = 0; first < this.rows; first += BLOCK) {
      const values = this.#block.subarray(0, Math.min(BLOCK, this.rows - first));
      readRows(source.stored, first, values);
      encodeInto(room.fill(0), 0, width, values, source.place);
      for (let i = 0, at = j - offset; i < values.length; i++, at += width) into[first + i] = room[at] as number;
    }
  }

  takeRows(rows: Uint32Array): Matrix {
    const derived = this.#derived.map(({ name, values, chosen }) => ({
      name,
      values,
      chosen: chosen ? rows.map((row) => chosen[row] as number) : rows,
    }));
    return new EncodedRows(this.#encodings, takeRows(this.#table, rows), derived);
  }

  /** Writes rows over zeros, from the start of `data` on. */
  #encode(data: Float64Array, first: number, count: number): void {
    const width = this.columns;
    for (let done = 0; done < count; done += BLOCK) {
      const many = Math.min(BLOCK, count - done);
      // A view takes as long to make as a cell to encode.
      const values = many === this.#block.length ? this.#block : this.#block.subarray(0, many);
      for (const source of this.#sources) {
        readRows(source.stored, first + done, values);
        encodeInto(data, done * width + source.place.offset, width, values, source.place);
      }
    }
  }
}

/** The system may hand out more memory than it has, and then end the process that uses it. */
function checkCells(rows: number, columns: number): void {
  if (rows * columns <= MOST_CELLS) return;
  const [gigabytes, most] = [rows * columns, MOST_CELLS].map((cells) => formatRounded((8 * cells) / 1e9));
  throw new DataError(
    `${formatExact(rows)} rows of ${formatExact(columns)} numbers each are ${gigabytes} GB as a matrix, where at most ${most} GB are made: ` +
      'leave the models out that need all of it, or let the search choose on how many rows they are tried and from how many the best one learns (npm run train with a --budget, and no other --search)',
  );
}

/** Rows that are encoded at a time, column by column: what is read and written of them stays in the cache. */
const BLOCK = 1024;

/** What one column becomes, and where in a row of the matrix that begins. */
interface Place {
  readonly encoding: ColumnEncoding;
  /** Of a column that becomes several: which of them stands for a level, by the level's index. */
  readonly placeOf: Int32Array | undefined;
  readonly offset: number;
  readonly width: number;
}

/** A column of a table, and its place. */
interface Source {
  readonly place: Place;
  readonly stored: StoredColumn;
}

/** Writes values of a column into as many rows of a matrix, from an index on. */
function encodeInto(
  data: Float64Array,
  from: number,
  width: number,
  values: Float64Array,
  { encoding, placeOf }: Place,
): void {
  const impute = encoding.missing === 'imputed' ? encoding.impute : Number.NaN;
  if (placeOf) {
    for (let i = 0, at = from; i < values.length; i++, at += width) {
      const value = values[i] as number;
      const code = Number.isNaN(value) ? impute : value;
      if (!Number.isNaN(code)) data[at + (placeOf[code] as number)] = 1;
    }
    return;
  }
  if (encoding.as !== 'scaled') {
    for (let i = 0, at = from; i < values.length; i++, at += width) {
      const value = values[i] as number;
      data[at] = Number.isNaN(value) ? impute : value;
    }
    return;
  }
  const { mean, scale } = encoding;
  for (let i = 0, at = from; i < values.length; i++, at += width) {
    const value = values[i] as number;
    data[at] = standardised(Number.isNaN(value) ? impute : value, mean, scale);
  }
}

interface Layout extends Pick<Matrix, 'levels'>, Required<Pick<Matrix, 'names'>> {
  /** One for each encoding, in their order. */
  readonly places: readonly Place[];
}

// Remembered: of hundreds of levels, names take longer to write than a row to encode.
const layouts = new WeakMap<readonly ColumnEncoding[], Layout>();

/** Of every column of the matrix: how many levels it has (absent where none has any), its name, and what it stands for. */
function layoutOf(encodings: readonly ColumnEncoding[]): Layout {
  const known = layouts.get(encodings);
  if (known) return known;
  const levels = encodings.flatMap(levelsOf);
  const layout = {
    ...(levels.some((count) => count > 0) && { levels }),
    names: encodings.flatMap((encoding) =>
      encoding.as === 'one-hot'
        ? oneHotNames(encoding).map((level) => `${encoding.column} = ${level}`)
        : encoding.column,
    ),
    places: placesOf(encodings),
  };
  layouts.set(encodings, layout);
  return layout;
}

function standardised(value: number, mean: number, scale: number): number {
  const distance = value - mean;
  // Two large numbers may be farther apart than the largest.
  return Math.abs(distance) === Infinity ? value / scale - mean / scale : distance / scale;
}

function placesOf(encodings: readonly ColumnEncoding[]): Place[] {
  let offset = 0;
  return encodings.map((encoding) => {
    const placeOf = encoding.as === 'one-hot' ? levelPlacesOf(encoding) : undefined;
    const place = { encoding, placeOf, offset, width: widthOf(encoding) };
    offset += place.width;
    return place;
  });
}

/** How many columns of a matrix one column becomes. */
export const widthOf = (encoding: ColumnEncoding) => levelsOf(encoding).length;

/** The columns that one column becomes, each as its number of levels, 0 for a number. */
function levelsOf(encoding: ColumnEncoding): number[] {
  if (encoding.kind === 'numeric') return [0];
  return encoding.as === 'codes' ? [encoding.levels.length] : oneHotNames(encoding).map(() => 0);
}

/** What each 0/1 column stands for. A column for every level without training rows would be 0 in all of them. */
function oneHotNames({ levels, seen }: OneHot): readonly string[] {
  if (seen.length === levels.length) return levels;
  return [...seen.map((code) => levels[code] as string), 'any other'];
}

/** The 0/1 column of each level; of those that training rows lack it is the one after all others. */
function levelPlacesOf({ levels, seen }: OneHot): Int32Array {
  const places = Int32Array.from({ length: levels.length }, () => seen.length);
  seen.forEach((code, place) => {
    places[code] = place;
  });
  return places;
}
