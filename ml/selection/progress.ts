import type { Declaration } from '../data/declaration.ts';
import type { Evaluated } from './evaluated.ts';
import type { Times } from './leaderboard.ts';
import type { Task } from './task.ts';

/** What training tells of while it works. */
export type Progress =
  /** So many rows are read and checked. */
  | { readonly stage: 'reading'; readonly rows: number }
  | {
      readonly stage: 'ingested';
      readonly declaration: Declaration;
      readonly task: Task;
      readonly train: number;
      readonly test: number;
      readonly dropped: number;
      /** Rows left out because their weight is 0. */
      readonly weightless: number;
      /** Rows on neither side of the split, since their group is on the other, at another time. */
      readonly between: number;
      readonly ignored: readonly string[];
      /** A sentence for each column with decimals of more digits than a double keeps. */
      readonly rounded: readonly string[];
      /** Models that have parameters, but are not tried. */
      readonly unusedParams: readonly string[];
    }
  /** There is so much data that the training is given an end, though nobody named one. */
  | { readonly stage: 'limited'; readonly seconds: number }
  | {
      /** The budget has no time for all folds, or not for all rows. */
      readonly stage: 'reduced';
      readonly folds: { readonly tried: number; readonly of: number };
      /** How many of how many training rows are drawn; all where it is not said. */
      readonly rows?: number | undefined;
      readonly of?: number | undefined;
      /** Models that are not tried, since there is no memory for them to learn from as many. */
      readonly leftOut?: readonly string[] | undefined;
      /** From how many of them the chosen model will learn. */
      readonly learned?: number | undefined;
    }
  /** No fit has ended in the time of the search, and a few that take little follow. */
  | { readonly stage: 'late' }
  | FitProgress
  | {
      readonly stage: 'evaluated';
      /** The best of its candidates. */
      readonly entry: Evaluated;
      /** How many candidates of the model were tried. */
      readonly trials: number;
      /** What its fits took, one after the other. */
      readonly seconds: number;
      /** Where in the code it failed, if the fault is ours. */
      readonly stack?: string | undefined;
    }
  | {
      /** A fit that is less than was asked for: the first one of a candidate's in the folds, and that on all training rows. */
      readonly stage: 'warned';
      readonly model: string;
      readonly message: string;
    }
  | { readonly stage: 'unchanged'; readonly release: string }
  /** What the fits of each model's best candidate took. */
  | { readonly stage: 'timed'; readonly times: Readonly<Record<string, Times>> }
  /** An interrupted search is taken up, of which so many trials are known. */
  | { readonly stage: 'resumed'; readonly trials: number; readonly folder: string }
  /** The fits are over, and what columns are worth is being measured: of so many of them it is known. */
  | { readonly stage: 'explaining'; readonly done: number; readonly total: number }
  /** A release is being written: told as that begins, and then how many rows of all that it keeps are written. */
  | { readonly stage: 'writing'; readonly rows?: { readonly done: number; readonly total: number } | undefined }
  /** Its report could not be made, for a fault in Plumbline itself: the release goes without. */
  | { readonly stage: 'unreported'; readonly stack: string };

/** How far the fits have come: told as each begins and grows, and a few times a second whatever they do. */
export interface FitProgress {
  readonly stage: 'fitting';
  /** The fit that was heard of last. */
  readonly model: string;
  /** From 1 to `folds`; null while the chosen model learns from all training rows. */
  readonly fold: number | null;
  readonly folds: number;
  /** Rounds of this fit (trees, mostly); 0 of 0 where it does not tell. */
  readonly done: number;
  readonly total: number;
  /** Fits that are done, and how many are planned so far. */
  readonly fits: { readonly done: number; readonly total: number };
  /** Every model that is searched. */
  readonly families: readonly FamilyProgress[];
  /** Since the first fit began. */
  readonly seconds: number;
  /** An estimate, once there is something to go by. */
  readonly secondsLeft: number | null;
}

/** How far a model has come. */
export interface FamilyProgress {
  readonly model: string;
  readonly state: 'waiting' | 'running' | 'finished';
  /** How many of its candidates were tried. */
  readonly trials: number;
  /** How many proposals are under way or waiting. */
  readonly open: number;
  /** The best score so far by the task's objective. */
  readonly best: number | null;
  /** How far the fits are that run, from 0 to 1; null where none does. */
  readonly share: number | null;
}
