import { createRandom, type Random } from '../../../../ml/core/random.ts';
import type { CoveredTrees } from '../../../../ml/trees/shap/tree-paths.ts';
import { TreeBuilder } from '../../../../ml/trees/trees.ts';

interface TreeShape {
  readonly columns: number;
  readonly splits: number;
  /** Whether each split is below the one before, so that paths are long. */
  readonly isChain?: boolean;
}

/** Trees with random splits, of which some have nothing on a side, as far as their cover says. */
export function randomTrees(
  count: number,
  { columns, splits, isChain = false }: TreeShape,
  seed: number,
): CoveredTrees {
  const random = createRandom(seed);
  const builder = new TreeBuilder();
  for (let tree = 0; tree < count; tree++) growTree(builder, { columns, splits, isChain }, random);
  const { cover = new Float32Array(), ...trees } = builder.build();
  return { ...trees, cover };
}

function growTree(builder: TreeBuilder, { columns, splits, isChain }: Required<TreeShape>, random: Random): void {
  const root = builder.addTree();
  builder.setCover(root, 1000);
  let leaves = [{ node: root, cover: 1000 }];
  for (let split = 0; split < splits; split++) {
    const place = isChain ? leaves.length - 1 - random.below(2) : random.below(leaves.length);
    const [{ node, cover }] = leaves.splice(Math.max(0, place), 1) as [{ node: number; cover: number }];
    const left = builder.split(node, random.below(columns), random.uniform(), random.below(2) === 1);
    const share = random.below(5) === 0 ? random.below(2) : random.uniform();
    const children = [
      { node: left, cover: cover * share },
      { node: left + 1, cover: cover * (1 - share) },
    ];
    for (const child of children) builder.setCover(child.node, child.cover);
    leaves = [...leaves, ...children];
  }
  for (const { node } of leaves) builder.setLeaf(node, 10 * random.uniform() - 3);
}

/** Rows of numbers that trees split, some of them missing. */
export function randomRows(rows: number, columns: number, seed: number): Float32Array[] {
  const random = createRandom(seed);
  const cell = () => (random.below(7) === 0 ? Number.NaN : random.uniform());
  return Array.from({ length: rows }, () => Float32Array.from({ length: columns }, cell));
}
