import { DataError } from '../../../core/errors.ts';
import { type Columns, MOST_COLUMNS, sizeOf, tooManyColumns } from './columns.ts';
import { damaged } from './damaged.ts';
import type { Graph, Node } from './graph.ts';
import {
  binarizer,
  calculate,
  castColumns,
  imputer,
  labelEncoder,
  oneHotEncoder,
  pick,
  scaler,
} from './operators/columns.ts';
import { treeEnsembleClassifier, treeEnsembleRegressor } from './operators/ensembles.ts';
import { linearClassifier, linearRegressor, sumOf } from './operators/linear.ts';
import { classNames } from './operators/post-transforms.ts';
import { isSameShape } from './operators/shapes.ts';
import { treeEnsemble } from './operators/tree-ensemble.ts';
import { normalised, type Scores, type Total, withLink } from './scores.ts';
import type { Tensor } from './tensor.ts';

type Value = Columns | Scores | Total;

/**
 * Follows a model's operators from its inputs to what it predicts, without a row: what each makes is known by how it is worked out.
 *
 * @param inputs what the model is given, by name
 * @param wanted the name of what it predicts
 * @throws DataError naming the operator that is not known, or used in a way that is not
 */
export function interpret(graph: Graph, inputs: ReadonlyMap<string, Columns>, wanted: string): Scores {
  const values = new Map<string, Value>(inputs);
  const needed = neededFor(graph, wanted);
  let made = 0;
  for (const node of graph.nodes) {
    if (!needed.has(node)) continue;
    const value = new Step(node, values, graph.initializers).run();
    if (value.is === 'columns') made += sizeOf(value);
    if (made > MOST_COLUMNS) throw tooManyColumns();
    // Of classifiers the second output is of probabilities; the first, the class, is not looked at.
    values.set(node.outputs[value.is === 'scores' && node.outputs.length > 1 ? 1 : 0] ?? '', value);
  }
  const value = values.get(wanted);
  if (value?.is === 'scores') return value;
  throw new DataError(`the ONNX model has no trees and no weights that make ${wanted}`);
}

/** The nodes that lead to a value. */
function neededFor({ nodes }: Graph, wanted: string): Set<Node> {
  const makers = new Map(nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)));
  const needed = new Set<Node>();
  const open = [wanted];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const node = makers.get(name);
    if (!node || needed.has(node)) continue;
    needed.add(node);
    open.push(...node.inputs);
  }
  return needed;
}

/** One operator, with what it is given. */
class Step {
  readonly #node: Node;
  readonly #values: ReadonlyMap<string, Value>;
  readonly #constants: ReadonlyMap<string, Tensor>;

  constructor(node: Node, values: ReadonlyMap<string, Value>, constants: ReadonlyMap<string, Tensor>) {
    this.#node = node;
    this.#values = values;
    this.#constants = constants;
  }

