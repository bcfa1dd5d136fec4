import { EarlyStopping, sinceLowest } from '../../core/early-stopping.ts';
import type { Matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { ColumnSampler } from '../../trees/binned/column-sampler.ts';
import { type GrowRules, TreeGrower } from '../../trees/binned/grow.ts';
import { TreeBuilder, type Trees } from '../../trees/trees.ts';
import type { Training } from '../estimator.ts';
import type { BoostingObjective } from './boosting-objective.ts';
import { directionsOf } from './directions.ts';
import type { Rows } from './learning-rows.ts';
import type { GrowingParams } from './params.ts';
import { Validation } from './validation.ts';

interface Fitting extends Pick<Training, 'threads' | 'onRound'> {
  readonly params: GrowingParams;
}

/**
 * Grows trees one round after the other, of one for each output, each on the gradients that the rounds before have left.
 *
 * @param held rows that tell when there are enough
 * @returns of each round the trees of all outputs, in their order
 */
export function boostTrees(
  objective: BoostingObjective,
  { learned, held }: { readonly learned: Rows; readonly held?: Rows },
  random: Random,
  { params: values, threads = 1, onRound }: Fitting,
): Trees {
  const { bases } = objective;
  const grower = new TreeGrower(learned.x, growRules(values, objective, learned.x), {
    ...objective.grower,
    outputs: bases.length,
    weights: learned.weights,
    threads,
  });
  try {
    const builder = new TreeBuilder();
    const columns = columnSampler(learned.x.columns, values, random);
    const leafRule = objective.leafRule?.(grower);
    const validation = held && new Validation(objective, held);
    const stopping = new EarlyStopping(sinceLowest(values.early_stopping_rounds ?? Infinity));
    for (const [output, { predictions }] of grower.outputs.entries()) predictions.fill(bases[output]!);
    for (let round = 0; round < values.n_estimators && !stopping.isOver; round++) {
      objective.differentiate(grower);
      for (let output = 0; output < bases.length; output++) {
        drawRows(grower.drawn, values.subsample, random);
        columns.beginTree();
        grower.grow(builder, columns, { leafRule, output });
      }
      if (validation) stopping.add(validation.add(builder.view()));
      onRound?.(round + 1, values.n_estimators);
    }
    return builder.build(validation && stopping.best * bases.length);
  } finally {
    grower.close();
  }
}

function growRules(values: GrowingParams, { maxDeltaStep }: BoostingObjective, x: Matrix): GrowRules {
  return {
    policy: values.grow_policy,
    maxDepth: values.max_depth,
    maxLeaves: values.max_leaves,
    alpha: values.reg_alpha,
    lambda: values.reg_lambda,
    gamma: values.gamma,
    minChildWeight: values.min_child_weight,
    maxDeltaStep,
    learningRate: values.learning_rate,
    maxBins: values.max_bin,
    directions: directionsOf(values, x),
  };
}

function columnSampler(columns: number, values: GrowingParams, random: Random): ColumnSampler {
  const shares = {
    byTree: values.colsample_bytree,
    byLevel: values.colsample_bylevel,
    byNode: values.colsample_bynode,
  };
  return new ColumnSampler(columns, shares, random);
}

/** Draws rows anew, each with the same chance. */
function drawRows(drawn: Uint8Array, subsample: number, random: Random): void {
  if (subsample === 1) return;
  for (let i = 0; i < drawn.length; i++) drawn[i] = random.uniform() < subsample ? 1 : 0;
}
