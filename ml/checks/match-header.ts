import { DataError, type Issue } from '../core/errors.ts';
import type { Column } from '../data/declaration.ts';
import { type HeaderMatch, matchHeader } from '../data/header.ts';

/** Which declared columns a file has, and what is wrong with its header. */
interface HeaderCheck extends HeaderMatch {
  readonly issues: readonly Issue[];
}

/** Finds the declared columns as ingestion does, and goes on with those that are there, once each. */
export function checkHeader(
  header: readonly string[],
  file: string,
  required: readonly Column[],
  optional: readonly Column[],
): HeaderCheck {
  try {
    return { ...matchHeader(header, file, required, optional), issues: [] };
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    const issues = error.issues.length > 0 ? error.issues : [{ path: '', message: error.message }];
    const doubtful = new Set(issues.map(({ path }) => path));
    const usable = [...required, ...optional].filter(({ name }) => !doubtful.has(name));
    return { ...matchHeader(header, file, [], usable), issues };
  }
}
