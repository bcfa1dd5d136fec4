import type { Matrix } from '../../core/matrix.ts';
import type { ImportedLinear, ImportedLink, ImportedTrees } from './imported-model.ts';

/** Where the value of a model's feature comes from: a column of the rows, which holds numbers, or levels by their index. */
export type FeatureSource = { readonly column: number } & (
  | { readonly as: 'number' }
  /** Of each level the code that the model has for it. */
  | { readonly as: 'code'; readonly codes: Float64Array }
  /** 1 where the row has one level, else 0: also where it is missing. */
  | { readonly as: 'level'; readonly level: number }
);

/** An imported model that knows the columns of a declaration: plain data. */
export type ImportedState = {
  /** Of each feature of the model. */
  readonly sources: readonly FeatureSource[];
  readonly body: ImportedTrees | ImportedLinear;
  readonly bases: readonly number[];
  readonly precision: 'float32' | 'float64';
  readonly link: ImportedLink;
  readonly linkScale: number;
  /** Of each class of the target, which of the model's it is; null where the target is a number. */
  readonly classes: readonly number[] | null;
};

/** A function that writes the model's features of a row of `x` into as many numbers. */
export function featureReader(sources: readonly FeatureSource[], x: Matrix): (row: number, into: Float64Array) => void {
  const { columns, data } = x;
  const readers = sources.map((source): ((start: number) => number) => {
    const { column } = source;
    if (source.as === 'number') return (start) => data[start + column]!;
    if (source.as === 'level') return (start) => (data[start + column] === source.level ? 1 : 0);
    const { codes } = source;
    return (start) => {
      const level = data[start + column]!;
      return Number.isNaN(level) ? level : codes[level]!;
    };
  });
  return (row, into) => {
    for (let feature = 0; feature < readers.length; feature++) into[feature] = readers[feature]!(row * columns);
  };
}
