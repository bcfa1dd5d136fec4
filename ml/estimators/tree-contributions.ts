import { Derived } from '../core/derived.ts';
import { type Matrix, rowOf } from '../core/matrix.ts';
import { shareAt } from '../trees/class-shares.ts';
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
  return ofOneOutput({ rows, columns, base: base + shap.base, values: explain(shap, x, threads) });
}

/** The same of trees of several classes, each of which has its own sum, on top of its own base. */
export function treeContributionsByClass(
  trees: Trees,
  x: Matrix,
  bases: readonly number[],
  threads = 1,
): Contributions | null {
  const { cover } = trees;
  if (!cover) return null;
  const { rows, columns } = x;
  const outputs = bases.length;
  const shap = prepared.of(trees, [columns, outputs], () => new TreeShap({ ...trees, cover }, { columns, outputs }));
  const all = Float64Array.from(bases, (base, k) => base + shap.bases[k]!);
  return { rows, columns, outputs, bases: all, values: explain(shap, x, threads) };
}

/** What each column adds to the mean of what trees say of classes: to the share of class 1, or, of several, of each. */
export function shareContributions(trees: Trees, x: Matrix, threads = 1): Contributions | null {
  const { cover, shares, roots, threshold } = trees;
  const scale = 1 / roots.length;
  if (!cover) return null;
  if (!shares) {
    const ofOne = treeContributions(trees, x, { scale, threads });
    return ofOne && { ...ofOne, scale: 'probability' };
  }
  const { rows, columns } = x;
  const outputs = shares.classes;
  const valueAt = (leaf: number, k: number) => scale * shareAt(shares, threshold[leaf]!, k);
  const shap = prepared.of(trees, [columns], () => new TreeShap({ ...trees, cover }, { columns, outputs, valueAt }));
  return { rows, columns, outputs, bases: shap.bases.slice(), values: explain(shap, x, threads), scale: 'probability' };
}

function explain(shap: TreeShap, x: Matrix, threads: number): Float64Array {
  return shap.explain(x.rows, (row, into) => into.set(rowOf(x, row)), threads);
}
