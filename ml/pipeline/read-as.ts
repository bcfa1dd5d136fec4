import { isDeepStrictEqual } from 'node:util';
import { shortList } from '../core/short-list.ts';
import { readColumn } from '../data/columns/read-column.ts';
import { type Column, type Declaration, featuresOf, type Target, targetOf } from '../data/declaration.ts';
import { kindOf } from '../data/kinds/index.ts';
import { columnOf, storedColumn, type Table } from '../data/table.ts';

/**
 * Why a model of one declaration predicts something else than one of another, in a sentence without its full stop; undefined
 * where both predict the same of the same columns. Titles, ranges and levels may differ.
 */
export function whyNotAlike(earlier: Declaration, later: Declaration): string | undefined {
  if (earlier.target !== later.target) return `it predicts ${earlier.target}, not ${later.target}`;
  const other = whyOtherTarget(targetOf(earlier), targetOf(later));
  if (other !== undefined) return other;
  for (const role of ['weight', 'group', 'time'] as const) {
    if (earlier[role] === later[role]) continue;
    const [before, now] = [earlier, later].map((each) => each[role] ?? 'none');
    return `its ${role} was ${before} and is ${now} now, so that its rows were counted or held out by another rule`;
  }
  return whyOtherColumns(columnsOf(earlier), columnsOf(later));
}

function whyOtherTarget(was: Target, is: Target): string | undefined {
  if (was.kind !== is.kind) return `${was.name} is ${is.kind} now, and was ${was.kind}`;
  if (unitOf(was) !== unitOf(is)) return `it predicts ${was.name} in ${unitOf(was)}, which is in ${unitOf(is)} now`;
  if (!('levels' in was) || !('levels' in is) || isDeepStrictEqual(was.levels, is.levels)) return undefined;
  return `it predicts which ${was.name} of ${shortList(was.levels)}, and there are ${shortList(is.levels)} now`;
}

type Columns = ReadonlyMap<string, Column>;

const columnsOf = (declaration: Declaration): Columns =>
  new Map(featuresOf(declaration).map((column) => [column.name, column]));

function whyOtherColumns(before: Columns, after: Columns): string | undefined {
  const gone = [...before.keys()].filter((name) => !after.has(name)).map((name) => `${name} (gone)`);
  const added = [...after.keys()].filter((name) => !before.has(name)).map((name) => `${name} (new)`);
  if (gone.length + added.length > 0) return `it reads other columns: ${[...gone, ...added].join(', ')}`;
  for (const [name, column] of before) {
    const other = after.get(name) as Column;
    if (column.kind !== other.kind) return `${name} is ${other.kind} now, and was ${column.kind}`;
    if (unitOf(column) !== unitOf(other)) return `${name} is in ${unitOf(other)} now, and was in ${unitOf(column)}`;
  }
  return undefined;
}

const unitOf = (column: Column | Target) => ('unit' in column ? column.unit : undefined) ?? 'no unit';

/** Rows as another declaration of the same columns reads them. */
interface ReadRows {
  readonly table: Table;
  /** Whether the declaration knows every level of a row. */
  readonly isReadable: (row: number) => boolean;
}

/** Rows of one declaration as another one reads them, whose levels may be others, or in another order. */
export function readAs(reader: Declaration, writer: Declaration, table: Table): ReadRows {
  const columns = new Map(table.columns);
  const unknown = new Set<number>();
  for (const column of featuresOf(reader)) {
    const { name } = column;
    const written = writer.columns.find((each) => each.name === name);
    const levels = kindOf(column).levels && written && kindOf(written).levels;
    if (!levels) continue;
    const codes = levels.map(kindOf(column).parser({ purpose: 'serving' }));
    if (codes.every((code, i) => code === i)) continue;
    // What is missing, NaN, stays so; a row with what is not known is not read.
    const { values } = storedColumn(table, name);
    const all = readColumn({ values, chosen: undefined });
    columns.set(
      name,
      all.map((code) => (Number.isNaN(code) ? code : (codes[code] ?? 0))),
    );
    columnOf(table, name).forEach((code, row) => {
      if (!Number.isNaN(code) && codes[code] === undefined) unknown.add(row);
    });
  }
  return { table: { ...table, columns }, isReadable: (row) => !unknown.has(row) };
}
