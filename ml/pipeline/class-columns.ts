// The columns in which a CSV tells a class: the class itself, and how probable each is.

import { mostProbable } from '../core/most-probable.ts';
import type { Predictions } from '../core/predictions.ts';
import { headerKey } from '../data/header-key.ts';
import { distinctNames } from './distinct-names.ts';

const SEPARATOR = '; ';

/** The columns of a target with these levels: the most probable one, and the probability of each in declared order. @param write numbers */
export function classColumns(levels: readonly string[], write: (value: number) => string = String) {
  return {
    names: ['prediction', ...probabilityColumns(levels)],
    cellsOf(_: unknown, predictions: Predictions) {
      const { outputs, values } = predictions;
      return Array.from(mostProbable(predictions), (own, row) => [
        levels[own] as string,
        ...Array.from(values.subarray(row * outputs, (row + 1) * outputs), write),
      ]);
    },
  };
}

/**
 * A name for the probability of each level: `probability_` and the level in lower case, where whatever is no letter and no digit
 * becomes one underscore. Levels that would have the same name, as `<=50K` and `>50K`, have their places in the declaration too.
 */
export function probabilityColumns(levels: readonly string[]): string[] {
  const names = levels.map((level) => ['probability', ...wordsOf(level)].join('_'));
  const keys = names.map(headerKey);
  const isShared = (key: string) => keys.indexOf(key) !== keys.lastIndexOf(key);
  const isEmpty = (name: string) => name === 'probability';
  return distinctNames(
    names.map((name, i) => (isEmpty(name) || isShared(keys[i] as string) ? `${name}_${i + 1}` : name)),
  );
}

const wordsOf = (level: string) =>
  level
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];

/** The levels of a prediction set in one cell; one that the separator would tear, or a quote begins, is a JSON string. */
export function setText(set: readonly string[]): string {
  return set.map((level) => (/^"|;/.test(level) ? JSON.stringify(level) : level)).join(SEPARATOR);
}
