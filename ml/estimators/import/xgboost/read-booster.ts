import { DataError } from '../../../core/errors.ts';
import type { FileValue } from '../file-values.ts';
import type { ImportedLinear, ImportedTrees } from '../imported-model.ts';
import type { ModelInput } from '../model-input.ts';
import { TreesWriter } from '../trees-writer.ts';
import { readTree } from './read-tree.ts';

export interface BoosterShape {
  readonly features: number;
  readonly outputs: number;
  /** How many rounds count. @default all */
  readonly rounds?: number | undefined;
}

/** The trees or the weights of a model. */
export function readBooster(booster: FileValue, shape: BoosterShape): ImportedTrees | ImportedLinear {
  const name = booster.at('name').text();
  if (name === 'gbtree') return readTrees(booster.at('model'), shape, () => 1);
  if (name === 'dart') {
    const model = booster.at('gbtree').at('model');
    const weights = booster.at('weight_drop').numbers(model.at('trees').items().length);
    return readTrees(model, shape, (tree) => weights[tree]!);
  }
  if (name === 'gblinear') return readLinear(booster.at('model'), shape);
  throw new DataError(
    `the booster is ${JSON.stringify(name.slice(0, 60))}; those that can be imported are: gbtree, dart, gblinear`,
  );
}

/** A round is a tree, or a forest, of each output. */
const treesOfRound = (model: FileValue, outputs: number) =>
  outputs * (model.at('gbtree_model_param').find('num_parallel_tree')?.count() || 1);

/** How many rounds a model of trees has; undefined of a linear one. */
export function roundsOf(booster: FileValue, outputs: number): number | undefined {
  if (booster.at('name').text() === 'gblinear') return undefined;
  const model = (booster.find('gbtree') ?? booster).at('model');
  return Math.ceil(model.at('trees').items().length / treesOfRound(model, outputs));
}

function readTrees(
  model: FileValue,
  { features, outputs, rounds }: BoosterShape,
  weightOf: (tree: number) => number,
): ImportedTrees {
  const all = model.at('trees').items();
  const groups = model.at('tree_info').numbers(all.length);
  const trees = rounds === undefined ? all : all.slice(0, rounds * treesOfRound(model, outputs));
  const writer = new TreesWriter(features, outputs);
  trees.forEach((tree, k) => {
    writer.addTree({ ...readTree(tree), output: groups[k]!, weight: weightOf(k) });
  });
  return writer.build();
}

/** Weights by feature and output, and the intercepts behind them as those of an input that is always 1. */
function readLinear(model: FileValue, { features, outputs }: BoosterShape): ImportedLinear {
  const weights = model.at('weights').numbers((features + 1) * outputs);
  const inputs = Array.from(
    { length: features },
    (_, feature): ModelInput => ({ kind: 'number', feature, missing: 'zero' }),
  );
  return {
    kind: 'linear',
    inputs,
    weights: weights.slice(0, features * outputs),
    intercepts: weights.slice(features * outputs),
  };
}
