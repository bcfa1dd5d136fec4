import type { FittedModel } from '../../estimators/model.ts';
import type { Candidate } from '../candidate.ts';
import { type Evaluation, type EvaluationOptions, type FoldResult, summarise } from '../evaluation.ts';
import type { FitFailure } from '../fit-job.ts';
import { rankEvaluations } from '../leaderboard.ts';
import { type PartialTrial, type RecordedTrial, recordPartialTrial, recordTrial } from '../recorded-trial.ts';
import { keyOf } from './candidate-key.ts';
import { KeptFits } from './kept-fits.ts';
import type { Outcome, Proposal } from './strategy.ts';

/** A candidate and what it came to so far. */
interface Trial {
  readonly candidate: Candidate;
  readonly patience: number | undefined;
  readonly results: Map<number, FoldResult>;
  failure: FitFailure | undefined;
  /** Made once all is known. */
  evaluation: Evaluation | undefined;
}

/** A candidate that is tried on few rows. */
interface Glance {
  readonly candidate: Candidate;
  readonly proposal: Proposal;
  results: readonly FoldResult[] | FitFailure | undefined;
}

/** So many numbers of out-of-fold predictions are kept, 1 GiB; of a hundred classes and as many thousand rows those of a dozen candidates. */
const MOST_NUMBERS = 2 ** 27;

/** What a search has tried: of each candidate its results on all rows, fold by fold; and what others came to on few rows. */
export class Trials {
  readonly #options: Pick<EvaluationOptions, 'context' | 'task'>;
  readonly #trials = new Map<string, Trial>();
  readonly #glances = new Map<string, Glance>();
  readonly #leftOut = new Set<string>();
  readonly #kept = new KeptFits();

  readonly #mostNumbers: number;

  /** @param mostNumbers how many numbers of predictions are kept */
  constructor(options: Pick<EvaluationOptions, 'context' | 'task'>, mostNumbers = MOST_NUMBERS) {
    this.#mostNumbers = mostNumbers;
    this.#options = options;
  }

