import { mapSomeAtATime } from '../../core/map-some-at-a-time.ts';
import { type EvaluationOptions, evaluateFolds } from '../evaluation.ts';
import type { FitHooks } from '../fitting.ts';
import type { Batch, Outcome, Proposal, Strategy } from './strategy.ts';
import type { Trials } from './trials.ts';

/** Remembers what was tried, so that a search that is interrupted can be taken up. */
export interface Memory {
  /** What came of this proposal before; undefined where it was not tried. */
  recall(proposal: Proposal): Promise<Outcome | undefined>;
  /** Notes what came of a proposal, before it counts. */
  note(outcome: Outcome): Promise<void>;
}

export interface SearchOptions extends EvaluationOptions {
  /** Ends the search, which then makes do with what there is. */
  readonly stop?: AbortSignal | undefined;
  readonly memory?: Memory | undefined;
  /** A proposal as there is time for it when its turn comes; undefined where there is none. @default as it is */
  readonly afford?: ((proposal: Proposal) => Proposal | undefined) | undefined;
  readonly onBatch: (batch: Batch) => void;
  readonly hooksOf: (proposal: Proposal, fold: number) => FitHooks;
  readonly onOutcome: (outcome: Outcome) => void;
}

/** So many proposals for each fit at a time are under way, so that no thread waits for the next one. */
const AHEAD = 2;

/**
 * Tries what a strategy proposes, batch by batch, until it proposes nothing more or is stopped.
 *
 * @throws the signal's reason once that is aborted
 */
export async function runSearch(strategy: Strategy, trials: Trials, options: SearchOptions): Promise<void> {
  const { stop, signal, afford } = options;
  const either = AbortSignal.any([signal, stop].filter((each) => each !== undefined));
  for (let step = strategy.next([]); !step.done; ) {
    const { proposals } = step.value;
    // In their order, whatever that is in which they come to an end; where time is short, only what is begun counts.
    if (!afford) for (const proposal of proposals) trials.propose(proposal);
    options.onBatch(step.value);
    const outcomes = await mapSomeAtATime(proposals, atOnce(proposals, options), async (proposed) => {
      if (stop?.aborted) return undefined;
      const proposal = afford ? afford(proposed) : proposed;
      if (!proposal) return undefined;
      if (afford) trials.propose(proposal);
      return outcomeOf(proposal, trials, { ...options, either });
    });
    signal?.throwIfAborted();
    if (stop?.aborted) return;
    step = strategy.next(outcomes);
  }
}

/** How many proposals are under way, so that no thread waits for the next one; where time is short no more, since later ones know better. */
function atOnce(proposals: readonly Proposal[], { afford, fitting: { parallel } }: SearchOptions): number {
  const fewestFolds = Math.min(...proposals.map(({ folds }) => folds.length));
  return afford ? 1 + Math.ceil((AHEAD * parallel) / fewestFolds) : AHEAD * parallel;
}

/** Undefined where the search was stopped before it came to an end. */
async function outcomeOf(
  proposal: Proposal,
  trials: Trials,
  options: SearchOptions & { readonly either: AbortSignal },
): Promise<Outcome | undefined> {
  const { stop, signal, either, memory, hooksOf, onOutcome } = options;
  const known = await memory?.recall(proposal);
  const told = (outcome: Outcome) => {
    trials.add(outcome);
    onOutcome(outcome);
    return outcome;
  };
  if (known) return told(known);
  const { fit, folds, how } = proposal;
  try {
    const results = await evaluateFolds(fit, folds, how, { ...options, signal: either }, (fold) =>
      hooksOf(proposal, fold),
    );
    const outcome = { proposal, results };
    await memory?.note(outcome);
    return told(outcome);
  } catch (error) {
    if (stop?.aborted && !signal?.aborted) return undefined;
    throw error;
  }
}
