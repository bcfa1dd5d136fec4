import type { CoveredTrees } from '../../../../ml/trees/shap/tree-paths.ts';

/**
 * What trees say of a row of which some players are known: below a split of a player that is not, the mean of both sides by their cover.
 *
 * @param isKnown whether the player of a column is known
 */
function expected(trees: CoveredTrees, row: Float32Array, isKnown: (column: number) => boolean): number {
  const { feature, threshold, left, missingLeft, cover } = trees;
  const below = (node: number): number => {
    const column = feature[node] as number;
    if (column < 0) return threshold[node] as number;
    const children = left[node] as number;
    if (isKnown(column)) {
      const value = row[column] as number;
      const goesLeft = Number.isNaN(value) ? missingLeft[node] === 1 : value <= (threshold[node] as number);
      return below(goesLeft ? children : children + 1);
    }
    const all = cover[node] as number;
    const share = (child: number) => (all > 0 ? (cover[child] as number) / all : 0.5);
    return share(children) * below(children) + share(children + 1) * below(children + 1);
  };
  return trees.roots.reduce((sum, root) => sum + below(root), 0);
}

/** Shapley values by their definition: over all subsets of the players. */
export function bruteForce(trees: CoveredTrees, row: Float32Array, playerOf: Int32Array): Float64Array {
  const players = Math.max(...playerOf) + 1;
  const game = Float64Array.from({ length: 2 ** players }, (_, known) =>
    expected(trees, row, (column) => ((known >> (playerOf[column] as number)) & 1) === 1),
  );
  const orders = [1];
  for (let n = 1; n <= players; n++) orders.push((orders[n - 1] as number) * n);
  const factorial = (n: number) => orders[n] as number;
  return Float64Array.from({ length: players }, (_, player) => {
    let value = 0;
    for (let others = 0; others < game.length; others++) {
      if ((others >> player) & 1) continue;
      const size = others.toString(2).replaceAll('0', '').length;
      const weight = (factorial(size) * factorial(players - 1 - size)) / factorial(players);
      value += weight * ((game[others | (1 << player)] as number) - (game[others] as number));
    }
    return value;
  });
}
