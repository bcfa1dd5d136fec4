import { DataError } from '../core/errors.ts';
import { allFinite } from '../core/finite.ts';
import { columnName, type Matrix } from '../core/matrix.ts';
import { findNotFinite } from '../core/plain-data.ts';
import type { Regressor } from './estimator.ts';

/**
 * The same regressor, but refusing in a sentence what nothing can be learned from or predicted for, and a state that is
 * not finite.
 */
export function checked(regressor: Regressor): Regressor {
  const keepsMissing = regressor.encoding.missing === 'kept';
  const check = (x: Matrix) => {
    const { rows, columns, data } = x;
    if (data.length !== rows * columns)
      throw new DataError(`${data.length} numbers are not ${rows} rows of ${columns} columns`);
    if (allFinite(data)) return;
    for (let at = 0; at < data.length; at++) {
      const value = data[at] as number;
      if (Number.isFinite(value) || (keepsMissing && Number.isNaN(value))) continue;
      const remedy = keepsMissing ? 'it must be finite, or NaN where it is missing' : 'it must be finite';
      throw new DataError(`${columnName(x, at % columns)} is ${value} in row ${Math.floor(at / columns)}; ${remedy}`);
    }
  };
  return {
    ...regressor,
    fit(x, y, params, seed, options) {
      regressor.checkParams?.(params);
      check(x);
      if (x.rows === 0) throw new DataError('there are no rows to learn from');
      if (y.length !== x.rows) throw new DataError(`there are ${y.length} targets for ${x.rows} rows`);
      const wrong = allFinite(y) ? -1 : y.findIndex((value) => !Number.isFinite(value));
      if (wrong !== -1) throw new DataError(`the target of row ${wrong} is ${y[wrong]}; it must be finite`);
      const state = regressor.fit(x, y, params, seed, options);
      const place = findNotFinite(state);
      if (place !== undefined)
        throw new DataError(
          `what it learned is not finite (${place}): its parameters, or the values' scale, are too extreme`,
        );
      return state;
    },
    predict(state, x) {
      check(x);
      return regressor.predict(state, x);
    },
  };
}
