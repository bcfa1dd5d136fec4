import type { CellProblem } from './cell-problem.ts';
import type { Column } from './declaration.ts';
import { kindOf } from './kinds/index.ts';
import type { CellReading } from './kinds/reading.ts';
import type { TextNumbers } from './kinds/text-numbers.ts';
import { KEPT_LENGTH, type RoundingLog } from './rounding-log.ts';
import type { Row } from './sources/row.ts';

/** Who is told of what is wrong with a row. */
export interface ProblemSink {
  /** A row that means nothing as a whole. */
  addRow(line: number, message: string): void;
  /** A cell that its column refuses. */
  addCell(line: number, column: Column, text: string, problem: CellProblem): void;
}

/** What rows are read for, and who is told of them. */
interface RowReading {
  readonly reading: CellReading;
  readonly problems: ProblemSink;
  readonly roundings: RoundingLog;
  /** Number the texts of each column whose texts are kept. @default none is */
  readonly texts?: ReadonlyMap<string, TextNumbers>;
}

/**
 * A function from a row to the values of the given columns, in their order; undefined, and what is
 * wrong told, where the row does not fit. The next call overwrites the values.
 */
export function rowParser(
  columns: readonly Column[],
  positions: ReadonlyMap<string, number>,
  { reading, problems, roundings, texts }: RowReading,
): (row: Row) => Float64Array | undefined {
  const values = new Float64Array(columns.length);
  const readers = columns.map((column) => {
    const kind = kindOf(column);
    return {
      column,
      kind,
      position: positions.get(column.name) as number,
      parse: kind.parser(reading, texts?.get(column.name)),
      literal: kind.literal?.(reading),
    };
  });
  return ({ line, cells, problem }) => {
    if (problem !== undefined) {
      problems.addRow(line, problem);
      return undefined;
    }
    let fits = true;
    for (let j = 0; j < readers.length; j++) {
      const { column, kind, position, parse, literal } = readers[j] as (typeof readers)[number];
      const text = cells[position] as string;
      const value = parse(text);
      if (value === undefined) {
        problems.addCell(line, column, text, kind.problem(text, reading));
        fits = false;
      } else {
        values[j] = value;
        if (text.length > KEPT_LENGTH && literal) roundings.note(line, column, literal(text), value);
      }
    }
    return fits ? values : undefined;
  };
}
