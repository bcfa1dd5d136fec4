import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { FittedModel, Model } from '../estimators/model.ts';
import { candidateShape, type Evaluated, scoresSchema } from './evaluated.ts';
import type { Scores } from './metric.ts';

/** A candidate, and how many fits of it are averaged: 1 on all training rows, or one for each fold. */
const fitted = { ...candidateShape, parts: z.int().positive() };
/** What it scores by cross-validation. */
const judged = { cv: scoresSchema };

const single = z.object({ ...fitted, ...judged });
const ensemble = z.object({
  model: z.literal('ensemble'),
  intercept: z.number(),
  members: z.array(z.object({ ...fitted, weight: z.number() })).min(1),
  ...judged,
});

/** The model that was chosen, as a release records it: a candidate, or several with their weights. */
export const chosenSchema = z.union([ensemble, single]);
export type Chosen = z.infer<typeof chosenSchema>;

/** What a release records of a model. */
export function describeModel({ intercept, members }: Model, cv: Scores): Chosen {
  const described = members.map(({ weight, parts }) => {
    const { estimator, params, features } = parts[0] as FittedModel;
    return { model: estimator, params, ...(features.length > 0 && { features }), parts: parts.length, weight };
  });
  const [{ weight, ...only }, ...others] = described as [(typeof described)[number], ...typeof described];
  if (others.length === 0 && weight === 1 && intercept === 0) return { ...only, cv };
  return { model: 'ensemble', intercept, members: described, cv };
}

/** The candidates that a model is made of. */
export function membersOf(chosen: Chosen): Omit<z.infer<typeof single>, 'cv'>[] {
  return 'members' in chosen ? chosen.members : [chosen];
}

/** What people call it: "catboost", "the ensemble of catboost and ridge". */
export function nameOf(chosen: Chosen): string {
  if (!('members' in chosen)) return chosen.model;
  const models = new Set(chosen.members.toSorted((a, b) => b.weight - a.weight).map(({ model }) => model));
  return `the ensemble of ${new Intl.ListFormat('en-GB').format(models)}`;
}

/** An ensemble as the first line of a leaderboard, which has a line for each candidate; none where one candidate was chosen. */
export function ensembleEntry(chosen: Chosen | null | undefined): Evaluated[] {
  if (!chosen || !('members' in chosen)) return [];
  return [{ status: 'scored', model: chosen.model, params: {}, cv: chosen.cv }];
}

/** A candidate, as it is read from anywhere. */
interface Named {
  readonly model: string;
  readonly params: unknown;
  readonly features?: readonly unknown[] | undefined;
}

/** Whether a candidate of the leaderboard is a member of the model. */
export function isMember(chosen: Chosen, { model, params, features = [] }: Named): boolean {
  return membersOf(chosen).some(
    (member) =>
      member.model === model &&
      isDeepStrictEqual(member.params, params) &&
      isDeepStrictEqual(member.features ?? [], features),
  );
}
