import { readFileSync } from 'node:fs';
import type { MeanR2 } from '../../../bench/random/judge.ts';

/** The seed of the problems whose answers are kept, and how many there are of each family. */
export const SEED = 1;
export const PROBLEMS = 36;

/** What a reference said of a random problem; the problem itself is drawn anew. */
export type RecordedAnswer = { readonly digest: string } & (
  | { readonly refused: string }
  /** Null for a row that hangs on a tie. */
  | { readonly predictions: readonly (number | null)[] }
  | MeanR2
);

export interface Recorded {
  readonly versions: Readonly<Record<string, string>>;
  readonly answers: readonly RecordedAnswer[];
}

export const answersFile = (family: string) => new URL(`answers/${family}.json`, import.meta.url);

export function recordedAnswers(family: string): Recorded {
  return JSON.parse(readFileSync(answersFile(family), 'utf8')) as Recorded;
}
