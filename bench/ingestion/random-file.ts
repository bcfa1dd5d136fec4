import fc from 'fast-check';
import type { Column } from '../../ml/data/declaration.ts';

/** A cell: its text, and what a plain reading makes of it (NaN where it is empty). */
interface Cell {
  readonly text: string;
  readonly value: number | 'refused';
}

/** What stands instead of a row, and what is expected to be said of it. */
type Damage = 'width' | 'latin1' | 'nul' | 'open quote';

/** A file as it is written, and what a plain reading of the same rows gives. */
export interface RandomFile {
  readonly columns: readonly Column[];
  readonly bytes: Uint8Array;
  readonly expected: {
    /** By column; rows whose target is empty are left out. */
    readonly values: ReadonlyMap<string, readonly number[]>;
    /** Of each row that is kept, its number in the file. */
    readonly fileRows: readonly number[];
    /** Where something is refused: the line and the column, or the line alone. */
    readonly refused: readonly string[];
  };
}

export const TARGET = 'y';
/** How much of a file is read at a time: borders between chunks fall anywhere in the rows. */
const CHUNK = 1 << 18;

const levels = ['gas', 'é', 'heat pump', '"q", ½', 'ß\nü'];

const refusedNumbers = [
  'x',
  '0x10',
  'NaN',
  '1,5',
  '1 000',
  '2020-01-31',
  '123456789012345678',
  '1e400',
  '1e-400',
  '--1',
  '1e',
  '.',
];
const spaces = fc.constantFrom('', '', '', ' ', '\t', '\u00a0');

const numberText = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }).map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.constantFrom('+.5', '1.', '-0', '1E3', '007', '0.1e-2', '9007199254740992', '0.12345678901234567890'),
);
const anything = fc.oneof(
  fc.constantFrom('', 'a', '"', ',', '\r', '\n', '\r\n', '\ufeff', '\ufffd', '€', '😀', 'e\u0301', '\ud83d\ude00,"'),
  fc.string({ unit: 'binary', maxLength: 8 }).map((text) => text.replaceAll('\0', '')),
);

function padded(cell: fc.Arbitrary<Cell>): fc.Arbitrary<Cell> {
  return fc
    .tuple(spaces, cell, spaces)
    .map(([before, { text, value }, after]) => ({ text: before + text + after, value }));
}

/** A date by its days since 1970-01-01: from the year 1000 to the year 9999. */
const day = fc.integer({ min: -354_285, max: 2_932_896 }).map((value) => ({
  text: new Date(value * 86_400_000).toISOString().slice(0, 10),
  value,
}));
const refusedDates = ['2023-02-29', '2024-13-01', '31.12.2024', '2024-1-1', '2024-01-01T00:00', '20240101', 'n/a'];

type Kind = 'numeric' | 'categorical' | 'date' | 'undeclared';
const anyKind = fc.constantFrom<Kind>('numeric', 'categorical', 'date', 'undeclared');

function cellOf(kind: Kind, mayBeBad: boolean): fc.Arbitrary<Cell> {
  if (kind === 'undeclared') return anything.map((text) => ({ text, value: Number.NaN }));
  const empty = fc.constant({ text: '', value: Number.NaN });
  if (kind === 'date') {
    const bad = fc.constantFrom(...refusedDates).map((text): Cell => ({ text, value: 'refused' }));
    return padded(
      fc.oneof(
        { arbitrary: day, weight: 6 },
        { arbitrary: empty, weight: 1 },
        { arbitrary: bad, weight: mayBeBad ? 6 : 0 },
      ),
    );
  }
  if (kind === 'numeric') {
    const good = numberText.map((text) => ({ text, value: Number(text) }));
    const bad = fc.constantFrom(...refusedNumbers).map((text): Cell => ({ text, value: 'refused' }));
    return padded(
      fc.oneof(
        { arbitrary: good, weight: 6 },
        { arbitrary: empty, weight: 1 },
        { arbitrary: bad, weight: mayBeBad ? 6 : 0 },
      ),
    );
  }
  const good = fc.tuple(fc.nat(levels.length - 1), fc.constantFrom('NFC', 'NFD')).map(([value, form]) => ({
    text: (levels[value] as string).normalize(form),
    value,
  }));
  const bad = fc.constantFrom('Gas', 'e', 'gas ,').map((text): Cell => ({ text, value: 'refused' }));
  return padded(
    fc.oneof(
      { arbitrary: good, weight: 6 },
      { arbitrary: empty, weight: 1 },
      { arbitrary: bad, weight: mayBeBad ? 6 : 0 },
    ),
  );
}

