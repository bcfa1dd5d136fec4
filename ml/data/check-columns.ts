import type { z } from 'zod';
import { headerKey } from './header-key.ts';
import type { Column } from './kinds/index.ts';

/** The columns of a declaration, and what some of them are for. */
interface Roles {
  readonly columns: readonly Column[];
  readonly target: string;
  readonly positive?: string | undefined;
  readonly weight?: string | undefined;
  readonly group?: string | undefined;
  readonly time?: string | undefined;
}

/** Tells what is wrong between the columns of a declaration, and with those that it names for a purpose. */
export function checkColumns(roles: Roles, context: z.RefinementCtx): void {
  checkHeaders(roles.columns, context);
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
  if (target?.kind !== 'numeric' && target?.kind !== 'categorical')
    refuse('target', 'must name a numeric or categorical column');
  else if (positive !== undefined) checkPositive(target, positive, (message) => refuse('positive', message));
}

function checkPositive(target: Column, positive: string, refuse: (message: string) => void): void {
  const { name } = target;
  const isFor = 'is for a target of two levels';
  if (target.kind !== 'categorical') refuse(`${isFor}, and ${name} is a number: leave it out`);
  else if (target.levels.length !== 2) refuse(`${isFor}, and ${name} has ${target.levels.length}: leave it out`);
  else if (!target.levels.includes(positive)) refuse(`must be a level of ${name}: ${target.levels.join(' or ')}`);
}

function checkRoles(roles: Roles, refuse: Refuse): void {
  const { columns, target, weight, group } = roles;
  const named = (name: string) => columns.find((column) => column.name === name);
  checkTarget(named(target), roles.positive, refuse);
  const roleOf = new Map([[target, 'target']]);
  const check = (role: 'weight' | 'time' | 'group', kinds: readonly Column['kind'][], words: string) => {
    const name = roles[role];
    if (name === undefined) return undefined;
    const column = named(name);
    const other = roleOf.get(name);
    roleOf.set(name, role);
    if (other !== undefined) refuse(role, `must name another column than the ${other}`);
    else if (!column || !kinds.includes(column.kind)) refuse(role, `must name ${words} column`);
    else return column;
    return undefined;
  };
  const weights = check('weight', ['numeric'], 'a numeric');
  if (weights?.kind === 'numeric' && (weights.min ?? 0) < 0)
    refuse('weight', `must name a column whose min is at least 0; that of ${weight} is ${weights.min}`);
  check('time', ['numeric', 'date'], 'a numeric or date');
  check('group', ['numeric', 'categorical', 'identifier'], 'a numeric, categorical or identifier');
  const isFeature = ({ name, kind }: Column) => ![target, weight, group].includes(name) && kind !== 'identifier';
  const last = group !== undefined ? 'group' : weight !== undefined ? 'weight' : 'columns';
  if (!columns.some(isFeature)) refuse(last, 'leaves no column to predict from');
}
