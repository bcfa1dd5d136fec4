import type { Trees } from '../../trees/trees.ts';
import type { ModelInput } from './model-input.ts';

/**
 * A model that another program trained, as every parser of this folder gives it: exact, so that serving and contributions come from
 * the engines that are there. A parser reads bytes that somebody else wrote; whatever is wrong with them is a `DataError`.
 */
export interface ImportedModel {
  readonly format: ImportedFormat;
  /** In the model's own order, by which its tests and weights know them. */
  readonly features: readonly ImportedFeature[];
  /** What is summed, on top of `bases`. A tree that says several numbers is a tree for each output (`TreesWriter` makes them). */
  readonly body: ImportedTrees | ImportedLinear;
  /** Of each output what its sum starts from, before the link. */
  readonly bases: readonly number[];
  /** Whether sums are rounded to float32 after each tree, as the program does. */
  readonly precision: 'float32' | 'float64';
  /** What turns the sums of a row into what is predicted. */
  readonly link: ImportedLink;
  /** What sums are multiplied by before the link, as LightGBM's `sigmoid` parameter does. @default 1 */
  readonly linkScale?: number;
  /** Whether it tells classes apart by their probabilities, or says a number. A target of either kind may still take a model of one output that is a probability. */
  readonly predicts: 'number' | 'classes';
  /** The classes in the order of the model's outputs (of one output: the negative and the positive), as texts; null where the file does not say. */
  readonly classes: readonly string[] | null;
  /** What somebody should know whose predictions are others: a sentence without its full stop. */
  readonly note?: string;
}

/** Where it comes from, in the words that people read. */
export type ImportedFormat = {
  readonly name: 'XGBoost' | 'LightGBM' | 'CatBoost' | 'ONNX-ML';
  /** As the file says: "3.2.0"; null where it says none. */
  readonly version: string | null;
  /** What it was trained for, in the program's own words: "reg:squarederror", "TreeEnsembleClassifier". */
  readonly objective: string;
};

export interface ImportedFeature {
  /** As the file names it; null where it knows features by their order alone. */
  readonly name: string | null;
  /** A category's value is a code, a whole number from 0 on; one that is in no set of the model is −1, and a missing one NaN. */
  readonly kind: 'number' | 'category';
  /** Of a category of which the file knows texts, or how texts are hashed: the code of one, null of a text that it does not know. */
  readonly codeOf?: (text: string) => number | null;
  /** The texts that the file lists, for messages. */
  readonly levels?: readonly string[];
}

export type ImportedTrees = {
  readonly kind: 'trees';
  /** What trees compare: computed from features. `trees.feature` is an index of these. */
  readonly inputs: readonly ModelInput[];
  /** Tree t belongs to output t mod outputs. */
  readonly trees: Trees;
};

export type ImportedLinear = {
  readonly kind: 'linear';
  readonly inputs: readonly ModelInput[];
  /** inputs × outputs, row-major. */
  readonly weights: Float64Array;
  /** Of each output what is added besides, in the file's own precision. @default 0 */
  readonly intercepts?: Float64Array;
};

/**
 * - `identity`: the sum is the prediction (of classes: a probability for each, or of one output that of the positive)
 * - `exp`, `logistic`: its exponential, or the probability whose log-odds it is
 * - `softmax`: of an output for each class
 * - `one-vs-all`: the logistic of each class's sum, divided by their total
 * - `normalised`: outputs divided by their total, 0 below 0
 * - `sign`: 1 where the sum is above 0, else 0
 * - `signed-square`: its square, with its sign
 * - `softplus`: log(1 + exp(sum))
 */
export type ImportedLink =
  | 'identity'
  | 'exp'
  | 'logistic'
  | 'softmax'
  | 'one-vs-all'
  | 'normalised'
  | 'sign'
  | 'signed-square'
  | 'softplus';
