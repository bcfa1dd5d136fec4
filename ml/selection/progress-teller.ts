import { rank } from './evaluated.ts';
import type { Evaluation } from './evaluation.ts';
import type { FitHooks } from './fitting.ts';
import { type Metric, scoreOf } from './metric.ts';
import type { FamilyProgress, FitProgress, Progress } from './progress.ts';
import type { Batch, Outcome } from './search/strategy.ts';
import type { Trials } from './search/trials.ts';

/** How often progress is told where nothing happens. */
const HEARTBEAT_MS = 250;
/** Before that an estimate says nothing. */
const FIRST_ESTIMATE_S = 1;

/** A fit that runs or has run. */
interface Fit {
  readonly model: string;
  readonly fold: number | null;
  readonly began: number;
  done: number;
  total: number;
  seconds: number | null;
}

/** How a model does, among all that are searched. */
interface Family {
  /** Fits that are planned, of those proposals that are known. */
  planned: number;
  readonly fits: Fit[];
  /** Proposals that have not come to an end. */
  open: number;
  isLast: boolean;
  isTold: boolean;
  /** How many of its candidates were tried in all folds or failed, and the best score. */
  trials: number;
  best: number | null;
}

interface Options {
  readonly tell: (progress: Progress) => void;
  readonly trials: Trials;
  readonly objective: Metric;
  /** How many folds there are. */
  readonly folds: number;
  /** How many fits there are at a time. */
  readonly parallel: number;
  /** The seconds that are left in any case. @default no end */
  readonly budgetLeft?: (() => number) | undefined;
}

/** Tells of the fits of a search: which runs, how far it is, how each model does, and how long it all will take. */
export class ProgressTeller {
  readonly #options: Options;
  readonly #families = new Map<string, Family>();
  readonly #warned = new Set<string>();
  readonly #start = performance.now();
  readonly #heartbeat: NodeJS.Timeout;
  #share = 0;
  #last: Fit | undefined;

