// What each declared column adds to the probability that a part of a model gives a class: parts of whatever kind can be added up so.

import { type Contributions, rescale, stretch } from '../estimators/contributions.ts';
import { estimatorNamed } from '../estimators/index.ts';
import { softmaxRows } from '../estimators/losses/softmax.ts';
import type { FittedModel } from '../estimators/model.ts';
import { sourcesOf } from '../features/preprocess.ts';
import { gaussLegendre } from '../trees/shap/quadrature.ts';
import type { PartContributions, PartRows } from './contribution-sum.ts';
import { foldColumns } from './fold-columns.ts';
import { sampledContributions } from './sampled.ts';

/**
 * Contributions to a probability of one class for each row. The bases are the probabilities of all classes where no column is known.
 *
 * @param classes of each row the class, in the order of the whole table
 */
export function explainClasses(part: FittedModel, rows: PartRows, classes: Uint32Array): PartContributions {
  const { chunk, start, x, columns, threads } = rows;
  const own = classes.subarray(start, start + chunk.rows);
  const { contributions } = estimatorNamed(part.estimator, part.task);
  const ofMatrix = contributions?.(part.state, x, threads) ?? null;
  if (ofMatrix === null) return { ...sampledContributions(part, chunk, columns, own), method: 'sampled' };
  const isLogOdds = ofMatrix.scale === 'log-odds';
  const { bases, values } =
    ofMatrix.outputs === 1
      ? ofTwo(isLogOdds ? throughSigmoid(ofMatrix) : ofMatrix, own)
      : isLogOdds
        ? throughSoftmax(ofMatrix, own)
        : ofOwn(ofMatrix, own);
  const declared = foldColumns({ rows: chunk.rows, values }, sourcesOf(part.preprocessor, chunk), columns);
  return { bases, values: declared, method: isLogOdds || ofMatrix.isRescaled ? 'rescaled' : 'exact' };
}

/** Contributions to one output of each row, and the bases of all. */
type OwnContributions = Pick<Contributions, 'bases' | 'values'>;

const sigmoid = (logOdds: number) => 1 / (1 + Math.exp(-logOdds));

/** Of the log-odds of class 1 of two, those of its probability. */
function throughSigmoid(raw: Contributions): Contributions {
  const { rows, columns, bases, values } = raw;
  const probabilities = Float64Array.from({ length: rows }, (_, row) =>
    sigmoid(
      values.subarray(row * columns, (row + 1) * columns).reduce((sum, value) => sum + value, bases[0] as number),
    ),
  );
  return rescale(raw, (logOdds) => logOdds.map(sigmoid), probabilities);
}

/** What is added to the probability of class 1 is taken from that of class 0. */
function ofTwo({ columns, bases, values }: Contributions, classes: Uint32Array): OwnContributions {
  classes.forEach((k, row) => {
    if (k === 1) return;
    for (let at = row * columns; at < (row + 1) * columns; at++) values[at] = -(values[at] as number);
  });
  const [base = Number.NaN] = bases;
  return { bases: Float64Array.of(1 - base, base), values };
}

/** Of several classes each row's own. */
function ofOwn({ columns, outputs, bases, values }: Contributions, classes: Uint32Array): OwnContributions {
  const own = new Float64Array(classes.length * columns);
  classes.forEach((k, row) => {
    const from = (row * outputs + k) * columns;
    own.set(values.subarray(from, from + columns), row * columns);
  });
  return { bases, values: own };
}

/** Enough for a softmax that rises within a quarter of the way. */
const POINTS = gaussLegendre(16);

/**
 * Of the log-odds of several classes, those of one's probability: each output's contributions times how much that probability grows
 * with the output, on average on the straight way from what no column is known of to the row.
 *
 * Source: Aumann and Shapley 1974; Sundararajan, Taly and Yan 2017, arXiv:1703.01365 (integrated gradients).
 */
function throughSoftmax({ columns, outputs, bases, values }: Contributions, classes: Uint32Array): OwnContributions {
  const atBase = softmax(bases);
  const own = new Float64Array(classes.length * columns);
  classes.forEach((k, row) => {
    const ofRow = values.subarray(row * outputs * columns, (row + 1) * outputs * columns);
    const moves = bases.map((_, l) => sumOf(ofRow.subarray(l * columns, (l + 1) * columns)));
    const slopes = meanSlopes(bases, moves, k);
    const into = own.subarray(row * columns, (row + 1) * columns);
    for (let l = 0; l < outputs; l++) {
      for (let j = 0; j < columns; j++)
        into[j] = (into[j] as number) + (slopes[l] as number) * (ofRow[l * columns + j] as number);
    }
    const reached = softmax(bases.map((base, l) => base + (moves[l] as number)));
    stretch(into, (reached[k] as number) - (atBase[k] as number), 1);
  });
  return { bases: atBase, values: own };
}

/** How much the probability of class k grows with each output, on average from the bases to where the moves lead. */
function meanSlopes(bases: Float64Array, moves: Float64Array, k: number): Float64Array {
  const slopes = new Float64Array(bases.length);
  POINTS.points.forEach((point, i) => {
    const p = softmax(bases.map((base, l) => base + point * (moves[l] as number)));
    const share = (POINTS.weights[i] as number) * (p[k] as number);
    for (let l = 0; l < slopes.length; l++)
      slopes[l] = (slopes[l] as number) + share * ((l === k ? 1 : 0) - (p[l] as number));
  });
  return slopes;
}

const softmax = (scores: Float64Array) => softmaxRows(scores.slice(), scores.length);

const sumOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
