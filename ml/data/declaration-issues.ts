import type { z } from 'zod';
import type { Issue } from '../core/errors.ts';
import { shortList } from '../core/short-list.ts';
import { kindNames } from './kinds/index.ts';

const kinds = kindNames.map((name) => JSON.stringify(name));
const kindsInWords = `${kinds.slice(0, -1).join(', ')} or ${kinds.at(-1)}`;

/** What a failed check of a declaration says; the same mistake in several columns is one issue. */
export function declarationIssues(error: z.ZodError, json: unknown): Issue[] {
  const groups = new Map<string, { issue: Issue; key: string; columns: string[] }>();
  for (const issue of error.issues.flatMap(perKey)) {
    const path = issue.path.join('.');
    const message = messageOf(issue);
    const [first, index, ...rest] = issue.path;
    const isColumn = first === 'columns' && typeof index === 'number';
    const key = rest.filter((part) => typeof part === 'string').join('.');
    const id = isColumn ? `${key}: ${message}` : `${path}: ${message}`;
    const group = groups.get(id) ?? { issue: { path, message }, key, columns: [] };
    groups.set(id, group);
    if (isColumn) group.columns.push(columnName(json, index));
  }
  return [...groups.values()].map(({ issue, key, columns }) => {
    const distinct = [...new Set(columns)];
    if (distinct.length < 2) return issue;
    return {
      path: `columns.*.${key}`,
      message: `${issue.message}, in ${distinct.length} columns: ${shortList(distinct)}`,
    };
  });
}

/** An issue for each key that does not exist. */
function perKey(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'unrecognized_keys') return [issue];
  return issue.keys.map((key) => ({ ...issue, keys: [key], path: [...issue.path, key] }));
}

function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return 'there is no such key';
  if (issue.code === 'invalid_union' && issue.discriminator === 'kind') return `must be ${kindsInWords}`;
  if (issue.code === 'invalid_type') {
    if (issue.message.endsWith('received undefined')) return 'is missing';
    return `must be ${/^[aeio]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}`;
  }
  if (issue.code === 'too_small') {
    if (issue.origin === 'string') return 'must not be empty';
    if (issue.origin === 'array') return `needs at least ${issue.minimum} entries`;
    return `must be ${issue.inclusive ? 'at least' : 'above'} ${issue.minimum}`;
  }
  return issue.message;
}

/** A column's name, or its place where it has none. */
function columnName(json: unknown, index: number): string {
  const columns = (json as { columns?: unknown }).columns as readonly unknown[];
  const name = (columns[index] as { name?: unknown } | null)?.name;
  return typeof name === 'string' && name !== '' ? name : `number ${index + 1}`;
}
