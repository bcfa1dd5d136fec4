import { DataError, ParamError } from '../core/errors.ts';
import { allFinite } from '../core/finite.ts';
import { columnName, type FoundNumber, findNumber, type Matrix } from '../core/matrix.ts';
import { findNotFinite, type PlainData } from '../core/plain-data.ts';
import type { TaskKind } from '../data/task-kind.ts';
import type { Estimator, LabelledRows, Training } from './estimator.ts';
import { type ParamSpecs, type ParamValues, resolveParams } from './params.ts';

/**
 * The same estimator for those who know it by name alone, and neither the type of its parameters nor that of its state.
 * It refuses in a sentence what nothing can be learned from or predicted for, and a state that is not finite, and ends
 * after a round once its signal is aborted.
 */
export function withInputValidation<P extends ParamSpecs, S extends PlainData>(
  name: string,
  estimator: Estimator<P, S>,
): Estimator {
  const { staged, contributions, ...rest } = estimator;
  const keepsMissing = estimator.encoding.missing === 'kept';
  // What comes here was fitted by this very estimator: a release says which one that is.
  const own = (state: PlainData) => state as S;
  return {
    ...rest,
    checkParams: (values, hasValidation) =>
      estimator.checkParams?.(resolveParams(name, estimator.params, values), hasValidation),
    fit(training) {
      const { validation, signal, onRound } = training;
      const params = resolveParams(name, estimator.params, training.params);
      estimator.checkParams?.(params, validation !== undefined);
      checkClasses(name, estimator.tasks, training.classes);
      checkRows(training, keepsMissing, 'learn from');
      checkTargets(training, training.classes);
      if (validation) {
        checkRows(validation, keepsMissing, 'validate with');
        checkTargets(validation, training.classes);
      }
      if (!rest.weighted && training.weights)
        throw new DataError(`it takes no weights of rows: train other models, or declare no weight`);
      const hooks: Pick<Training, 'onRound'> = {
        onRound: (done, total) => {
          onRound?.(done, total);
          signal?.throwIfAborted();
        },
      };
      signal?.throwIfAborted();
      const state = estimator.fit({ ...training, params, ...hooks });
      const place = findNotFinite(state);
      if (place !== undefined)
        throw new DataError(
          `what it learned is not finite (${place}): its parameters, or the values' scale, are too extreme`,
        );
      return state;
    },
    predict(state, x, threads) {
      checkMatrix(x, keepsMissing);
      return estimator.predict(own(state), x, threads);
    },
    ...(contributions && {
      contributions(state: PlainData, x: Matrix, threads?: number) {
        checkMatrix(x, keepsMissing);
        return contributions(own(state), x, threads);
      },
    }),
    ...(staged && {
      staged: {
        rounds: staged.rounds,
        ...(staged.patience && { patience: staged.patience }),
        count: (state: PlainData) => staged.count(own(state)),
        sharesFit: (params: ParamValues, other: ParamValues) =>
          staged.sharesFit?.(
            resolveParams(name, estimator.params, params),
            resolveParams(name, estimator.params, other),
          ) ?? true,
        shortened(params: ParamValues, rounds: number, classes: number | undefined) {
          const values = resolveParams(name, estimator.params, params);
          if (staged.shortened) return staged.shortened(values, rounds, classes);
          return { ...values, [staged.rounds]: rounds };
        },
        predict(state: PlainData, x: Matrix, rounds: readonly number[]) {
          checkMatrix(x, keepsMissing);
          return staged.predict(own(state), x, rounds);
        },
      },
    }),
  };
}

/** @throws DataError unless there are rows, with a finite target and a weight each */
function checkRows({ x, y, weights }: LabelledRows, keepsMissing: boolean, purpose: string): void {
  checkMatrix(x, keepsMissing);
  if (x.rows === 0) throw new DataError(`there are no rows to ${purpose}`);
  if (y.length !== x.rows) throw new DataError(`there are ${y.length} targets for ${x.rows} rows`);
  const wrong = allFinite(y) ? -1 : y.findIndex((value) => !Number.isFinite(value));
  if (wrong !== -1) throw new DataError(`the target of row ${wrong} is ${y[wrong]}; it must be finite`);
  if (!weights) return;
  if (weights.length !== x.rows) throw new DataError(`there are ${weights.length} weights for ${x.rows} rows`);
  const bad = weights.findIndex((weight) => !(Number.isFinite(weight) && weight >= 0));
  if (bad !== -1) throw new DataError(`the weight of row ${bad} is ${weights[bad]}; it must be finite and at least 0`);
  if (!weights.some((weight) => weight > 0))
    throw new DataError(`every row to ${purpose} has the weight 0: none of them counts`);
}

/** @throws ParamError unless a classifier is told how many classes there are, and nothing else is */
function checkClasses(name: string, tasks: readonly TaskKind[], classes: number | undefined): void {
  if (classes === undefined) {
    if (tasks.includes('regression')) return;
    throw new ParamError(`${name} learns classes: say how many there are, by a whole number from 2 on (classes)`);
  }
  if (!(Number.isInteger(classes) && classes >= 2))
    throw new ParamError(`there are ${classes} classes; it must be a whole number from 2 on`);
  const task: TaskKind = classes === 2 ? 'binary' : 'multiclass';
  if (tasks.includes(task)) return;
  throw new ParamError(
    tasks.includes('regression')
      ? `${name} learns numbers, and takes no classes`
      : `${name} does not tell ${classes === 2 ? 'two classes' : 'several classes'} apart`,
  );
}

/** @throws DataError unless every target is the index of a class, where there are classes */
function checkTargets({ y }: LabelledRows, classes: number | undefined): void {
  if (classes === undefined) return;
  const wrong = y.findIndex((k) => !(Number.isInteger(k) && k >= 0 && k < classes));
  if (wrong === -1) return;
  throw new DataError(
    `the target of row ${wrong} is ${y[wrong]}; it must be the index of a class, a whole number from 0 to ${classes - 1}`,
  );
}

function checkMatrix(x: Matrix, keepsMissing: boolean): void {
  const { rows, columns, reader } = x;
  const isRight = (value: number) => Number.isFinite(value) || (keepsMissing && Number.isNaN(value));
  if (reader) {
    const wrong = findNumber(x, (value) => !isRight(value));
    if (wrong) throw refusal(x, wrong, keepsMissing);
    return;
  }
  const { data } = x;
  if (data.length !== rows * columns)
    throw new DataError(`${data.length} numbers are not ${rows} rows of ${columns} columns`);
  if (allFinite(data)) return;
  for (let at = 0; at < data.length; at++) {
    const value = data[at] as number;
    if (isRight(value)) continue;
    throw refusal(x, { row: Math.floor(at / columns), column: at % columns, value }, keepsMissing);
  }
}

/** A number that nothing can be learned from. */
function refusal(x: Matrix, { row, column, value }: FoundNumber, keepsMissing: boolean): DataError {
  const remedy = keepsMissing ? 'it must be finite, or NaN where it is missing' : 'it must be finite';
  return new DataError(`${columnName(x, column)} is ${value} in row ${row}; ${remedy}`);
}
