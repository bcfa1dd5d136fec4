import { FileValue } from '../file-values.ts';
import type { ImportedModel } from '../imported-model.ts';
import type { ModelFile } from '../model-file.ts';
import type { ModelFormat } from '../model-format.ts';
import { TreesWriter } from '../trees-writer.ts';
import { readFeatures } from './features.ts';
import { readObjective } from './objective.ts';
import { StatisticSplits } from './statistic-splits.ts';
import { readTree } from './tree.ts';

/** Models of CatBoost, as its `save_model` writes them with `format="json"`. */
export const catBoost: ModelFormat = {
  title: 'CatBoost (JSON)',
  recognises: ({ json }) => hasOwn(json?.value, 'features_info') && hasOwn(json?.value, 'model_info'),
  read,
};

const hasOwn = (value: unknown, key: string) =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key);

function read({ json }: ModelFile): ImportedModel {
  const file = new FileValue(json?.value, 'the model of CatBoost');
  const info = file.at('model_info');
  if (file.find('trees'))
    throw file.problem(
      'has trees that are not oblivious (grow_policy Depthwise or Lossguide), which are not supported: train with SymmetricTree',
    );
  const { objective, ...learned } = readObjective(info);
  const [scale, bases] = readScaleAndBias(file.at('scale_and_bias'));
  const outputs = bases.length;
  const isMulti = learned.link === 'softmax' || learned.link === 'one-vs-all';
  if (isMulti !== outputs > 1)
    throw file.at('scale_and_bias').problem(`is of ${outputs} outputs, the loss being ${objective}`);
  if (learned.classes && learned.classes.length !== Math.max(2, outputs))
    throw info.problem(`names ${learned.classes.length} classes of ${Math.max(2, outputs)}`);

  const features = readFeatures(file.at('features_info'));
  const statistics = new StatisticSplits(file, features);
  const writer = new TreesWriter(features.features.length, outputs);
  for (const tree of file.at('oblivious_trees').items())
    writer.addTree({ ...readTree(tree, outputs, features, statistics), weight: scale });
  return {
    format: { name: 'CatBoost', version: versionOf(info), objective },
    features: features.features,
    body: writer.build(),
    bases,
    precision: 'float64',
    ...learned,
  };
}

/** What the sums are multiplied by, and what is added to them: a number, or one for each output. */
function readScaleAndBias(value: FileValue): [number, number[]] {
  const [scale, bias] = value.items();
  if (scale === undefined || bias === undefined) throw value.problem('is no scale and bias');
  const biases = typeof bias.value === 'number' ? [bias.number()] : Array.from(bias.numbers());
  return [scale.number(), biases];
}

/** "1.2.10" of "… Branch: tags/v1.2.10 …". */
function versionOf(info: FileValue): string | null {
  const text = info.find('catboost_version_info')?.value;
  return (typeof text === 'string' && /\bv(\d+(?:\.\d+)+)/.exec(text)?.[1]) || null;
}
