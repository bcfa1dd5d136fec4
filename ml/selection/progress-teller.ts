import type { Candidate } from './candidate.ts';
import type { Evaluation } from './evaluation.ts';
import type { FitHooks } from './fitting.ts';
import type { FitProgress, Progress } from './progress.ts';

/** How often progress is told where nothing happens. */
const HEARTBEAT_MS = 250;
/** Before that an estimate says nothing. */
const FIRST_ESTIMATE_S = 1;

/** A fit that runs or has run. */
interface Fit {
  readonly candidate: Candidate;
  readonly fold: number | null;
  readonly began: number;
  done: number;
  total: number;
  seconds: number | null;
}

/** Tells of the fits of all candidates: which runs, how far it is, and how long it all will take. */
export class ProgressTeller {
  readonly #tell: (progress: Progress) => void;
  readonly #folds: number;
  readonly #parallel: number;
  readonly #planned = new Map<Candidate, number>();
  readonly #fits: Fit[] = [];
  readonly #warned = new Set<string>();
  readonly #start = performance.now();
  readonly #heartbeat: NodeJS.Timeout;
  #last: Fit | undefined;

  /** @param candidates all that are to be fitted in each fold. @param parallel how many fits there are at a time */
  constructor(tell: (progress: Progress) => void, candidates: readonly Candidate[], folds: number, parallel: number) {
    this.#tell = tell;
    this.#folds = folds;
    this.#parallel = parallel;
    for (const candidate of candidates) this.#planned.set(candidate, folds);
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS).unref();
  }

  /** Plans one fit more: that of the best on all rows. */
  plan(candidate: Candidate): void {
    this.#planned.set(candidate, (this.#planned.get(candidate) ?? 0) + 1);
  }

  /** What is told of one fit. @param fold from 0; null on all training rows */
  hooks(candidate: Candidate, fold: number | null): FitHooks {
    let fit: Fit | undefined;
    return {
      onStart: () => {
        fit = { candidate, fold, began: performance.now(), done: 0, total: 0, seconds: null };
        this.#fits.push(fit);
        this.#last = fit;
        this.#beat();
      },
      onNote: (note) => {
        if ('warning' in note) return this.#warn(candidate.model, fold, note.warning);
        if (fit) Object.assign(fit, note);
        this.#last = fit;
        this.#beat();
      },
      onEnd: () => {
        if (fit) fit.seconds = (performance.now() - fit.began) / 1000;
      },
    };
  }

  evaluated(candidate: Candidate, { entry, stack }: Evaluation): void {
    const own = this.#fits.filter((fit) => fit.candidate === candidate);
    // What was given up is not waited for.
    this.#planned.set(candidate, own.length);
    this.#tell({ stage: 'evaluated', entry, stack, seconds: own.reduce((sum, fit) => sum + (fit.seconds ?? 0), 0) });
  }

  close(): void {
    clearInterval(this.#heartbeat);
  }

  // Once in the folds: what is true of one is mostly true of all.
  #warn(model: string, fold: number | null, message: string): void {
    const key = `${model} ${fold === null}`;
    if (!this.#warned.has(key)) this.#tell({ stage: 'warned', model, message });
    this.#warned.add(key);
  }

  #beat(): void {
    const running = this.#fits.filter(({ seconds }) => seconds === null);
    const fit = this.#last?.seconds === null ? this.#last : running.at(-1);
    if (fit) this.#tell(this.#progressOf(fit));
  }

  #progressOf({ candidate, fold, done, total }: Fit): FitProgress {
    const planned = [...this.#planned.values()].reduce((sum, count) => sum + count, 0);
    return {
      stage: 'fitting',
      model: candidate.model,
      fold: fold === null ? null : fold + 1,
      folds: this.#folds,
      done,
      total,
      fits: { done: this.#fits.filter(({ seconds }) => seconds !== null).length, total: planned },
      seconds: (performance.now() - this.#start) / 1000,
      secondsLeft: this.#secondsLeft(),
    };
  }

  /** A candidate's fits take what those did that are over, or seem to take; one that has not begun is like the others. */
  #secondsLeft(): number | null {
    const now = performance.now();
    if (now - this.#start < FIRST_ESTIMATE_S * 1000) return null;
    const known = new Map<Candidate, number>();
    for (const candidate of this.#planned.keys()) {
      const times = this.#fits.filter((fit) => fit.candidate === candidate).flatMap((fit) => expected(fit, now) ?? []);
      if (times.length > 0) known.set(candidate, mean(times));
    }
    if (known.size === 0) return null;
    const typical = mean([...known.values()]);
    let left = 0;
    for (const [candidate, planned] of this.#planned) {
      const each = known.get(candidate) ?? typical;
      const begun = this.#fits.filter((fit) => fit.candidate === candidate);
      left += each * Math.max(0, planned - begun.length);
      for (const { seconds, began } of begun) if (seconds === null) left += Math.max(0, each - (now - began) / 1000);
    }
    return left / this.#parallel;
  }
}

/** How long a fit takes as a whole, in seconds; undefined where it does not tell how far it is. */
function expected({ seconds, began, done, total }: Fit, now: number): number | undefined {
  if (seconds !== null) return seconds;
  return done > 0 ? (((now - began) / 1000) * total) / done : undefined;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
