import { DataError } from '../../core/errors.ts';
import { decideNumeric } from './decide-numeric.ts';
import type { DeducedColumn } from './deduce-columns.ts';
import { type Deduction, deduced, isKeptOut } from './deduction.ts';
import { sampleValues } from './sample-values.ts';
import { type Suspicion, suspectGroup, suspectTime } from './time-and-group.ts';

export type Role = 'target' | 'weight' | 'group' | 'time';

/** Columns that somebody named for a purpose; null says that there is none, and nothing is a suspicion that is strong. */
export interface WantedRoles {
  readonly weight?: string | undefined;
  readonly group?: string | null | undefined;
  readonly time?: string | null | undefined;
}

export interface Roles {
  /** By the place of a column. */
  readonly roles: ReadonlyMap<number, Role>;
  /** The columns, each as its role needs it, and with what is to be looked at. */
  readonly deduced: readonly DeducedColumn[];
}

/** Finds which rows belong together and when they were, as somebody said, or as the columns themselves show. A weight is never guessed. */
export function rolesOf(
  columns: readonly DeducedColumn[],
  target: number,
  { weight, group, time }: WantedRoles,
  at: (given: string, option: string) => number,
): Roles {
  const roles = new Map<number, Role>([[target, 'target']]);
  const all = [...columns];
  if (weight !== undefined) {
    const chosen = at(weight, '--weight');
    roles.set(chosen, 'weight');
    all[chosen] = asWeight(all[chosen] as DeducedColumn);
  }
  const wanted = columns[target] as DeducedColumn;
  const targets = sampleValues(wanted.view, wanted.deduction);
  const give = (
    role: 'group' | 'time',
    given: string | null | undefined,
    suspect: (column: DeducedColumn) => Suspicion | undefined,
  ) => {
    if (given === null) return;
    const named = given === undefined ? undefined : at(given, `--${role}`);
    const suspected = columns.map((column, j) => (named === undefined && !roles.has(j) ? suspect(column) : undefined));
    const strong = suspected.flatMap((each, j) => (each?.isStrong ? [j] : []));
    // Of several, somebody is to say which.
    const chosen = named ?? (strong.length === 1 ? strong[0] : undefined);
    suspected.forEach((each, j) => {
      if (each && j !== chosen)
        all[j] = withLook(
          all[j] as DeducedColumn,
          `${each.reason}; "${role}": "${columns[j]?.name}" if ${purpose[role]}`,
        );
    });
    if (chosen === undefined) return;
    roles.set(chosen, role);
    all[chosen] = asRole(all[chosen] as DeducedColumn, role, suspected[chosen]?.reason ?? 'as given');
  };
  give('time', time, ({ view, deduction }) => suspectTime(view, deduction, targets));
  give('group', group, ({ view, deduction }) => suspectGroup(view, deduction));
  return { roles, deduced: all };
}

const purpose = {
  group: 'what is predicted belongs to others than those learned from',
  time: 'what is predicted comes later than what is learned from',
} as const;

const withLook = (column: DeducedColumn, sentence: string): DeducedColumn => ({
  ...column,
  deduction: { ...column.deduction, look: [...column.deduction.look, sentence] },
});

/** Of 0 and 1, which may be no and yes, or of one number alone, a weight is a number all the same. @throws DataError where it has texts */
function asWeight(column: DeducedColumn): DeducedColumn {
  if (column.deduction.is.kind === 'numeric') return column;
  const deduction = decideNumeric(column.view);
  if (deduction) return { ...column, deduction };
  throw new DataError(
    `the weight ${column.view.summary.header} has texts that are no numbers: how much a row counts is a number of at least 0; name another column by --weight`,
  );
}

/** Of a group each text is to be known, the rare ones too. */
function asRole(column: DeducedColumn, role: 'group' | 'time', reason: string): DeducedColumn {
  const { is } = column.deduction;
  const isKept = role === 'time' || is.kind === 'numeric' || is.kind === 'identifier';
  const deduction: Deduction = isKept
    ? { ...column.deduction, why: reason }
    : deduced({ kind: 'identifier', reason }, reason);
  return { ...column, deduction: { ...deduction, look: isKeptOut(is) && role === 'group' ? [] : deduction.look } };
}
