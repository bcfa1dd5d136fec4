import { ParamError } from '../../core/errors.ts';
import { columnName, type Matrix } from '../../core/matrix.ts';
import { shortList } from '../../core/short-list.ts';
import type { Directions } from '../../trees/binned/monotone.ts';
import type { GrowingParams } from './params.ts';

/**
 * The constraints by column; undefined where no column is constrained.
 *
 * @throws ParamError where one names a column that is not there
 */
export function directionsOf({ monotone_constraints }: GrowingParams, x: Matrix): Directions | undefined {
  const given = Object.entries(monotone_constraints ?? {});
  const names = Array.from({ length: x.columns }, (_, j) => columnName(x, j));
  const wrong = given.find(([name]) => !names.includes(name));
  if (wrong)
    throw new ParamError(
      `monotone_constraints names ${wrong[0]}, no column of numbers; those are: ${shortList(names)}`,
    );
  if (given.every(([, direction]) => direction === 0)) return undefined;
  const directions = new Int8Array(x.columns);
  for (const [name, direction] of given) directions[names.indexOf(name)] = direction;
  return directions;
}
