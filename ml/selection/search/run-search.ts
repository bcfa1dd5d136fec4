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
  /** Whether there is time for a proposal. @default always */
  readonly fits?: ((proposal: Proposal) => boolean) | undefined;
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
  const { stop, signal, fitting, fits = () => true } = options;
  const either = AbortSignal.any([signal, stop].filter((each) => each !== undefined));
  for (let step = strategy.next([]); !step.done; ) {
    const batch = step.value;
    for (const proposal of batch.proposals) trials.propose(proposal);
    options.onBatch(batch);
    const outcomes = await mapSomeAtATime(batch.proposals, AHEAD * fitting.parallel, async (proposal) =>
      stop?.aborted || !fits(proposal) ? undefined : outcomeOf(proposal, trials, { ...options, either }),
    );
    signal?.throwIfAborted();
    if (stop?.aborted) return;
    step = strategy.next(outcomes);
  }
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
