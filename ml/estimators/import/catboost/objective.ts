import type { FileValue } from '../file-values.ts';
import type { ImportedLink, ImportedModel } from '../imported-model.ts';

/** How the sums of trees become predictions, by loss: what is compared with the target there. */
const links: Readonly<Record<string, ImportedLink>> = {
  RMSE: 'identity',
  MAE: 'identity',
  Quantile: 'identity',
  Expectile: 'identity',
  MAPE: 'identity',
  Lq: 'identity',
  Huber: 'identity',
  LogCosh: 'identity',
  Poisson: 'exp',
  Tweedie: 'exp',
  LogLinQuantile: 'exp',
  Logloss: 'logistic',
  CrossEntropy: 'logistic',
  Focal: 'logistic',
  MultiClass: 'softmax',
  MultiClassOneVsAll: 'one-vs-all',
};

const classifiers: readonly string[] = ['Logloss', 'Focal', 'MultiClass', 'MultiClassOneVsAll'];

/** What was learned, from `model_info`, and the classes, whose names are in the order of the outputs. */
export function readObjective(
  info: FileValue,
): Pick<ImportedModel, 'link' | 'predicts' | 'classes'> & { readonly objective: string } {
  const type = info.at('params').at('loss_function').at('type');
  const objective = type.text();
  const link = Object.hasOwn(links, objective) ? links[objective] : undefined;
  if (link === undefined)
    throw type.problem(`is "${objective}", which is not supported; those that are: ${Object.keys(links).join(', ')}`);
  if (!classifiers.includes(objective)) return { objective, link, predicts: 'number', classes: null };
  const names = info.find('class_params')?.find('class_names');
  const classes = names === undefined ? null : names.items().map((name) => className(name));
  return { objective, link, predicts: 'classes', classes: classes?.length ? classes : null };
}

function className(name: FileValue): string {
  if (['string', 'number', 'boolean'].includes(typeof name.value)) return String(name.value);
  throw name.problem('is no name of a class');
}
