import type { Matrix } from '../../matrix.ts';
import { permutation } from '../../random.ts';
import { type Bootstrap, drawWeights } from './bootstrap.ts';
import { Candidates } from './candidates.ts';
import { binColumns } from './columns.ts';
import { FeatureIndex, type Features } from './features.ts';
import { type AnyCandidate, Fold, Grouped } from './fold.ts';
import { growTree } from './grow.ts';
import { leafValues } from './leaves.ts';
import { flatten, type GrownTree, type ObliviousTrees } from './oblivious-trees.ts';
import { PlainStatistics } from './plain-statistics.ts';
import type { RandomStream } from './random-stream.ts';
import { targetBorder } from './target-statistics.ts';

export interface BoostingOptions {
  readonly iterations: number;
  readonly learningRate: number;
  readonly depth: number;
  readonly l2: number;
  readonly leafIterations: number;
  readonly randomStrength: number;
  readonly bootstrap: Bootstrap;
  readonly cosine: boolean;
  readonly rsm: number;
  readonly borderCount: number;
  readonly oneHotMaxSize: number;
  readonly maxComplexity: number;
  readonly modelSizeReg: number;
  /** Whether the rows come in an order that means something, and is kept. */
  readonly hasTime: boolean;
}

export interface Boosted {
  readonly bias: number;
  readonly features: Features;
  readonly trees: ObliviousTrees;
}

/** How many random orders of the rows trees are grown in, in turn by chance; one more gives leaves their values. */
const GROWING_FOLDS = 3;

/**
 * Gradient boosting of oblivious trees.
 *
 * Source: Prokhorenkova et al. 2018, arXiv:1706.09516; CatBoost 1.2.
 */
export function boost(x: Matrix, y: Float64Array, options: BoostingOptions, random: RandomStream): Boosted {
  const target = Float64Array.from(Float32Array.from(y));
  const columns = binColumns(x, options.borderCount, options.oneHotMaxSize);
  const border = columns.categories.length > 0 ? targetBorder(target) : 0;
  const grouped = new Grouped(Uint8Array.from(target, (value) => (value > border ? 1 : 0)));
  const index = new FeatureIndex(columns, x.levels ?? Array.from({ length: x.columns }, () => 0), grouped);
  const candidates = new Candidates(columns, options, random);
  const bias = target.reduce((sum, value) => sum + value, 0) / target.length;
  const folds = makeFolds(columns.categories.length > 0, target.length, bias, { grouped, options, random });
  const averaging = folds[folds.length - 1]!;
  const growing = folds.length > 1 ? folds.slice(0, -1) : folds;

  const statistics = new PlainStatistics(target.length, options.depth, options.l2);
  const gradients = new Float64Array(target.length);
  const weights = new Float64Array(target.length);
  const leafOf = new Uint16Array(target.length);
  const trees: GrownTree[] = [];
  for (let iteration = 0; iteration < options.iterations; iteration++) {
    const fold = growing[growing.length > 1 ? random.below(growing.length) : 0]!;
    for (let i = 0; i < target.length; i++) gradients[i] = target[i]! - fold.approx[i]!;
    drawWeights(weights, gradients, options.bootstrap, trees.at(-1)?.values, random);
    statistics.begin(gradients, weights);
    const splits = growTree<AnyCandidate>(
      {
        statistics,
        depth: options.depth,
        cosine: options.cosine,
        noise: options.randomStrength * noiseOf(gradients, iteration * options.learningRate),
        random,
        candidates: (soFar) => candidates.of(fold, soFar),
        weight: (candidate) => candidates.weight(candidate),
        use: (candidate) => candidates.use(candidate),
      },
      leafOf,
    );
    let values = new Float64Array();
    for (const each of folds) {
      if (each !== fold || folds.length > 1) each.leaves(splits, leafOf);
      for (let i = 0; i < target.length; i++) gradients[i] = target[i]! - each.approx[i]!;
      values = leafValues(gradients, leafOf, 2 ** splits.length, options) as Float64Array<ArrayBuffer>;
      for (let i = 0; i < target.length; i++) each.approx[i]! += values[leafOf[i]!]!;
    }
    trees.push({ splits: splits.map((split) => index.of(split)), values });
  }
  void averaging;
  return { bias, features: index.build(), trees: flatten(trees) };
}

/**
 * The standard deviation of the noise on scores: that of the gradients about zero, fading as the model grows.
 *
 * Source: CatBoost 1.2, `random_score_type` NormalWithModelSizeDecrease.
 */
function noiseOf(gradients: Float64Array, modelLength: number): number {
  let squares = 0;
  for (let i = 0; i < gradients.length; i++) squares += gradients[i]! * gradients[i]!;
  const left = Math.exp(Math.log(gradients.length) - modelLength);
  return Math.sqrt(squares / gradients.length) * (left / (1 + left));
}

function makeFolds(
  needOrder: boolean,
  rows: number,
  start: number,
  { grouped, options, random }: { grouped: Grouped; options: BoostingOptions; random: RandomStream },
): Fold[] {
  const asTheyCome = Uint32Array.from({ length: rows }, (_, i) => i);
  if (!needOrder || options.hasTime) return [new Fold(asTheyCome, start, grouped)];
  return Array.from({ length: GROWING_FOLDS + 1 }, () => new Fold(permutation(rows, random), start, grouped));
}
