import { DataError } from '../../../core/errors.ts';
import type { ImportedLink } from '../imported-model.ts';
import type { FileTree } from '../trees-writer.ts';
import type { Column } from './columns.ts';

/** What a model says of each row: sums, and what is made of them. */
export interface Scores {
  readonly is: 'scores';
  readonly objective: string;
  readonly body: SummedTrees | SummedColumns;
  /** What the sums of trees or columns are multiplied by, before the bases are added. */
  readonly scale: number;
  readonly bases: readonly number[];
  readonly link: ImportedLink;
  readonly predicts: 'number' | 'classes';
  readonly classes: readonly string[] | null;
}

interface SummedTrees {
  readonly is: 'trees';
  readonly trees: readonly FileTree[];
}

interface SummedColumns {
  readonly is: 'columns';
  readonly columns: readonly Column[];
  /** columns × outputs, row-major. */
  readonly weights: readonly number[];
}

/** The total of the scores of a row: what they are divided by. */
export interface Total {
  readonly is: 'total';
  readonly of: Scores;
}

/** The same sums, turned into predictions by a link. */
export function withLink(scores: Scores, link: ImportedLink): Scores {
  if (link === 'identity') return scores;
  if (scores.link !== 'identity')
    throw new DataError(
      `the ONNX model makes something of its sums twice (${scores.link}, then ${link}), which is not supported`,
    );
  return { ...scores, link };
}

/** Probabilities divided by their total. */
export function normalised(scores: Scores): Scores {
  if (scores.link === 'softmax' || scores.link === 'one-vs-all' || scores.link === 'normalised') return scores;
  if (scores.link === 'logistic') return { ...scores, link: scores.bases.length > 1 ? 'one-vs-all' : 'logistic' };
  return withLink(scores, 'normalised');
}
