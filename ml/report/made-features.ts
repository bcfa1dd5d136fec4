import type { Declaration } from '../data/declaration.ts';
import { type Model, partsOf } from '../estimators/model.ts';
import { plain } from './markdown.ts';

/** A comment is read at a glance. */
const MOST = 20;

/** Which columns the parts of a model make of the declared ones, in a sentence or two; nothing where they make none. */
export function madeFeatures(model: Model, { columns }: Declaration): string {
  const declared = new Set(columns.map(({ name }) => name));
  const parts = partsOf(model);
  const names = new Set(
    parts
      .flatMap(({ preprocessor }) => preprocessor.columns.map(({ column }) => column))
      .filter((n) => !declared.has(n)),
  );
  const shown = [...names].slice(0, MOST).map((name) => plain(name));
  const left = names.size - shown.length;
  const made = `Made of these columns: ${shown.join(' · ')}${left > 0 ? ` · … ${left} more` : ''}.`;
  const ofLogarithms = parts.filter(({ preprocessor }) => preprocessor.target !== null).length;
  const share = ofLogarithms === parts.length ? 'The model learns' : `${ofLogarithms} of ${parts.length} fits learn`;
  return [
    ...(names.size > 0 ? [made] : []),
    ...(ofLogarithms > 0 ? [`${share} the logarithm of the target.`] : []),
  ].join(' ');
}
