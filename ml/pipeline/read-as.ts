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
  const other = whyOtherTarget(earlier, later);
  if (other !== undefined) return other;
  for (const role of ['weight', 'group', 'time'] as const) {
    if (earlier[role] === later[role]) continue;
    const [before, now] = [earlier, later].map((each) => each[role] ?? 'none');
    return `its ${role} was ${before} and is ${now} now, so that its rows were counted or held out by another rule`;
  }
  return whyOtherColumns(columnsOf(earlier), columnsOf(later));
}

function whyOtherTarget(earlier: Declaration, later: Declaration): string | undefined {
  const [was, is] = [targetOf(earlier), targetOf(later)];
  if (was.kind !== is.kind) return `${was.name} is ${is.kind} now, and was ${was.kind}`;
  if (unitOf(was) !== unitOf(is)) return `it predicts ${was.name} in ${unitOf(was)}, which is in ${unitOf(is)} now`;
  if (!('levels' in was) || !('levels' in is) || isDeepStrictEqual(was.levels, is.levels)) return undefined;
  if (haveSameCodes(columnNamed(earlier, was.name), columnNamed(later, is.name))) return undefined;
  return `it predicts which ${was.name} of ${shortList(was.levels)}, and there are ${shortList(is.levels)} now`;
}

const columnNamed = ({ columns }: Declaration, name: string) => columns.find((column) => column.name === name);

/** Whether codes of two columns mean the same whatever their texts, as those of yes and no do. */
function haveSameCodes(was: Column | undefined, is: Column | undefined): boolean {
  return [was, is].every((column) => column !== undefined && kindOf(column).positive !== undefined);
}

/** A declaration with the texts that another one has for codes that mean the same. */
export function withTextsOf(declaration: Declaration, other: Declaration): Declaration {
  const columns = declaration.columns.map((column) => {
    const same = columnNamed(other, column.name);
    return same && haveSameCodes(column, same) ? same : column;
  });
  return { ...declaration, columns };
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
    const written = columnNamed(writer, name);
    const levels = kindOf(column).levels && written && kindOf(written).levels;
    if (!levels || haveSameCodes(column, written)) continue;
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
