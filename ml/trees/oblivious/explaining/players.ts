import type { Features } from '../model/features.ts';
import { STATISTICS } from '../target-statistics/statistics.ts';

/** Whose a feature's contribution is. */
export interface Players {
  /** The player of each feature. */
  readonly of: Int32Array;
  /** The columns of each player, which share what it adds. */
  readonly columns: readonly (readonly number[])[];
}

/**
 * Features of the same columns are one player: a column's number, or all levels of a category with the statistics of it alone, or all
 * statistics of several categories together. What is answered by tests of a combination of categories counts as theirs.
 *
 * Source: CatBoost 1.2, `shap_prepared_trees.cpp`, "combination classes".
 */
export function playersOf({ numbers, levelColumns, tables }: Features): Players {
  const known = new Map<string, number>();
  const columns: (readonly number[])[] = [];
  const playerOf = (of: readonly number[]) => {
    const key = of.join();
    const player = known.get(key) ?? columns.push(of) - 1;
    known.set(key, player);
    return player;
  };
  const ofFeatures = [
    ...Array.from(numbers, (column) => playerOf([column])),
    ...Array.from(levelColumns, (column) => playerOf([column])),
    ...tables.flatMap((table) => new Array<number>(STATISTICS).fill(playerOf(Array.from(table.columns)))),
  ];
  return { of: Int32Array.from(ofFeatures), columns };
}