/** How a record is written. */
const style = fc.record({
  end: fc.constantFrom('\n', '\n', '\r\n', '\r'),
  /** Which cells are in quotes that need none. */
  quoted: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
  blank: fc.oneof(
    { arbitrary: fc.constant(undefined), weight: 6 },
    { arbitrary: fc.constantFrom('', ' ', '\t'), weight: 1 },
  ),
});

/** Random files: one in three has something that is to be refused, in any row. */
export const randomFile: fc.Arbitrary<RandomFile> = fc
  .record({
    kinds: fc.array(anyKind, { maxLength: 5 }),
    rows: fc.nat(25),
    isBad: fc.constantFrom(false, false, true),
  })
  .chain(({ kinds, rows, isBad }) => {
    const all = [...kinds, 'numeric' as const];
    const row = (mayBeBad: boolean) => fc.tuple(...all.map((kind) => cellOf(kind, mayBeBad)));
    return fc.record({
      kinds: fc.constant(all),
      order: fc.shuffledSubarray(
        all.map((_, i) => i),
        { minLength: all.length },
      ),
      good: fc.array(row(false), { minLength: rows, maxLength: rows }),
      bad: isBad ? fc.option(row(true), { freq: 3 }) : fc.constant(null),
      badAt: fc.nat(rows),
      damage: isBad ? fc.option(fc.constantFrom<Damage>('width', 'latin1', 'nul', 'open quote')) : fc.constant(null),
      styles: fc.array(style, { minLength: rows + 4, maxLength: rows + 4 }),
      hasBom: fc.boolean(),
      endsOpen: fc.boolean(),
      /** How many bytes before the end of the file a chunk ends; most files are one chunk. */
      border: fc.option(fc.nat(200), { freq: 4 }),
    });
  })
  .map(written);

interface Draft {
  readonly kinds: readonly Kind[];
  readonly order: readonly number[];
  readonly good: readonly (readonly Cell[])[];
  readonly bad: readonly Cell[] | null;
  readonly badAt: number;
  readonly damage: Damage | null;
  readonly styles: readonly {
    readonly end: string;
    readonly quoted: readonly boolean[];
    readonly blank: string | undefined;
  }[];
  readonly hasBom: boolean;
  readonly endsOpen: boolean;
  readonly border: number | null;
}

