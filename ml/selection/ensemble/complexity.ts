import { complexityOf } from '../../estimators/index.ts';
import type { Candidate } from '../candidate.ts';

/** How hard a model is to understand. */
export interface Complexity {
  /** How many candidates it is made of. */
  readonly members: number;
  /** The place of its estimators' kind, from linear ones to many trees: that of the most complex member. */
  readonly kind: number;
  /** How many recipes make features for it. */
  readonly recipes: number;
}

export function complexityOfCandidate({ model, features = [] }: Candidate): Complexity {
  return { members: 1, kind: complexityOf(model), recipes: features.length };
}

/** Of several together. */
export function together(members: readonly Complexity[]): Complexity {
  return {
    members: members.reduce((sum, each) => sum + each.members, 0),
    kind: Math.max(...members.map(({ kind }) => kind)),
    recipes: members.reduce((sum, { recipes }) => sum + recipes, 0),
  };
}

/** Below 0 where `a` is simpler: fewer members first, then the simpler kind of estimator, then fewer recipes. */
export function compareComplexity(a: Complexity, b: Complexity): number {
  return a.members - b.members || a.kind - b.kind || a.recipes - b.recipes;
}
