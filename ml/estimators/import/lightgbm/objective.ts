import { DataError } from '../../../core/errors.ts';
import type { ImportedLink, ImportedModel } from '../imported-model.ts';

/** How the sums of trees become predictions, by objective. Of one that is not listed the sum is the prediction only where it is named so. */
const links: Readonly<Record<string, ImportedLink>> = {
  regression: 'identity',
  regression_l1: 'identity',
  huber: 'identity',
  fair: 'identity',
  quantile: 'identity',
  mape: 'identity',
  poisson: 'exp',
  gamma: 'exp',
  tweedie: 'exp',
  binary: 'logistic',
  multiclass: 'softmax',
  multiclassova: 'one-vs-all',
  cross_entropy: 'logistic',
  cross_entropy_lambda: 'softplus',
};

const classifiers: readonly string[] = ['binary', 'multiclass', 'multiclassova'];

/**
 * @param words those of the header's objective: its name, then its parameters: "binary sigmoid:1"
 * @throws DataError where the objective is not known, so that nobody knows what the sums mean
 */
export function readObjective(words: readonly string[]): Pick<ImportedModel, 'link' | 'linkScale' | 'predicts'> {
  const [name = '', ...parameters] = words;
  const link = Object.hasOwn(links, name) ? links[name]! : undefined;
  if (link === undefined)
    throw new DataError(
      `models of LightGBM of the objective "${name}" are not supported; those that are: ${Object.keys(links).join(', ')}`,
    );
  const predicts = classifiers.includes(name) ? 'classes' : 'number';
  if (parameters.includes('sqrt')) return { link: 'signed-square', predicts };
  const sigmoid = parameters.find((word) => word.startsWith('sigmoid:'))?.slice('sigmoid:'.length);
  if (sigmoid === undefined) return { link, predicts };
  const linkScale = Number(sigmoid);
  if (!(linkScale > 0 && Number.isFinite(linkScale)))
    throw new DataError(`the model of LightGBM is damaged: sigmoid is "${sigmoid}"`);
  return { link, linkScale, predicts };
}
