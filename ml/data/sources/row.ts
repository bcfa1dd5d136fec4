/** Cells of a row below a header, wherever they come from. */
export interface Row {
  /** Where it starts: the line of its file, from 1, or its place among the rows, from 0. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Why its cells mean nothing, if they do not. */
  readonly problem?: string;
  /** Whether the file cannot be read past it. */
  readonly isLast?: true;
}

/** More columns than that are no table that anything here could learn from. */
const MAX_COLUMNS = 100_000;

/** What is wrong with so many columns; undefined where nothing is. */
export function columnsProblem(columns: number): string | undefined {
  if (columns <= MAX_COLUMNS) return undefined;
  const [has, most] = [columns, MAX_COLUMNS].map((count) => count.toLocaleString('en'));
  return `has ${has} columns, where at most ${most} can be read; if its rows stand side by side, transpose it: a row of the file for each of them`;
}
