import { copyRows, type Matrix } from '../core/matrix.ts';
import type { PlainData } from '../core/plain-data.ts';
import type { Predictions } from '../core/predictions.ts';
import { takeRelations } from '../core/relations.ts';
import type { Contributions } from './contributions.ts';
import type { Estimator, LabelledRows } from './estimator.ts';
import type { ParamSpecs } from './params.ts';

/** What a classifier learned, and of which classes. */
type OfClasses<S extends PlainData> = {
  /** How many there are. */
  readonly classes: number;
  /** Those that some row that counts belongs to, ascending; at least one. */
  readonly present: readonly number[];
  /** What was learned of these, as if there were no others; null of one, since there is nothing to tell it from. */
  readonly fitted: S | null;
};

/**
 * The same classifier for rows that need not have every class, as those of a fold need not: a class without a row that counts is
 * never predicted, and a class that is the only one always is. The classifier itself is given two classes or more, each of
 * which has such a row. Validation rows of the other classes say nothing of what it learned, and are left out. Where it holds rows out by
 * itself, classes are spread evenly over them.
 */
export function withAbsentClasses<P extends ParamSpecs, S extends PlainData>(
  estimator: Estimator<P, S>,
): Estimator<P, OfClasses<S>> {
  const { staged, contributions, comparedRows, ...rest } = estimator;
  return {
    ...rest,
    fit({ validation, ...given }) {
      const training = { ...given, strata: given.y };
      // Input validation lets no classifier be fitted without.
      const classes = training.classes as number;
      const present = presentClasses(training, classes);
      if (present.length === classes) return { classes, present, fitted: estimator.fit({ ...training, validation }) };
      if (present.length === 1) return { classes, present, fitted: null };
      const fitted = estimator.fit({
        ...training,
        ...rowsOfClasses(training, present),
        validation: validation && countsAny(validation, present) ? rowsOfClasses(validation, present) : undefined,
        classes: present.length,
      });
      return { classes, present, fitted };
    },
    predict: (state, x, threads) =>
      predictAll(state, x, (fitted) => [estimator.predict(fitted, x, threads)])[0] as Predictions,
    ...(comparedRows && {
      comparedRows: ({ fitted }: OfClasses<S>) => (fitted === null ? 0 : comparedRows(fitted)),
    }),
    ...(contributions && {
      contributions({ classes, present, fitted }: OfClasses<S>, x: Matrix, threads?: number) {
        const own = fitted === null ? null : contributions(fitted, x, threads);
        if (own === null || present.length === classes) return own;
        // No number is the log-odds of what is never predicted.
        return own.scale === 'probability' ? explainAll(own, present, classes) : null;
      },
    }),
    ...(staged && {
      staged: {
        ...staged,
        count: ({ fitted }: OfClasses<S>) => (fitted === null ? 1 : staged.count(fitted)),
        predict: (state: OfClasses<S>, x: Matrix, rounds: readonly number[]) =>
          predictAll(state, x, (fitted) => staged.predict(fitted, x, rounds), rounds.length),
      },
    }),
  };
}

/** The classes of the rows whose weight is above 0, ascending. */
function presentClasses({ y, weights }: LabelledRows, classes: number): number[] {
  const counts = new Uint8Array(classes);
  for (let i = 0; i < y.length; i++)
    if (weights === undefined || (weights[i] as number) > 0) counts[y[i] as number] = 1;
  return [...counts.keys()].filter((k) => counts[k] === 1);
}

/** Whether a row of these classes has a weight above 0. */
const countsAny = ({ y, weights }: LabelledRows, classes: readonly number[]): boolean =>
  y.some((k, i) => classes.includes(k) && (weights === undefined || (weights[i] as number) > 0));

/** The rows of these classes, whose place among them is their target. */
function rowsOfClasses({ x, y, weights, ...relations }: LabelledRows, classes: readonly number[]): LabelledRows {
  const rows = Uint32Array.from(y.keys()).filter((row) => classes.includes(y[row] as number));
  const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row] as number);
  return {
    x: copyRows(x, rows),
    y: pick(y).map((k) => classes.indexOf(k)),
    weights: weights && pick(weights),
    ...takeRelations(relations, rows),
  };
}

/** Predictions of all classes by those of the present ones: each of `stages`, which are alike where there is one class. */
function predictAll<S extends PlainData>(
  { classes, present, fitted }: OfClasses<S>,
  x: Matrix,
  predict: (fitted: S) => Predictions[],
  stages = 1,
): Predictions[] {
  const known =
    fitted === null
      ? Array.from({ length: stages }, () => ({ rows: x.rows, outputs: 1, values: new Float64Array(x.rows).fill(1) }))
      : predict(fitted);
  if (present.length === classes) return known;
  return known.map(({ rows, outputs, values }) => {
    const all = new Float64Array(rows * classes);
    for (let i = 0; i < rows; i++) {
      present.forEach((k, own) => {
        all[i * classes + k] = values[i * outputs + own] as number;
      });
    }
    return { rows, outputs: classes, values: all };
  });
}

/** Contributions to the probabilities of all classes, of which there are three or more, by those to the present ones'. */
function explainAll(own: Contributions, present: readonly number[], classes: number): Contributions {
  const { rows, columns, outputs } = own;
  const bases = new Float64Array(classes);
  const values = new Float64Array(rows * classes * columns);
  present.forEach((k, place) => {
    // Of two classes the second has the one output, and the first what is left of it.
    const isRest = outputs === 1 && place === 0;
    const output = outputs === 1 ? 0 : place;
    bases[k] = isRest ? 1 - (own.bases[output] as number) : (own.bases[output] as number);
    for (let i = 0; i < rows; i++) {
      const from = (i * outputs + output) * columns;
      const to = (i * classes + k) * columns;
      for (let j = 0; j < columns; j++) values[to + j] = (isRest ? -1 : 1) * (own.values[from + j] as number);
    }
  });
  return { ...own, outputs: classes, bases, values };
}
