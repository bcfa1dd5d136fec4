import { existsSync, readFileSync } from 'node:fs';
import type { MeanScore } from '../../../bench/random/mean-score.ts';

/** The seed of the problems whose answers are kept, and how many there are of each family. */
export const SEED = 1;
export const PROBLEMS = 36;

/** What a reference said of a random problem; the problem itself is drawn anew. */
export type RecordedAnswer = { readonly digest: string } & (
  | { readonly refused: string }
  /** Of classes the probability of each, row after row. Null for a row that hangs on a tie. */
  | { readonly predictions: readonly (number | null)[] }
  | MeanScore
);

export interface Recorded {
  readonly versions: Readonly<Record<string, string>>;
  readonly answers: readonly RecordedAnswer[];
}

export const answersFile = (family: string) => new URL(`answers/${family}.json`, import.meta.url);

/** Whether a reference was asked about a family. */
export const isRecorded = (family: string): boolean => existsSync(answersFile(family));

export function recordedAnswers(family: string): Recorded {
  return JSON.parse(readFileSync(answersFile(family), 'utf8')) as Recorded;
}
