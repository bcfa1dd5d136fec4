import type { Model } from '../estimators/model.ts';
import { type Domain, fitDomain } from './domain.ts';
import { fitIntervals, type TrainedRows } from './fit-intervals.ts';
import type { Intervals } from './intervals.ts';
import type { CrossValidated } from './residuals.ts';

/** What tells how far the predictions of a model can be trusted: plain data, and no training row. */
export type Trust = {
  /** Null where there are too few rows for an interval. */
  readonly intervals: Intervals | null;
  readonly domain: Domain;
};

/** Learns it of a model from the training rows, and from what was predicted of them out of fold. */
export function fitTrust(model: Model, given: CrossValidated, trained: TrainedRows): Trust {
  const { declaration, train, seed } = trained;
  return { intervals: fitIntervals(model, given, trained), domain: fitDomain(declaration, train, seed) };
}
