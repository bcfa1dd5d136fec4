import { DataError } from '../../../../core/errors.ts';
import type { ImportedLink } from '../../imported-model.ts';
import type { Attributes } from '../attributes.ts';

/** What an operator makes of its sums. Logistics of several classes come to 1 here, which they need not in ONNX. */
export function linkOf(attributes: Attributes, outputs: number): ImportedLink {
  return linkBy(attributes.text('post_transform', 'NONE'), outputs);
}

export function linkBy(transform: string, outputs: number): ImportedLink {
  if (transform === 'NONE') return 'identity';
  if (transform === 'LOGISTIC') return outputs > 1 ? 'one-vs-all' : 'logistic';
  if (transform === 'SOFTMAX' && outputs > 1) return 'softmax';
  throw new DataError(
    `the ONNX model has the post_transform ${transform} of ${outputs} outputs, which is not supported`,
  );
}

/** The names of the classes. @throws DataError where there are fewer than two */
export function classNames(attributes: Attributes): readonly string[] {
  const texts = ['classlabels_strings', 'classlabels_string'].flatMap((name) => attributes.texts(name));
  const names = texts.length > 0 ? texts : attributes.numbersOf('classlabels_int64s', 'classlabels_ints').map(String);
  if (names.length < 2)
    throw new DataError(`the ONNX model has ${names.length} classes; a classifier has two at least`);
  return names;
}
