import { Derived } from '../core/derived.ts';
import { type Matrix, rowOf } from '../core/matrix.ts';
import { TreeShap } from '../trees/shap/tree-shap.ts';
import type { Trees } from '../trees/trees.ts';
import { type Contributions, ofOneOutput } from './contributions.ts';

interface SumOfTrees {
  /** What the trees are added to. @default 0 */
  readonly base?: number;
  /** What they are multiplied by. @default 1 */
  readonly scale?: number;
  readonly threads?: number | undefined;
}

const prepared = new Derived<Trees, TreeShap>();

/** What each column adds to a sum of trees, exactly; null where these were grown before trees knew their cover. */
export function treeContributions(
  trees: Trees,
  x: Matrix,
  { base = 0, scale = 1, threads = 1 }: SumOfTrees = {},
): Contributions | null {
  const { cover } = trees;
  if (!cover) return null;
  const { rows, columns } = x;
  const shap = prepared.of(trees, [columns, scale], () => new TreeShap({ ...trees, cover }, { columns, scale }));
  const values = shap.explain(rows, (row, into) => into.set(rowOf(x, row)), threads);
  return ofOneOutput({ rows, columns, base: base + shap.base, values });
}