  /** Gives the candidates of a proposal their place, before they are tried: so their order is that of the proposals. */
  propose(proposal: Proposal): void {
    const { fit, how } = proposal;
    for (const candidate of fit.candidates) {
      // On fewer rows than there are a candidate comes to nothing that could be compared.
      if (how.rows !== undefined) {
        this.#glances.set(glanceKey(candidate, how.rows), { candidate, proposal, results: undefined });
        continue;
      }
      const key = keyOf(candidate);
      if (!this.#trials.has(key))
        this.#trials.set(key, {
          candidate,
          patience: how.patience,
          results: new Map(),
          failure: undefined,
          evaluation: undefined,
        });
    }
  }

  /** Takes what came of a proposal. */
  add({ proposal, results }: Outcome): void {
    const { rows } = proposal.how;
    proposal.fit.candidates.forEach((candidate, i) => {
      const result = results[i] as readonly FoldResult[] | FitFailure;
      if (rows !== undefined) {
        const glance = this.#glances.get(glanceKey(candidate, rows));
        if (glance) glance.results = result;
        return;
      }
      const trial = this.#trials.get(keyOf(candidate));
      if (!trial) return;
      if ('reason' in result) trial.failure ??= result;
      else for (const { model, ...fold } of result) this.#take(trial, fold, model);
    });
    this.#kept.trim(() => this.#worstFirst());
    this.#forgetPredictions();
  }

  /** The fit of a candidate, as it was proposed, in a fold, if it was kept. */
  fitOf(candidate: Candidate, fold: number): FittedModel | undefined {
    return this.#kept.get(keyOf(candidate), fold);
  }

  #take({ candidate, results }: Trial, fold: FoldResult, model: FittedModel | undefined): void {
    results.set(fold.fold, fold);
    if (model) this.#kept.add(keyOf(candidate), fold.fold, model);
  }

  /**
   * Forgets what the worst candidates predicted where there is no room for all: they are scored, and part of no ensemble. Those that are
   * left are the best ones, in whatever order outcomes came.
   */
  #forgetPredictions(): void {
    const sizes = new Map([...this.#trials].map(([key, { results }]) => [key, numbersIn(results.values())]));
    let total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    if (total <= this.#mostNumbers) return;
    // The best one stays, however large.
    for (const key of this.#worstFirst().slice(0, -1)) {
      if (total <= this.#mostNumbers) return;
      const trial = this.#trials.get(key);
      if (!trial?.evaluation) continue;
      total -= sizes.get(key) ?? 0;
      trial.evaluation = { ...trial.evaluation, folds: [] };
      trial.results.clear();
    }
  }

  #worstFirst(): string[] {
    const ranked = rankEvaluations(this.evaluations(), this.#options.task.objective);
    return ranked.map(({ asFitted }) => keyOf(asFitted)).reverse();
  }

  /** Keeps a candidate from being chosen. */
  leaveOut(candidate: Candidate): void {
    this.#leftOut.add(keyOf(candidate));
  }

  /**
   * The candidates that were tried in every fold or failed, in the order in which they were proposed first. One whose
   * growing stopped early has as many rounds as its folds came to, on average.
   *
   * @param model of this model alone. @default of all
   */
  evaluations(model?: string): Evaluation[] {
    return this.#known().flatMap(({ evaluation, isLeftOut }) =>
      isLeftOut || (model !== undefined && evaluation.entry.model !== model) ? [] : evaluation,
    );
  }

  /** The same with those that were left out, as a release records them. */
  recorded(): RecordedTrial[] {
    return this.#known().map(({ evaluation, isLeftOut }) => recordTrial(evaluation, isLeftOut));
  }

  /** The candidates that were tried on few rows, and those that were given up after some folds, as a release records them. */
  recordedInPart(): PartialTrial[] {
    const onFewRows = [...this.#glances.values()].flatMap(({ candidate, proposal: { how, folds }, results }) =>
      results ? recordPartialTrial(candidate, how, folds, results) : [],
    );
    const givenUp = [...this.#trials.values()].flatMap(({ candidate, patience, results, failure }) => {
      if (failure || results.size === 0 || results.size === this.#options.context.folds.length) return [];
      const inOrder = inOrderOfFolds(results);
      return recordPartialTrial(
        candidate,
        { patience },
        inOrder.map(({ fold }) => fold),
        inOrder,
      );
    });
    return [...onFewRows, ...givenUp];
  }

  #known(): { evaluation: Evaluation; isLeftOut: boolean }[] {
    return [...this.#trials].flatMap(([key, trial]) => {
      trial.evaluation ??= this.#evaluationOf(trial);
      return trial.evaluation ? [{ evaluation: trial.evaluation, isLeftOut: this.#leftOut.has(key) }] : [];
    });
  }

  /** What came of a candidate, as it was proposed; undefined where it was not tried in all folds. */
  evaluationOf(candidate: Candidate): Evaluation | undefined {
    const trial = this.#trials.get(keyOf(candidate));
    if (trial) trial.evaluation ??= this.#evaluationOf(trial);
    return trial?.evaluation;
  }

  #evaluationOf({ candidate, patience, results, failure }: Trial): Evaluation | undefined {
    if (failure) return summarise(candidate, failure, this.#options);
    if (results.size < this.#options.context.folds.length) return undefined;
    return summarise(candidate, inOrderOfFolds(results), this.#options, patience);
  }
}

const glanceKey = (candidate: Candidate, rows: number) => `${rows} ${keyOf(candidate)}`;

const inOrderOfFolds = (results: ReadonlyMap<number, FoldResult>) =>
  [...results.values()].sort((a, b) => a.fold - b.fold);

const numbersIn = (results: Iterable<FoldResult>) =>
  [...results].reduce((sum, { predictions }) => sum + predictions.values.length, 0);
