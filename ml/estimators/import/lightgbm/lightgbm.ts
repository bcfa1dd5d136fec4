import { DataError } from '../../../core/errors.ts';
import type { ImportedModel } from '../imported-model.ts';
import type { ModelFile } from '../model-file.ts';
import type { ModelFormat } from '../model-format.ts';
import { TreesWriter } from '../trees-writer.ts';
import { readFeatures } from './categories.ts';
import { readModelText } from './model-text.ts';
import { readObjective } from './objective.ts';
import { readTree, splitsBySets } from './tree.ts';

/** Models of LightGBM, as its `save_model` writes them: text, of version 2 on. */
export const lightGbm: ModelFormat = {
  title: 'LightGBM (text)',
  recognises: ({ bytes }) => /^tree\r?\n/.test(String.fromCharCode(...bytes.subarray(0, 6))),
  read,
};

/** What a score or a class may be at most of: each has a tree in every round. */
const MOST_OUTPUTS = 10_000;

function read(file: ModelFile): ImportedModel {
  if (file.text === null) throw new DataError('the model of LightGBM is damaged: it is not UTF-8');
  const text = readModelText(file.text);
  const { header, trees } = text;
  const objective = header.has('objective') ? header.words('objective') : ['none'];
  const outputs = header.whole('num_tree_per_iteration', 1);
  const classes = header.whole('num_class', 1);
  if (outputs !== classes || outputs > MOST_OUTPUTS || trees.length % outputs !== 0 || trees.length === 0)
    throw header.error(`there are ${trees.length} trees, ${outputs} in a round, of ${classes} classes`);

  const { predicts, ...link } = readObjective(objective);
  if ((link.link === 'softmax' || link.link === 'one-vs-all') !== outputs > 1)
    throw header.error(`the objective ${objective[0]} has ${outputs} outputs`);
  const features = readFeatures(text, new Set(trees.flatMap(splitsBySets)));
  // Random forests say the mean of their trees.
  const weight = header.has('average_output') ? outputs / trees.length : 1;
  const writer = new TreesWriter(features.length, outputs);
  trees.forEach((section, t) => {
    writer.addTree(readTree(section, t % outputs, weight));
  });
  return {
    format: { name: 'LightGBM', version: header.text('version'), objective: objective.join(' ') },
    features,
    body: writer.build(),
    bases: new Array<number>(outputs).fill(0),
    precision: 'float64',
    ...link,
    predicts,
    classes: null,
  };
}