  constructor(options: Options) {
    this.#options = options;
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS).unref();
  }

  batch({ proposals, last = [], done }: Batch): void {
    this.#share = done;
    for (const { fit, folds } of proposals) {
      const family = this.#family(fit.fitted.model);
      family.planned += folds.length;
      family.open += 1;
    }
    for (const model of last) this.#family(model).isLast = true;
    this.#tellFinished();
  }

  /** Plans one fit more: that of the best on all rows. */
  plan(model: string): void {
    this.#family(model).planned += 1;
    this.#share = 1;
  }

  /** What is told of one fit. @param fold from 0; null on all training rows */
  hooks(model: string, fold: number | null): FitHooks {
    let fit: Fit | undefined;
    return {
      onStart: () => {
        fit = { model, fold, began: performance.now(), done: 0, total: 0, seconds: null };
        this.#family(model).fits.push(fit);
        this.#last = fit;
        this.#beat();
      },
      onNote: (note) => {
        if ('warning' in note) return this.#warn(model, fold, note.warning);
        if (fit) Object.assign(fit, note);
        this.#last = fit;
        this.#beat();
      },
      onEnd: () => {
        if (fit) fit.seconds = (performance.now() - fit.began) / 1000;
      },
    };
  }

  outcome({ proposal }: Outcome): void {
    const { model } = proposal.fit.fitted;
    const { trials, objective } = this.#options;
    const family = this.#family(model);
    const entries = trials.evaluations(model).map(({ entry }) => entry);
    const [best] = rank(entries, objective);
    family.open -= 1;
    family.trials = entries.length;
    family.best = best?.status === 'scored' ? scoreOf(best.cv, objective) : null;
    this.#tellFinished();
  }

  /** Every model has come to its end, in time or before. */
  finished(): void {
    for (const family of this.#families.values()) Object.assign(family, { isLast: true, open: 0 });
    this.#tellFinished();
  }

  close(): void {
    clearInterval(this.#heartbeat);
  }

  #family(model: string): Family {
    const family = this.#families.get(model) ?? { ...fresh, fits: [] };
    this.#families.set(model, family);
    return family;
  }

  #tellFinished(): void {
    for (const [model, family] of this.#families) {
      if (!family.isLast || family.open > 0 || family.isTold) continue;
      family.isTold = true;
      this.#tellEvaluated(model);
    }
  }

  /** Tells of a candidate that was scored in the folds and could not be fitted on all rows. */
  failed({ entry, stack }: Evaluation): void {
    this.#options.tell({ stage: 'evaluated', entry, stack, trials: 1, seconds: this.#secondsOf(entry.model) });
  }

  /** Tells what a model has come to. */
  #tellEvaluated(model: string): void {
    const { tell, trials, objective } = this.#options;
    const evaluations = trials.evaluations(model);
    const [entry] = rank(
      evaluations.map(({ entry }) => entry),
      objective,
    );
    if (!entry) return;
    const stack = evaluations.find((evaluation) => evaluation.entry === entry)?.stack;
    tell({ stage: 'evaluated', entry, stack, trials: evaluations.length, seconds: this.#secondsOf(model) });
  }

  #secondsOf(model: string): number {
    return this.#family(model).fits.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0);
  }

  // Once in the folds: what is true of one is mostly true of all.
  #warn(model: string, fold: number | null, message: string): void {
    const key = `${model} ${fold === null}`;
    if (!this.#warned.has(key)) this.#options.tell({ stage: 'warned', model, message });
    this.#warned.add(key);
  }

  #beat(): void {
    const running = this.#fits().filter(({ seconds }) => seconds === null);
    const fit = this.#last?.seconds === null ? this.#last : running.at(-1);
    if (fit) this.#options.tell(this.#progressOf(fit));
  }

  #fits(): Fit[] {
    return [...this.#families.values()].flatMap(({ fits }) => fits);
  }

  #progressOf({ model, fold, done, total }: Fit): FitProgress {
    const planned = [...this.#families.values()].reduce((sum, family) => sum + family.planned, 0);
    return {
      stage: 'fitting',
      model,
      fold: fold === null ? null : fold + 1,
      folds: this.#options.folds,
      done,
      total,
      fits: { done: this.#fits().filter(({ seconds }) => seconds !== null).length, total: planned },
      families: [...this.#families].map(([model, family]) => familyProgress(model, family)),
      seconds: this.#seconds(),
      secondsLeft: this.#secondsLeft(),
    };
  }

  #seconds(): number {
    return (performance.now() - this.#start) / 1000;
  }

  #secondsLeft(): number | null {
    if (this.#seconds() < FIRST_ESTIMATE_S) return null;
    const { budgetLeft, parallel } = this.#options;
    const planned = secondsOfPlanned([...this.#families.values()], parallel);
    // What comes after this batch takes as long, for its share, as what came before it.
    const later = this.#share > 0 && this.#share < 1 ? (this.#seconds() * (1 - this.#share)) / this.#share : 0;
    const estimate = planned === null ? null : Math.max(planned, later);
    if (!budgetLeft) return estimate;
    return Math.max(0, Math.min(budgetLeft(), estimate ?? Infinity));
  }
}

const fresh = { planned: 0, open: 0, isLast: false, isTold: false, trials: 0, best: null };

function familyProgress(model: string, { fits, open, trials, best, isTold }: Family): FamilyProgress {
  const running = fits.filter(({ seconds }) => seconds === null);
  const state = isTold ? 'finished' : running.length > 0 ? 'running' : 'waiting';
  const told = running.map(({ done, total }) => (total > 0 ? done / total : 0));
  const share = told.length > 0 ? told.reduce((sum, part) => sum + part, 0) / told.length : null;
  return { model, state, trials, open, best, share };
}

/** A model's fits take what those did that are over, or seem to take; one that has not begun is like the others. */
function secondsOfPlanned(families: readonly Family[], parallel: number): number | null {
  const now = performance.now();
  const known = families.map(({ fits }) => meanOf(fits.flatMap((fit) => expected(fit, now) ?? [])));
  const typical = meanOf(known.flatMap((each) => each ?? []));
  if (typical === null) return null;
  let left = 0;
  families.forEach(({ planned, fits }, i) => {
    const each = known[i] ?? typical;
    left += each * Math.max(0, planned - fits.length);
    for (const { seconds, began } of fits) if (seconds === null) left += Math.max(0, each - (now - began) / 1000);
  });
  return left / parallel;
}

/** How long a fit takes as a whole, in seconds; undefined where it does not tell how far it is. */
function expected({ seconds, began, done, total }: Fit, now: number): number | undefined {
  if (seconds !== null) return seconds;
  return done > 0 ? (((now - began) / 1000) * total) / done : undefined;
}

const meanOf = (values: readonly number[]) =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
