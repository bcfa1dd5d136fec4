import { readFileSync } from 'node:fs';
import { fromJson } from '../../ml/core/plain-data.ts';
import type { ParamValue } from '../../ml/estimators/params.ts';
import type { ClassDataName } from './class-data.ts';
import type { DataName, EncodingName } from './data.ts';

/** What a reference was asked, with its own parameters set as stated. */
interface Asked {
  readonly encoding: EncodingName;
  /** By our names; what is not named is at the reference's default, and ours. */
  readonly params: Readonly<Record<string, ParamValue>>;
  /** Whether rows have the weights of `referenceWeights`. @default false */
  readonly weighted?: boolean;
  /** The number of seeds over which the score is a mean, 0 to below; predictions are not kept then. */
  readonly seeds?: number;
  /** Of the rows to learn from. @default 1 each */
  readonly weights?: Float64Array;
  /** 1 for the rows whose prediction hangs on which of equally good splits the reference took. */
  readonly ties?: Uint8Array;
}

/** What a regressor predicted for the held-out rows. */
export interface Answer extends Asked {
  readonly data: DataName;
  /** R² on the held-out rows; a mean, where there are seeds. */
  readonly r2: number;
  readonly predictions?: Float64Array;
}

/** What a classifier predicted for the held-out rows. */
export interface ClassAnswer extends Asked {
  readonly data: ClassDataName;
  /** Mean log loss on the held-out rows; over seeds too, where there are some. */
  readonly log_loss: number;
  /** rows × classes. */
  readonly probabilities?: Float64Array;
}

/** A small problem, which some detail decides; a missing value is null. */
interface SmallProblem {
  readonly why: string;
  readonly params: Readonly<Record<string, ParamValue>>;
  /** How many levels each column has, 0 where it is a number. */
  readonly levels: readonly number[];
  readonly x: readonly (readonly (number | null)[])[];
  readonly y: readonly number[];
  /** @default 1 each */
  readonly weights?: readonly number[];
  readonly holdout_x: readonly (readonly (number | null)[])[];
}

export interface Problem extends SmallProblem {
  readonly predictions: readonly number[];
}

export interface ClassProblem extends SmallProblem {
  readonly classes: number;
  /** One for each class, row by row. */
  readonly probabilities: readonly (readonly number[])[];
}

/** What `ask.ts` wrote of an estimator. */
export interface Answers<A = Answer, P = Problem> {
  /** Of the library and of Python. */
  readonly versions: Readonly<Record<string, string>>;
  readonly answers: readonly A[];
  readonly problems?: readonly P[];
}

/** What an estimator's regressor answered. */
export const referenceAnswers = (estimator: string) => read(estimator) as Answers;

/** What an estimator's classifier answered. */
export const referenceClassAnswers = (estimator: string) =>
  read(`${estimator}_classes`) as Answers<ClassAnswer, ClassProblem>;

function read(name: string): unknown {
  return fromJson(readFileSync(new URL(`answers/${name}.json`, import.meta.url), 'utf8'));
}
