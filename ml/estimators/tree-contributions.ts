import { Derived } from '../core/derived.ts';
import { type Matrix, rowOf } from '../core/matrix.ts';
import { TreeShap } from '../trees/shap/tree-shap.ts';
import { type Trees, treesOfClass } from '../trees/trees.ts';
import { type Contributions, ofOneOutput } from './contributions.ts';

interface SumOfTrees {
  /** What the trees are added to. @default 0 */
  readonly base?: number;
  /** What they are multiplied by. @default 1 */
  readonly scale?: number;
  readonly threads?: number | undefined;
}

const prepared = new Derived<Trees, TreeShap>();
const preparedByClass = new Derived<Trees, TreeShap[]>();

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
  const shaps = preparedByClass.of(trees, [columns, outputs], () =>
    bases.map((_, k) => new TreeShap({ ...treesOfClass(trees, k, outputs), cover }, { columns })),
  );
  const values = new Float64Array(rows * outputs * columns);
  shaps.forEach((shap, k) => {
    const own = explain(shap, x, threads);
    for (let i = 0; i < rows; i++)
      values.set(own.subarray(i * columns, (i + 1) * columns), (i * outputs + k) * columns);
  });
  return { rows, columns, outputs, bases: Float64Array.from(shaps, (shap, k) => shap.base + bases[k]!), values };
}

function explain(shap: TreeShap, x: Matrix, threads: number): Float64Array {
  return shap.explain(x.rows, (row, into) => into.set(rowOf(x, row)), threads);
}
