import type { z } from 'zod';
import { headerKey } from './header-key.ts';
import { type Column, isReadable, kindOf, kindsFor } from './kinds/index.ts';

/** The columns of a declaration, and what some of them are for. */
interface Roles {
  readonly columns: readonly Column[];
  readonly target: string;
  readonly positive?: string | undefined;
  readonly weight?: string | undefined;
  readonly group?: string | undefined;
  readonly time?: string | undefined;
  readonly missing?: readonly string[] | undefined;
  readonly decimal?: '.' | ',' | undefined;
  readonly thousands?: string | undefined;
}

/** Tells what is wrong between the columns of a declaration, and with those that it names for a purpose. */
export function checkColumns(roles: Roles, context: z.RefinementCtx): void {
  checkHeaders(roles.columns, context);
  checkMissing(roles, context);
  checkNumbers(roles, context);
  checkRoles(roles, (role, message) => context.addIssue({ code: 'custom', path: [role], message }));
}

function checkHeaders(columns: readonly Column[], context: z.RefinementCtx): void {
  const owners = new Map<string, string>();
  columns.forEach((column, i) => {
    for (const at of ['name', 'header'] as const) {
      const text = column[at];
      if (text === undefined) continue;
      const owner = owners.get(headerKey(text));
      if (owner !== undefined && owner !== column.name) {
        const message = `reads like ${owner}: CSV headers could not tell them apart`;
        context.addIssue({ code: 'custom', path: ['columns', i, at], message });
      }
      owners.set(headerKey(text), column.name);
    }
  });
}

type Refuse = (role: keyof Roles, message: string) => void;

function checkTarget(target: Column | undefined, positive: string | undefined, refuse: Refuse): void {
  if (!target || !kindsFor('target').includes(target.kind))
    refuse('target', `must name ${aColumnOf(kindsFor('target'))}`);
  else if (positive !== undefined) checkPositive(target, positive, (message) => refuse('positive', message));
}

function checkPositive(target: Column, positive: string, refuse: (message: string) => void): void {
  const { name } = target;
  const { levels } = kindOf(target);
  const isFor = 'is for a target of two levels';
  if (!levels) refuse(`${isFor}, and ${name} is a number: leave it out`);
  else if (levels.length !== 2) refuse(`${isFor}, and ${name} has ${levels.length}: leave it out`);
  else if (!levels.includes(positive)) refuse(`must be a level of ${name}: ${levels.join(' or ')}`);
}

function checkRoles(roles: Roles, refuse: Refuse): void {
  const { columns, target, weight, group } = roles;
  const named = (name: string) => columns.find((column) => column.name === name);
  checkTarget(named(target), roles.positive, refuse);
  const roleOf = new Map([[target, 'target']]);
  const check = (role: 'weight' | 'time' | 'group') => {
    const name = roles[role];
    if (name === undefined) return undefined;
    const column = named(name);
    const other = roleOf.get(name);
    roleOf.set(name, role);
    if (other !== undefined) refuse(role, `must name another column than the ${other}`);
    else if (!column || !kindsFor(role).includes(column.kind)) refuse(role, `must name ${aColumnOf(kindsFor(role))}`);
    else return column;
    return undefined;
  };
  const weights = check('weight');
  const lightest = (weights && kindOf(weights).limits.min) ?? 0;
  if (lightest < 0) refuse('weight', `must name a column whose min is at least 0; that of ${weight} is ${lightest}`);
  check('time');
  check('group');
  const isFeature = (column: Column) => ![target, weight, group].includes(column.name) && isReadable(column);
  const last = group !== undefined ? 'group' : weight !== undefined ? 'weight' : 'columns';
  if (!columns.some(isFeature)) refuse(last, 'leaves no column to predict from');
}

/** A column of some kinds, in words: "a numeric or date column". */
const aColumnOf = (kinds: readonly string[]) =>
  `a ${new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(kinds)} column`;

/** A text cannot both be a level and say that no level is known. */
function checkMissing({ columns, missing = [] }: Roles, context: z.RefinementCtx): void {
  columns.forEach((column, i) => {
    const texts = column.missing ?? missing;
    const level = kindOf(column).levels?.find((each) => texts.includes(each));
    if (level === undefined) return;
    const message = `has ${JSON.stringify(level)}, which is a level too: give the column a "missing" of its own without it, or take the level out`;
    context.addIssue({ code: 'custom', path: ['columns', i, 'missing'], message });
  });
}

/** Decimals and thousands must be told apart. */
function checkNumbers({ decimal = '.', thousands }: Roles, context: z.RefinementCtx): void {
  if (decimal !== thousands) return;
  const message = `must be another character than that before decimals, ${JSON.stringify(decimal)}: say that by "decimal"`;
  context.addIssue({ code: 'custom', path: ['thousands'], message });
}
