import { DataError } from '../../../../core/errors.ts';
import type { Column } from '../columns.ts';
import { damaged } from '../damaged.ts';
import type { Node } from '../graph.ts';
import { type Scores, withLink } from '../scores.ts';
import { classNames, linkOf } from './post-transforms.ts';

export function linearRegressor({ operator, attributes }: Node, columns: readonly Column[]): Scores {
  const weights = byColumn(attributes.numbers('coefficients'), columns.length, attributes.number('targets', 1));
  const scores = sumOf(operator, columns, weights, attributes.numbers('intercepts'));
  return withLink(scores, linkOf(attributes, scores.bases.length));
}

export function linearClassifier({ operator, attributes }: Node, columns: readonly Column[]): Scores {
  const classes = classNames(attributes);
  const coefficients = attributes.numbers('coefficients');
  const outputs = classes.length === 2 && coefficients.length === columns.length ? 1 : classes.length;
  const weights = byColumn(coefficients, columns.length, outputs);
  const scores = sumOf(operator, columns, weights, attributes.numbers('intercepts'));
  const link = linkOf(attributes, outputs);
  if (link === 'identity')
    throw new DataError(
      'the ONNX model gives scores of classes in place of probabilities: convert it without raw_scores',
    );
  return { ...withLink(scores, link), predicts: 'classes', classes };
}

/** Sums of columns by weights. @param weights columns × outputs */
export function sumOf(
  objective: string,
  columns: readonly Column[],
  weights: readonly number[],
  intercepts: readonly number[] = [],
): Scores {
  const outputs = weights.length / columns.length;
  if (columns.some(({ type }) => type === 'string')) throw new DataError(`the ONNX model weighs texts (${objective})`);
  if (!Number.isInteger(outputs) || outputs === 0 || ![0, outputs].includes(intercepts.length))
    throw damaged(`${weights.length} weights and ${intercepts.length} intercepts of ${columns.length} columns`);
  return {
    is: 'scores',
    objective,
    body: { is: 'columns', columns, weights },
    scale: 1,
    bases: intercepts.length > 0 ? intercepts : new Array<number>(outputs).fill(0),
    link: 'identity',
    predicts: 'number',
    classes: null,
  };
}

/** The file has the weights of one output after those of another. */
function byColumn(coefficients: readonly number[], columns: number, outputs: number): number[] {
  if (coefficients.length === 0 || coefficients.length !== columns * outputs)
    throw damaged(`there are ${coefficients.length} coefficients of ${columns} columns and ${outputs} outputs`);
  return coefficients.map((_, at) => coefficients[(at % outputs) * columns + Math.floor(at / outputs)]!);
}
