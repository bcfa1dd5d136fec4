import { type CostsAt, costsAt, formatExact, formatShare, type Predictor } from '../../../ml/serving.ts';
import { levelTitle } from './level-title.ts';
import { THRESHOLD_FIELD } from './submission.ts';

/** What a prediction goes by: the more probable of two classes. */
const EVEN = 0.5;
/** Those that the table lists. */
const LISTED = [0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** A threshold that can be moved, from which on a record is flagged as of the positive class, and what that costs. */
export interface ThresholdChoice {
  readonly field: string;
  readonly positive: string;
  /** How many held-out rows costs were counted on, and how many of them are of the positive class. */
  readonly rows: string;
  readonly positives: string;
  /** Which of the costs is shown, of all of them by ascending threshold. */
  readonly place: number;
  readonly costs: readonly Cost[];
  readonly listed: readonly Cost[];
  /** What was sent: how probable the positive class is, and from which place on that is too little; undefined before. */
  readonly record: { readonly share: string; readonly firstAbove: number } | undefined;
}

/** What a threshold costs, as text. */
interface Cost {
  /** "30 %". */
  readonly at: string;
  /** Of 100 rows: "22". */
  readonly flagged: string;
  readonly precision: string;
  readonly recall: string;
}

/**
 * @param place which threshold was asked for; undefined where none was
 * @param probabilities what was predicted of the record that was sent
 * @returns undefined where the release knows no costs, as of a number or of several classes
 */
export function thresholdChoiceOf(
  predictor: Predictor,
  place: number | undefined,
  probabilities: Readonly<Record<string, number>> | undefined,
): ThresholdChoice | undefined {
  const known = predictor.manifest.thresholds;
  if (!known || predictor.task === 'regression') return undefined;
  const { positive, rows, positives, thresholds } = known;
  const costs = thresholds.map((threshold, i) => costOf(threshold, costsAt(known, i)));
  const own = probabilities?.[positive];
  return {
    field: THRESHOLD_FIELD,
    positive: levelTitle(predictor.target, positive),
    rows: formatExact(rows),
    positives: formatExact(positives),
    place: place !== undefined && place < costs.length ? place : thresholds.indexOf(EVEN),
    costs,
    listed: costs.filter((_, i) => LISTED.includes(thresholds[i] as number)),
    record: own === undefined ? undefined : { share: formatShare(own), firstAbove: firstAbove(thresholds, own) },
  };
}

const costOf = (threshold: number, { flagged, precision, recall }: CostsAt): Cost => ({
  at: formatShare(threshold),
  flagged: (100 * flagged).toFixed(flagged < 0.1 ? 1 : 0),
  precision: precision === null ? '–' : formatShare(precision),
  recall: formatShare(recall),
});

function firstAbove(thresholds: readonly number[], probability: number): number {
  const place = thresholds.findIndex((threshold) => threshold > probability);
  return place === -1 ? thresholds.length : place;
}
