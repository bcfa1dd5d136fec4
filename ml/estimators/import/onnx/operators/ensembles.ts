import { DataError } from '../../../../core/errors.ts';
import type { Attributes } from '../attributes.ts';
import type { Column } from '../columns.ts';
import { damaged } from '../damaged.ts';
import type { Node } from '../graph.ts';
import { type Scores, withLink } from '../scores.ts';
import { type LeafLists, readTrees } from '../tree-ensemble.ts';
import { classNames, linkOf } from './post-transforms.ts';

/** Trees that say numbers. */
export function treeEnsembleRegressor({ operator, attributes }: Node, columns: readonly Column[]): Scores {
  const outputs = attributes.number('n_targets', 1);
  if (outputs !== 1) throw new DataError(`the ONNX model predicts ${outputs} numbers; one is supported`);
  const leaves = readLeaves(attributes, 'target');
  const trees = readTrees(attributes, columns, outputs, leaves);
  const aggregate = attributes.text('aggregate_function', 'SUM');
  if (aggregate !== 'SUM' && aggregate !== 'AVERAGE')
    throw new DataError(`the ONNX model takes the ${aggregate} of its trees, which is not supported`);
  const scores: Scores = {
    is: 'scores',
    objective: operator,
    body: { is: 'trees', trees },
    scale: aggregate === 'AVERAGE' ? 1 / Math.max(1, trees.length) : 1,
    bases: basesOf(attributes, outputs),
    link: 'identity',
    predicts: 'number',
    classes: null,
  };
  return withLink(scores, linkOf(attributes, outputs));
}

/** Trees that say how probable classes are: a number for each, or of two classes one number, of the second. */
export function treeEnsembleClassifier({ operator, attributes }: Node, columns: readonly Column[]): Scores {
  const classes = classNames(attributes);
  const leaves = readLeaves(attributes, 'class');
  const isOne = classes.length === 2 && new Set(leaves.outputs).size === 1;
  const outputs = isOne ? 1 : classes.length;
  const own = isOne ? { ...leaves, outputs: leaves.outputs.map(() => 0) } : leaves;
  const link = linkOf(attributes, outputs);
  const bases = attributes.numbersOf('base_values', 'base_values_as_tensor');
  if (link === 'identity' && (leaves.weights.some((weight) => weight < 0) || (isOne && bases.length === 2)))
    throw new DataError(
      'the ONNX model gives scores of classes in place of probabilities: convert it without raw_scores',
    );
  const scores: Scores = {
    is: 'scores',
    objective: operator,
    body: { is: 'trees', trees: readTrees(attributes, columns, outputs, own) },
    scale: 1,
    bases: isOne && bases.length === 2 ? bases.slice(1) : basesOf(attributes, outputs),
    link: 'identity',
    predicts: 'classes',
    classes,
  };
  return withLink(scores, link);
}

/** @param of "target" or "class" */
function readLeaves(attributes: Attributes, of: 'target' | 'class'): LeafLists {
  const outputs = attributes.numbers(`${of}_ids`);
  const nodes = attributes.numbers(`${of}_nodeids`);
  const trees = attributes.numbers(`${of}_treeids`);
  const weights = attributes.numbersOf(`${of}_weights`, `${of}_weights_as_tensor`);
  if ([nodes, trees, weights].some(({ length }) => length !== outputs.length))
    throw damaged(`the lists of what leaves say are not of one length`);
  return { outputs, nodes, trees, weights };
}

function basesOf(attributes: Attributes, outputs: number): readonly number[] {
  const bases = attributes.numbersOf('base_values', 'base_values_as_tensor');
  if (bases.length === 0) return new Array<number>(outputs).fill(0);
  if (bases.length !== outputs) throw damaged(`there are ${bases.length} base values of ${outputs} outputs`);
  return bases;
}
