import type { Declaration } from '../data/declaration.ts';
import type { Evaluated } from '../release/manifest.ts';

/** What training tells of while it works. */
export type Progress =
  | {
      readonly stage: 'ingested';
      readonly declaration: Declaration;
      readonly train: number;
      readonly test: number;
      readonly dropped: number;
      readonly ignored: readonly string[];
      /** A sentence for each column with decimals of more digits than a double keeps. */
      readonly rounded: readonly string[];
      /** Models that have parameters, but are not tried. */
      readonly unusedParams: readonly string[];
    }
  | Fitting
  | {
      readonly stage: 'evaluated';
      readonly entry: Evaluated;
      readonly seconds: number;
      /** What made it fail, where it did. */
      readonly error?: unknown;
    }
  | {
      /** A fit that is less than was asked for: the first one of a candidate's in the folds, and that on all training rows. */
      readonly stage: 'warned';
      readonly model: string;
      readonly message: string;
    }
  | { readonly stage: 'unchanged'; readonly release: string };

/** How far a candidate has come: told whenever a fit begins, and as its model grows. */
export interface Fitting {
  readonly stage: 'fitting';
  readonly model: string;
  /** From 1 to `folds`; null while the chosen model learns from all training rows. */
  readonly fold: number | null;
  readonly folds: number;
  /** Rounds of this fit (trees, mostly); 0 of 0 where it does not tell. */
  readonly done: number;
  readonly total: number;
  /** Since the candidate's first fit began. */
  readonly seconds: number;
}
