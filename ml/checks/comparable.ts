import { isDeepStrictEqual } from 'node:util';
import { shortList } from '../core/short-list.ts';
import type { Column, Declaration } from '../data/declaration.ts';
import { kindOf } from '../data/kinds/index.ts';
import { levelsOf } from './distributed.ts';

/** Why the values of a column mean something else now, in words; undefined where they can be compared. */
export function whyIncomparable(before: Column | undefined, now: Column): string | undefined {
  if (!before) return 'new: the release does not know it';
  if (kindOf(before).values !== kindOf(now).values) return `it is ${now.kind} now, and was ${before.kind}`;
  const [was, is] = [before, now].map((column) => kindOf(column).unit);
  return was === is ? undefined : `it is in ${is ?? 'no unit'} now, and was in ${was ?? 'no unit'}`;
}

/** A sentence for each way in which a declaration is another than that of a release; what it says of columns, not of titles. */
export function declaredOtherwise(before: Declaration, now: Declaration): string[] {
  const [earlier, later] = [before, now].map(({ columns }) => new Map(columns.map((column) => [column.name, column])));
  if (!earlier || !later) throw new Error('two declarations are two');
  const missingFrom = (others: ReadonlyMap<string, Column>, those: ReadonlyMap<string, Column>) =>
    [...those.keys()].filter((name) => !others.has(name));
  const roles = (['target', 'weight', 'group', 'time'] as const).filter((role) => before[role] !== now[role]);
  const changed = [...later.values()].filter((column) => {
    const other = earlier.get(column.name);
    return other !== undefined && !isDeepStrictEqual(meaningOf(other), meaningOf(column));
  });
  return [
    ...roles.map((role) => `its ${role} is ${now[role] ?? 'none'}, and was ${before[role] ?? 'none'}`),
    ...named('columns that are new', missingFrom(earlier, later)),
    ...named('columns that are gone', missingFrom(later, earlier)),
    ...named(
      'columns that are declared otherwise',
      changed.map(({ name }) => name),
    ),
  ];
}

const named = (what: string, names: readonly string[]) => (names.length === 0 ? [] : [`${what}: ${shortList(names)}`]);

/** What a column's values mean, without the words around. */
function meaningOf({ title, description, header, ...meaning }: Column): object {
  return meaning;
}

/**
 * The level as which either declaration of a column reads a text, so that both can be compared: itself where both know it, else
 * what stands for texts that are not listed.
 */
export function commonLevels(before: Column, now: Column): (level: string) => string {
  const other = otherOf(now) ?? otherOf(before);
  if (other === undefined) return (level) => level;
  const known = [before, now].map((column) => new Set(levelsOf(column)));
  return (level) => (known.every((levels) => levels.has(level)) ? level : other);
}

/** The level that stands for texts that are not listed. */
function otherOf(column: Column): string | undefined {
  return 'other' in column ? column.other : undefined;
}