function written(draft: Draft): RandomFile {
  const { kinds, order, styles, damage } = draft;
  const names = kinds.map((kind, i) => (i === kinds.length - 1 ? TARGET : `${kind}_${i}`));
  const columns = kinds.flatMap((kind, i): Column[] => {
    const common = { name: names[i] as string, title: 'A column' };
    if (kind === 'undeclared') return [];
    if (kind === 'date') return [{ ...common, kind }];
    return [
      kind === 'numeric' ? { ...common, kind } : { ...common, kind, levels: levels.map((level) => level.normalize()) },
    ];
  });
  const writer = new Writer(draft.hasBom, draft.border !== null);
  const values = new Map(columns.map(({ name }) => [name, [] as number[]]));
  const fileRows: number[] = [];
  const refused: string[] = [];

  // A first row of values alone, so that no column is empty throughout.
  const first = kinds.map(
    (kind): Cell => ({
      text: { numeric: '1', categorical: 'gas', date: '1970-01-02', undeclared: 'first' }[kind],
      value: kind === 'numeric' || kind === 'date' ? 1 : 0,
    }),
  );
  const rows: (readonly Cell[])[] = [first, ...draft.good];
  if (draft.bad) rows.splice(1 + draft.badAt, 0, draft.bad);

  writer.record(
    order.map((i) => names[i] as string),
    styles[0] as Style,
  );
  for (const [r, cells] of rows.entries()) {
    const style = styles[(r + 1) % styles.length] as Style;
    if (style.blank !== undefined && kinds.length > 1) writer.blank(style);
    const line = writer.line;
    writer.record(
      order.map((i) => (cells[i] as Cell).text),
      style,
    );
    const wrong = kinds.flatMap((kind, i) =>
      kind !== 'undeclared' && cells[i]?.value === 'refused' ? [`line ${line}, ${names[i]}`] : [],
    );
    refused.push(...wrong);
    const isDropped = Number.isNaN(cells.at(-1)?.value);
    if (wrong.length > 0 || isDropped) continue;
    fileRows.push(r);
    for (const [i, name] of names.entries()) values.get(name)?.push(cells[i]?.value as number);
  }
  if (damage) {
    refused.push(`line ${writer.line}`);
    if (damage === 'width') writer.record([...kinds.map(() => 'gas'), '1'], styles.at(-1) as Style);
    else writer.broken(damage);
  }
  const bytes = writer.finish(draft.endsOpen && damage === null, draft.border);
  return { columns, bytes, expected: { values, fileRows, refused } };
}

type Style = Draft['styles'][number];

/** Writes records as CSV, and knows on which line the next one starts. */
class Writer {
  #text: string;
  #lastEnd = '';
  #tail: number[] = [];

  /** @param isPadded whether a blank line comes first, which `finish` widens. */
  constructor(hasBom: boolean, isPadded: boolean) {
    this.#text = (hasBom ? '\ufeff' : '') + (isPadded ? '\n' : '');
  }

  get line(): number {
    return 1 + (this.#text.match(/\r\n|\n|\r/g) ?? []).length;
  }

  record(cells: readonly string[], { end, quoted }: Style): void {
    this.#write(
      cells
        .map((cell, j) =>
          quoted[j % quoted.length] || /[",\r\n\ufeff]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell,
        )
        .join(','),
      end,
    );
  }

  blank({ blank = '', end }: Style): void {
    this.#write(blank, end);
  }

  /** What ends a file that cannot be read to its end. */
  broken(damage: Exclude<Damage, 'width'>): void {
    if (damage === 'open quote') this.#text += '"1';
    else this.#tail = damage === 'nul' ? [0x31, 0, 0x0a] : [0x4a, 0x6f, 0x73, 0xe9, 0x0a];
  }

  #write(record: string, end: string): void {
    // A CR before the LF of a blank line would end the same line.
    this.#lastEnd = record === '' && this.#text.endsWith('\r') && end.startsWith('\n') ? '\r' : end;
    this.#text += record + this.#lastEnd;
  }

  finish(endsOpen: boolean, border: number | null): Uint8Array {
    // An empty record without an end is none.
    const isOpen = endsOpen && !/[\r\n]$/.test(this.#text.slice(0, -this.#lastEnd.length));
    const text = isOpen ? this.#text.slice(0, -this.#lastEnd.length) : this.#text;
    const bytes = Buffer.concat([Buffer.from(text), Uint8Array.from(this.#tail)]);
    if (border === null) return bytes;
    const before = text.startsWith('\ufeff') ? 3 : 0;
    const padding = Buffer.alloc(Math.max(0, CHUNK + border - bytes.length), ' ');
    return Buffer.concat([bytes.subarray(0, before), padding, bytes.subarray(before)]);
  }
}
