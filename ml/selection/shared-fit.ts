import { growthOf } from '../estimators/index.ts';
import type { Candidate } from './candidate.ts';

/** Candidates that one fit in each fold answers for: one, or several that differ in their number of rounds alone. */
export interface SharedFit {
  readonly candidates: readonly Candidate[];
  /** The candidate that is fitted: that of the most rounds. */
  readonly fitted: Candidate;
  /** The rounds of each candidate, ascending; undefined where there is one candidate. */
  readonly rounds?: readonly number[];
}

/** One candidate, with a fit of its own. */
export const ownFit = (candidate: Candidate): SharedFit => ({ candidates: [candidate], fitted: candidate });

/** Puts candidates together that can share a fit, in the order of the first of each. */
export function shareFits(candidates: readonly Candidate[]): SharedFit[] {
  const groups: Candidate[][] = [];
  const byKey = new Map<string, Candidate[][]>();
  for (const candidate of candidates) {
    const key = keyOf(candidate);
    const alike = byKey.get(key) ?? [];
    byKey.set(key, alike);
    const group = alike.find(([first]) => first && sharesFit(first, candidate));
    if (group) {
      group.push(candidate);
      continue;
    }
    const own = [candidate];
    alike.push(own);
    groups.push(own);
  }
  return groups.map(shared);
}

function shared(candidates: readonly Candidate[]): SharedFit {
  const sorted = candidates.toSorted((a, b) => (roundsOf(a) ?? 0) - (roundsOf(b) ?? 0));
  const fitted = sorted.at(-1) as Candidate;
  if (sorted.length === 1) return ownFit(fitted);
  return { candidates: sorted, fitted, rounds: sorted.map((candidate) => roundsOf(candidate) as number) };
}

/** How many rounds a candidate asks for; undefined where it does not grow in rounds. */
export function roundsOf({ model, params }: Candidate): number | undefined {
  const growth = growthOf(model);
  return growth && (params[growth.rounds] as number);
}

/** The same candidate with another number of rounds. */
export function withRounds(candidate: Candidate, rounds: number): Candidate {
  const growth = growthOf(candidate.model);
  return growth ? { ...candidate, params: { ...candidate.params, [growth.rounds]: rounds } } : candidate;
}

/** What candidates that may share a fit have in common. */
function keyOf(candidate: Candidate): string {
  const { model, params, features } = withRounds(candidate, 1);
  return JSON.stringify([model, Object.entries(params).sort(), features ?? []]);
}

function sharesFit(a: Candidate, b: Candidate): boolean {
  const growth = growthOf(a.model);
  return growth?.sharesFit?.(a.params, b.params) ?? growth !== undefined;
}
