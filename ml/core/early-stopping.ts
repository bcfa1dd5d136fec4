/** Whether the losses so far say that there are rounds enough; `best` is the number of rounds of the lowest. */
export type StoppingRule = (losses: readonly number[], best: number) => boolean;

/** Once so many rounds have not lowered the lowest loss. Source: XGBoost 3.2, CatBoost 1.2 (`od_type` Iter). */
export function sinceLowest(rounds: number): StoppingRule {
  return (losses, best) => losses.length - best >= rounds;
}

/** Once a loss is not lower, by more than `tolerance`, than any of so many before it. Source: scikit-learn 1.9. */
export function sinceAnyLower(rounds: number, tolerance: number): StoppingRule {
  return (losses) => {
    if (losses.length <= rounds) return false;
    const loss = losses[losses.length - 1] as number;
    return !losses.slice(-1 - rounds, -1).some((earlier) => loss + tolerance < earlier);
  };
}

/** Watches the loss on rows that boosting does not learn from, round by round. */
export class EarlyStopping {
  readonly #rule: StoppingRule;
  readonly #losses: number[] = [];
  #lowest = Infinity;
  /** How many rounds gave the lowest loss first; 0 before the first. */
  best = 0;

  constructor(rule: StoppingRule) {
    this.#rule = rule;
  }

  /** Adds the loss after a round. */
  add(loss: number): void {
    this.#losses.push(loss);
    // The first one counts even where it is not finite.
    if (this.best > 0 && !(loss < this.#lowest)) return;
    this.#lowest = loss;
    this.best = this.#losses.length;
  }

  /** Whether there are rounds enough. */
  get isOver(): boolean {
    return this.#losses.length > 0 && this.#rule(this.#losses, this.best);
  }
}
