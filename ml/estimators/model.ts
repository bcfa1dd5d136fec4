import { type PlainData, toJson } from '../core/plain-data.ts';
import type { TaskKind } from '../data/task-kind.ts';
import type { Preprocessor } from '../features/preprocess.ts';
import type { Recipe } from '../features/recipe.ts';
import type { Calibration } from './calibration/calibrate.ts';
import type { ParamValues } from './params.ts';

/** One fit of an estimator, with all that its predictions need; plain data throughout. */
export interface FittedModel {
  readonly estimator: string;
  /** What it has learned to predict: with its name this tells which estimator it is. */
  readonly task: TaskKind;
  readonly params: ParamValues;
  /** What is made of the columns, beside them. */
  readonly features: readonly Recipe[];
  /** How records become its rows. Fits of equal preprocessing share one object, so that a record is encoded once. */
  readonly preprocessor: Preprocessor;
  readonly state: PlainData;
}

/** Fits of one candidate, at least one, whose predictions are averaged: that on all rows, or those of the folds. */
export interface Member {
  /** By which the average counts in the model's prediction. */
  readonly weight: number;
  readonly parts: readonly FittedModel[];
}

/**
 * What predicts: intercept + Σ weight × the mean of the predictions of a member's parts. There is at least one member. Of classes weights
 * sum to 1 and the intercept is 0, so that the sum of probabilities is one of probabilities.
 */
export interface Model {
  readonly intercept: number;
  readonly members: readonly Member[];
  /** What becomes of the probabilities of classes last. @default they stay */
  readonly calibration?: Calibration | null | undefined;
}

/** One fit as a model: it predicts what the fit does, bit by bit. */
export function singleModel(fitted: FittedModel): Model {
  return { intercept: 0, members: [{ weight: 1, parts: [fitted] }] };
}

/** The same model, whose parts share a preprocessor where theirs are equal; threads hand over copies. */
export function sharePreprocessors({ members, ...rest }: Model): Model {
  const known = new Map<string, Preprocessor>();
  const shared = (part: FittedModel): FittedModel => {
    const text = toJson(part.preprocessor);
    const preprocessor = known.get(text) ?? part.preprocessor;
    known.set(text, preprocessor);
    return { ...part, preprocessor };
  };
  return { ...rest, members: members.map(({ weight, parts }) => ({ weight, parts: parts.map(shared) })) };
}

/** All fits of a model, member by member. */
export const partsOf = ({ members }: Model): FittedModel[] => members.flatMap(({ parts }) => parts);

/** What a model's training rows taught of their columns: of several parts, which differ little, the first. */
export function preprocessorOf({ members }: Model): Preprocessor {
  const [{ parts }] = members as [Member];
  return (parts[0] as FittedModel).preprocessor;
}
