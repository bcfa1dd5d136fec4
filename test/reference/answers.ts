import { readFileSync } from 'node:fs';
import { fromJson } from '../../ml/core/plain-data.ts';
import type { ParamValue } from '../../ml/estimators/params.ts';
import type { DataName, EncodingName } from './data.ts';

/** What a reference predicted for the held-out rows, with its own parameters set as stated. */
export interface Answer {
  readonly data: DataName;
  readonly encoding: EncodingName;
  /** By our names; what is not named is at the reference's default, and ours. */
  readonly params: Readonly<Record<string, ParamValue>>;
  /** Whether rows have the weights of `referenceWeights`. @default false */
  readonly weighted?: boolean;
  /** R² on the held-out rows; a mean, where there are seeds. */
  readonly r2: number;
  /** The number of seeds over which `r2` is a mean, 0 to below; predictions are not kept then. */
  readonly seeds?: number;
  readonly predictions?: Float64Array;
  /** Of the rows to learn from. @default 1 each */
  readonly weights?: Float64Array;
  /** 1 for the rows whose prediction hangs on which of equally good splits the reference took. */
  readonly ties?: Uint8Array;
}

/** What a reference predicts of a small problem, which some detail decides; a missing value is null. */
export interface Problem {
  readonly why: string;
  readonly params: Readonly<Record<string, ParamValue>>;
  /** How many levels each column has, 0 where it is a number. */
  readonly levels: readonly number[];
  readonly x: readonly (readonly (number | null)[])[];
  readonly y: readonly number[];
  /** @default 1 each */
  readonly weights?: readonly number[];
  readonly holdout_x: readonly (readonly (number | null)[])[];
  readonly predictions: readonly number[];
}

/** What `ask.ts` wrote of an estimator. */
export interface Answers {
  /** Of the library and of Python. */
  readonly versions: Readonly<Record<string, string>>;
  readonly answers: readonly Answer[];
  readonly problems?: readonly Problem[];
}

export function referenceAnswers(estimator: string): Answers {
  const file = new URL(`answers/${estimator}.json`, import.meta.url);
  return fromJson(readFileSync(file, 'utf8')) as unknown as Answers;
}
