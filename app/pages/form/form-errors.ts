import { clip, formatExact, type Issue } from '../../../ml/serving.ts';
import type { Field } from './field.ts';

// The summary lists a few errors, each in short; those of fields stand beside them too.
const MAX_LISTED = 20;
const MAX_OTHERS = 10;
const MAX_NAME = 80;

/** What is wrong with what was sent, of which there may be more than `issues` holds. */
export interface Refused {
  readonly issues: readonly Issue[];
  readonly total: number;
}

export interface FormErrors {
  /** The first errors of fields. */
  readonly listed: readonly { readonly name: string; readonly text: string }[];
  /** Errors that belong to no field of the form, and how many there are beyond those that are listed. */
  readonly others: readonly string[];
  /** Undefined where nothing is wrong. */
  readonly title: string | undefined;
}

export function formErrors(fields: readonly Field[], { issues, total }: Refused): FormErrors {
  const names = new Set(fields.map(({ column }) => column.name));
  const told = issues
    .filter(({ path }) => !names.has(path))
    .slice(0, MAX_OTHERS)
    .map(({ path, message }) => (path === '' ? message : `${clip(path, MAX_NAME)}: ${message}`));
  const listed = fields
    .flatMap(({ column, error }) => (error ? [{ name: column.name, text: `${column.title} ${error}` }] : []))
    .slice(0, MAX_LISTED);
  const rest = total - told.length - listed.length;
  return { listed, others: rest > 0 ? [...told, `… and ${formatExact(rest)} more`] : told, title: titleOf(total) };
}

function titleOf(total: number): string | undefined {
  if (total === 0) return undefined;
  return total === 1 ? 'One field needs another look' : `${formatExact(total)} fields need another look`;
}
