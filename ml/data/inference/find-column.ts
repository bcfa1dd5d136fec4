import { ParamError } from '../../core/errors.ts';
import { shortList } from '../../core/short-list.ts';
import { headerKey } from '../header-key.ts';

/**
 * The place of a column that somebody named: by its header as it is, else by header or name whatever their case and punctuation.
 *
 * @param option what named it
 * @throws ParamError where there is none, or several
 */
export function findColumn(
  given: string,
  option: string,
  headers: readonly string[],
  names: readonly string[],
): number {
  const exact = headers.indexOf(given.trim());
  if (exact >= 0) return exact;
  const key = headerKey(given);
  const found = headers.flatMap((header, j) =>
    headerKey(header) === key || headerKey(names[j] ?? '') === key ? [j] : [],
  );
  const [first, second] = found;
  if (first === undefined) throw new ParamError(`${option} ${given} names no column; there are: ${shortList(headers)}`);
  if (second !== undefined)
    throw new ParamError(`${option} ${given} may be ${headers[first]} or ${headers[second]}: give the header as it is`);
  return first;
}
