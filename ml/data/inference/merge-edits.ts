// What somebody edited in a declaration, and what init now says, in one: a merge of three, with what init said before.

import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { shortList } from '../../core/short-list.ts';
import { headerKey } from '../header-key.ts';

const column = z.looseObject({ name: z.string(), header: z.string().optional(), kind: z.string() });

/** A declaration as it is read from a file: it may have any fields. */
export const declaredSchema = z.looseObject({ columns: z.array(column) });

export type Declared = z.infer<typeof declaredSchema>;
type DeclaredColumn = z.infer<typeof column>;

/** A declaration of which every edit is kept, and sentences that say what is new in it, and where an edit wins. */
export interface Merged {
  readonly declaration: Declared;
  readonly changes: readonly string[];
  readonly conflicts: readonly string[];
}

/**
 * Merges what init says now into a declaration that was edited. Each field that was not edited is what init says now; an edit always
 * wins, and is told where init has changed its mind as well. New columns come last, and new levels behind those that were edited.
 *
 * @param base what init said before
 * @param mine what became of it
 * @param theirs what init says now
 */
export function mergeEdits(base: Declared, mine: Declared, theirs: Declared): Merged {
  const log: Log = { changes: [], conflicts: [] };
  const fields = mergeFields('', withoutColumns(base), withoutColumns(mine), withoutColumns(theirs), log);
  const columns = mergeColumns(base, mine, theirs, log);
  return { declaration: { ...fields, columns }, ...log };
}

interface Log {
  readonly changes: string[];
  readonly conflicts: string[];
}

/** Fields by name, of whatever type. */
type Fields = Readonly<Record<string, unknown>>;

const withoutColumns = ({ columns: _, ...fields }: Declared): Fields => fields;

const keyOf = ({ name, header = name }: DeclaredColumn) => headerKey(header);
const byKey = ({ columns }: Declared) => new Map(columns.map((column) => [keyOf(column), column]));

function mergeColumns(base: Declared, mine: Declared, theirs: Declared, log: Log): DeclaredColumn[] {
  const [before, now, edited] = [byKey(base), byKey(theirs), byKey(mine)];
  const kept = mine.columns.flatMap((column) => {
    const key = keyOf(column);
    const [was, is] = [before.get(key), now.get(key)];
    if (is) return was ? mergeColumn(was, column, is, log) : column;
    if (!was || !isDeepStrictEqual(was, column)) {
      log.conflicts.push(`${column.name}: the file has no such column any more, and the declaration keeps it`);
      return column;
    }
    log.changes.push(`${column.name} is not in the file any more, and is taken out`);
    return [];
  });
  const added = theirs.columns.filter((column) => !before.has(keyOf(column)) && !edited.has(keyOf(column)));
  const names = new Set(kept.map(({ name }) => name));
  return [
    ...kept,
    ...added.map((column) => {
      log.changes.push(`${column.name} is new: ${column.kind}`);
      // Somebody may have given its name to another column.
      return names.has(column.name)
        ? { ...column, name: `${column.name}_new`, header: column.header ?? column.name }
        : column;
    }),
  ];
}

function mergeColumn(base: DeclaredColumn, mine: DeclaredColumn, theirs: DeclaredColumn, log: Log): DeclaredColumn {
  if (mine.kind !== base.kind) {
    if (theirs.kind !== base.kind && theirs.kind !== mine.kind)
      log.conflicts.push(`${mine.name}: it stays ${mine.kind}, as edited; by its values it is ${theirs.kind} now`);
    return mine;
  }
  if (theirs.kind !== base.kind) {
    const named = { name: mine.name, header: mine.header, title: fieldsOf(mine).title };
    const isEdited = !isDeepStrictEqual({ ...fieldsOf(base), ...named }, fieldsOf({ ...mine, ...named }));
    if (isEdited) {
      log.conflicts.push(
        `${mine.name}: it stays ${mine.kind}, since it was edited; by its values it is ${theirs.kind} now`,
      );
      return mine;
    }
    log.changes.push(`${mine.name} is ${theirs.kind} now, in place of ${base.kind}`);
    return withoutUndefined({ ...theirs, ...named, kind: theirs.kind });
  }
  const fields = mergeFields(mine.name, fieldsOf(base), fieldsOf(mine), fieldsOf(theirs), log);
  return { ...fields, name: mine.name, kind: mine.kind };
}

const fieldsOf = (column: DeclaredColumn): Fields => ({ ...column });

/** A column as JSON has it. */
function withoutUndefined(column: DeclaredColumn): DeclaredColumn {
  const entries = Object.entries(column).filter(([, value]) => value !== undefined);
  return { name: column.name, kind: column.kind, ...Object.fromEntries(entries) };
}

/** @param column whose fields they are; of the data set itself none */
function mergeFields(column: string, base: Fields, mine: Fields, theirs: Fields, log: Log): Fields {
  const merged: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
    const value = mergeField({ column, key, base: base[key], mine: mine[key], theirs: theirs[key] }, log);
    if (value !== undefined) merged[key] = value;
  }
  return merged;
}

interface Field {
  readonly column: string;
  readonly key: string;
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

function mergeField({ column, key, base, mine, theirs }: Field, log: Log): unknown {
  const isSame = isDeepStrictEqual;
  const name = column === '' ? key : `${column}: ${key}`;
  if (key === '$schema' || isSame(mine, theirs)) return mine;
  if (isSame(mine, base)) {
    if (key !== 'assumed') log.changes.push(changeOf(name, key, base, theirs));
    return theirs;
  }
  if (isSame(theirs, base)) return mine;
  if (key === 'levels' && isTexts(mine) && isTexts(base) && isTexts(theirs)) {
    const added = theirs.filter((level) => !base.includes(level) && !mine.includes(level));
    if (added.length > 0) log.changes.push(`${name} has new ones: ${shortList(added)}`);
    return [...mine, ...added];
  }
  if (key !== 'assumed')
    log.conflicts.push(`${name} stays ${shown(mine)}, as edited; by the file it would be ${shown(theirs)}`);
  return mine;
}

function changeOf(name: string, key: string, base: unknown, theirs: unknown): string {
  if (key === 'levels' && isTexts(base) && isTexts(theirs)) {
    const added = theirs.filter((level) => !base.includes(level));
    const gone = base.filter((level) => !theirs.includes(level));
    const parts = [
      ...(added.length > 0 ? [`new: ${shortList(added)}`] : []),
      ...(gone.length > 0 ? [`gone: ${shortList(gone)}`] : []),
    ];
    return `${name} follow the file (${parts.join('; ') || 'in another order'})`;
  }
  return `${name} is ${shown(theirs)} now, in place of ${shown(base)}`;
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

const shown = (value: unknown): string => (value === undefined ? 'not given' : shortList([JSON.stringify(value)]));
