import { DataError } from '../../../core/errors.ts';
import type { FileValue } from '../file-values.ts';
import type { FileTree, NodeTest } from '../trees-writer.ts';

/** One tree as arrays of nodes, of which a leaf has no children and says its number where others have their threshold. */
export function readTree(tree: FileValue): Omit<FileTree, 'output' | 'weight'> {
  if ((tree.at('tree_param').find('size_leaf_vector')?.count() ?? 0) > 1)
    throw new DataError(
      "the leaves of its trees say several numbers (multi_strategy='multi_output_tree'); train it with one tree for each output",
    );
  const left = tree.at('left_children').numbers();
  const nodes = left.length;
  const of = (name: string) => tree.at(name).numbers(nodes);
  const right = of('right_children');
  const feature = of('split_indices');
  // Of a split by categories it is no number.
  const condition = tree.at('split_conditions').numbers(nodes, 'or missing');
  const missingLeft = of('default_left');
  const cover = of('sum_hessian');
  const categories = categoriesOf(tree, nodes);
  return {
    nodes,
    nodeAt(node) {
      // JSON has as many digits as tell a float32 from others, and no more.
      if (left[node] === -1) return { leaf: [Math.fround(condition[node]!)], cover: cover[node]! };
      const isLeft = missingLeft[node] === 1;
      const rest = { feature: feature[node]!, cover: cover[node]! };
      const values = categories(node);
      // Those of the set go right.
      if (values) {
        const test: NodeTest = { is: 'one-of', values, as: 'code' };
        return { ...rest, test, yes: right[node]!, no: left[node]!, missing: isLeft ? 'no' : 'yes' };
      }
      const test: NodeTest = { is: 'below', value: condition[node]!, as: 'float32' };
      return { ...rest, test, yes: left[node]!, no: right[node]!, missing: isLeft ? 'yes' : 'no' };
    },
  };
}

/** A function from a node to the categories that go right there; undefined where it compares numbers. */
function categoriesOf(tree: FileValue, nodes: number): (node: number) => readonly number[] | undefined {
  const types = tree.find('split_type')?.numbers(nodes);
  if (!types?.includes(1)) return () => undefined;
  const all = tree.at('categories').numbers();
  const owners = tree.at('categories_nodes').numbers();
  const starts = tree.at('categories_segments').numbers(owners.length);
  const sizes = tree.at('categories_sizes').numbers(owners.length);
  const places = new Map(Array.from(owners, (owner, k) => [owner, k]));
  return (node) => {
    if (types[node] !== 1) return undefined;
    const place = places.get(node);
    if (place === undefined) throw tree.problem(`has no categories of node ${node}, which splits by them`);
    const [start, size] = [starts[place]!, sizes[place]!];
    if (!(Number.isInteger(start) && Number.isInteger(size) && start >= 0 && size >= 0 && start + size <= all.length))
      throw tree.problem(`has no categories from ${start} to ${start + size}`);
    return Array.from(all.subarray(start, start + size));
  };
}
