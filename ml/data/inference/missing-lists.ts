import type { ColumnView, Deduction } from './deduction.ts';
import { isMissingToken } from './missing-tokens.ts';

/** The texts that stand for "not known" in any column, by the columns where they do. */
export function sharedMissing(deductions: readonly Deduction[]): string[] {
  return [...new Set(deductions.flatMap(({ missing }) => missing.filter(isMissingToken)))];
}

/** A column's own list, in place of the shared one; undefined where that does. */
export function missingOf(
  { counts }: ColumnView,
  { is, missing }: Deduction,
  shared: readonly string[],
): readonly string[] | undefined {
  if (is.kind === 'identifier' || is.kind === 'constant' || is.kind === 'text' || is.kind === 'leaking')
    return undefined;
  // A number that is not known, or a level that is only elsewhere: NA among the codes of countries.
  const isOwn = missing.some((text) => !shared.includes(text));
  const isLevel = shared.some((text) => !missing.includes(text) && counts.has(text));
  if (!isOwn && !isLevel) return undefined;
  return isLevel ? missing : [...new Set([...shared, ...missing])];
}
