import type { Table } from '../data/table.ts';
import { classCountOf } from '../data/task-kind.ts';
import type { Model } from '../estimators/model.ts';
import { type Domain, fitDomain } from './domain.ts';
import { fitIntervals, type TrainedRows } from './fit-intervals.ts';
import { fitSets } from './fit-sets.ts';
import type { Intervals } from './intervals.ts';
import type { PredictionSets } from './prediction-sets.ts';
import type { CrossValidated } from './residuals.ts';

/** What tells how far the predictions of a model can be trusted: plain data, and no training row. */
export type Trust = {
  /** Null where the target is a class, or there are too few rows for an interval. */
  readonly intervals: Intervals | null;
  /** Null where the target is a number, or there are too few rows for a set. */
  readonly sets: PredictionSets | null;
  readonly domain: Domain;
};

/** Learns it of a model from the training rows, and from what was predicted of them out of fold. */
export function fitTrust(
  model: Model,
  given: CrossValidated,
  trained: TrainedRows & {
    /** Rows that the model has learned from beside those of the folds, and those. @default those of the folds */
    readonly all?: Table | undefined;
  },
): Trust {
  const { declaration, train, all = train, seed } = trained;
  const isOfClasses = classCountOf(declaration) > 0;
  return {
    intervals: isOfClasses ? null : fitIntervals(model, given, trained),
    sets: isOfClasses ? fitSets(model, given, trained) : null,
    domain: fitDomain(declaration, all, seed),
  };
}