  run(): Value {
    const node = this.#node;
    const { operator } = node;
    switch (operator) {
      case 'TreeEnsembleRegressor':
        return treeEnsembleRegressor(node, this.#columns(0).columns);
      case 'TreeEnsembleClassifier':
        return treeEnsembleClassifier(node, this.#columns(0).columns);
      case 'TreeEnsemble':
        return treeEnsemble(node, this.#columns(0).columns);
      case 'LinearRegressor':
        return linearRegressor(node, this.#columns(0).columns);
      case 'LinearClassifier':
        return linearClassifier(node, this.#columns(0).columns);
      case 'MatMul':
        return sumOf('MatMul', this.#columns(0).columns, this.#constant(1).numbers);
      case 'Scaler':
        return scaler(node, this.#columns(0));
      case 'Imputer':
        return imputer(node, this.#columns(0));
      case 'OneHotEncoder':
        return oneHotEncoder(node, this.#columns(0));
      case 'LabelEncoder':
        return labelEncoder(node, this.#columns(0));
      case 'Binarizer':
        return binarizer(node, this.#columns(0));
      case 'Concat':
        return this.#concat();
      case 'Gather':
        return pick(operator, this.#columns(0), this.#axisOne(0, this.#constant(1).numbers));
      case 'ArrayFeatureExtractor':
        return pick(operator, this.#columns(0), this.#constant(1).numbers);
      case 'Identity':
        return this.#value(0);
      case 'Cast':
        return this.#cast();
      case 'Reshape':
      case 'Flatten':
      case 'Squeeze':
        return this.#reshape();
      case 'Add':
      case 'Sub':
      case 'Mul':
      case 'Div':
        return this.#arithmetic();
      case 'Exp':
        return withLink(this.#scores(0), 'exp');
      case 'Sigmoid':
        return withLink(this.#scores(0), 'logistic');
      case 'Softmax':
        return withLink(this.#scores(0), 'softmax');
      case 'Abs':
        return this.#probabilities();
      case 'ReduceSum':
        return { is: 'total', of: this.#probabilities() };
      case 'Normalizer':
        return this.#normalizer();
      case 'ZipMap':
        return this.#zipMap();
      default:
        throw new DataError(`the ONNX model has the operator ${operator}, which is not supported`);
    }
  }

  #value(at: number): Value {
    const name = this.#node.inputs[at] ?? '';
    const value = this.#values.get(name);
    if (value) return value;
    throw this.#unsupported(
      this.#constants.has(name) ? 'of a constant' : `of ${JSON.stringify(name)}, which no operator before it makes`,
    );
  }

  #columns(at: number): Columns {
    const value = this.#value(at);
    if (value.is === 'columns') return value;
    throw this.#unsupported('of what a model predicts');
  }

  #scores(at: number): Scores {
    const value = this.#value(at);
    if (value.is === 'scores') return value;
    throw this.#unsupported('of columns');
  }

  /** Scores that are not negative, and so their own absolute values. */
  #probabilities(): Scores {
    const scores = this.#scores(0);
    if (scores.link === 'logistic' || scores.link === 'softmax') return scores;
    throw this.#unsupported('of what is no probability');
  }

  #constant(at: number): Tensor {
    const constant = this.#constants.get(this.#node.inputs[at] ?? '');
    if (constant) return constant;
    throw this.#unsupported('by what is no constant');
  }

  #axisOne<T>(otherwise: number, value: T): T {
    const axis = this.#node.attributes.number('axis', otherwise);
    if (axis !== 1 && axis !== -1) throw this.#unsupported(`along axis ${axis}`);
    return value;
  }

  #concat(): Columns {
    const all = this.#node.inputs.map((_, at) => this.#columns(at));
    if (all.some(({ isCube }) => isCube)) throw this.#unsupported('of what has three dimensions');
    return this.#axisOne(Number.NaN, { is: 'columns', columns: all.flatMap(({ columns }) => columns) });
  }

  #cast(): Value {
    const value = this.#value(0);
    return value.is === 'columns' ? castColumns(this.#node, value) : value;
  }

  #reshape(): Value {
    const value = this.#value(0);
    if (value.is === 'total') return value;
    const width = value.is === 'columns' ? value.columns.length : value.bases.length;
    if (this.#node.operator === 'Reshape' && !isSameShape(this.#constant(1).numbers, width))
      throw this.#unsupported(`of ${width} columns to [${this.#constant(1).numbers.join()}]`);
    if (this.#node.operator === 'Squeeze' && width > 1) throw this.#unsupported(`of ${width} columns`);
    return value.is === 'columns' ? { is: 'columns', columns: value.columns } : value;
  }

  #arithmetic(): Value {
    const { operator } = this.#node;
    const value = this.#value(0);
    if (value.is === 'total') throw this.#unsupported('of a total');
    if (value.is === 'scores' && operator === 'Div') {
      const by = this.#values.get(this.#node.inputs[1] ?? '');
      if (by?.is === 'total' && by.of === value) return normalised(value);
    }
    const { numbers } = this.#constant(1);
    return value.is === 'columns' ? calculate(operator, value, numbers) : this.#calculateScores(value, numbers);
  }

  #calculateScores(scores: Scores, numbers: readonly number[]): Scores {
    const { operator } = this.#node;
    const { bases, scale, link } = scores;
    if (link !== 'identity') throw this.#unsupported('of predictions');
    if (operator === 'Add' || operator === 'Sub') {
      if (![1, bases.length].includes(numbers.length)) throw this.#unsupported(`by ${numbers.length} numbers`);
      const sign = operator === 'Add' ? 1 : -1;
      return { ...scores, bases: bases.map((base, k) => base + sign * numbers[numbers.length === 1 ? 0 : k]!) };
    }
    if (numbers.length !== 1) throw this.#unsupported(`by ${numbers.length} numbers`);
    const factor = operator === 'Mul' ? numbers[0]! : 1 / numbers[0]!;
    return { ...scores, scale: scale * factor, bases: bases.map((base) => base * factor) };
  }

  #normalizer(): Scores {
    const norm = this.#node.attributes.text('norm', 'MAX');
    const scores = this.#scores(0);
    if (norm !== 'L1' || scores.predicts !== 'classes') throw this.#unsupported(`by ${norm}`);
    return scores.bases.length === 1 ? scores : normalised(scores);
  }

  #zipMap(): Scores {
    const scores = this.#scores(0);
    const classes = classNames(this.#node.attributes);
    if (classes.length !== Math.max(2, scores.bases.length)) throw damaged(`ZipMap names ${classes.length} classes`);
    return { ...scores, predicts: 'classes', classes };
  }

  #unsupported(how: string): DataError {
    return new DataError(`the ONNX model has the operator ${this.#node.operator} ${how}, which is not supported`);
  }
}
