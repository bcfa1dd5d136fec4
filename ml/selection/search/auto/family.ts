import type { Random } from '../../../core/random.ts';
import type { Recipe } from '../../../features/recipe.ts';
import type { Candidate } from '../../candidate.ts';
import type { Evaluation } from '../../evaluation.ts';
import { keyOf } from '../candidate-key.ts';
import type { Space } from '../space.ts';
import { openingParams } from './portfolio.ts';

/** How far from the best candidate the next ones are drawn at first, and at least, as a share of each range. */
const FIRST_STEP = 0.35;
const LAST_STEP = 0.08;
const STEP_RATE = 0.85;
/** One candidate in so many is drawn from everywhere. */
const FROM_EVERYWHERE = 0.2;
/** After so many candidates in a row that are better by less than this share of the score, nothing better is likely. */
const IN_VAIN = 15;
const MATERIAL = 1e-4;
/** After so many draws in vain there is nothing new to draw. */
const DRAWS = 30;

/** One model in a search: what was tried of it, what it cost, and what to try next. */
export class Family {
  readonly space: Space;
  readonly #opener: Candidate;
  /** What is to be tried before anything is drawn. */
  readonly #queue: Candidate[];
  readonly #tried = new Set<string>();
  #step = FIRST_STEP;
  /** The best candidate that was tried in all folds, and its score, where higher is better. */
  best: Evaluation | undefined;
  score = -Infinity;
  /** The recipes that paid. */
  features: readonly Recipe[] = [];
  /** What was spent: in all, until the best candidate was found, and until the best one before it. */
  spent = 0;
  #spentAtBest = 0;
  #spentBefore = 0;
  #lastGain = 0;
  #inVain = 0;
  isOver = false;
  /** Whether its opener was proposed. */
  isOpened = false;
  /** By how much it lay behind on few rows, as a share of what the best is better than the worst. */
  behind = 0;

  constructor(space: Space) {
    this.space = space;
    const [opener = {}, ...others] = openingParams(space);
    this.#opener = space.candidate(opener);
    this.#queue = [this.#opener, ...others.map((params) => space.candidate(params))];
  }

  get model(): string {
    return this.space.model;
  }

  /** What is tried first: with the recipes that pay, as far as they are known by then. */
  get opener(): Candidate {
    return this.#withFeatures(this.#opener);
  }

  /** The same, which counts as tried from then on. */
  open(): Candidate {
    this.isOpened = true;
    this.isNew(this.opener);
    return this.opener;
  }

  /** Whether a candidate is new; it counts as tried from then on. */
  isNew(candidate: Candidate): boolean {
    const key = keyOf(candidate);
    if (this.#tried.has(key)) return false;
    this.#tried.add(key);
    return true;
  }

  /** What to try next; undefined where there is nothing new. */
  next(random: Random): Candidate | undefined {
    for (;;) {
      const waiting = this.#queue.shift();
      if (!waiting) break;
      const candidate = this.#withFeatures(waiting);
      if (this.isNew(candidate)) return candidate;
    }
    if (this.space.isEmpty) return undefined;
    for (let draw = 0; draw < DRAWS; draw++) {
      const base = this.best?.entry;
      const isFar = base === undefined || random.uniform() < FROM_EVERYWHERE;
      const candidate = this.#withFeatures(isFar ? this.space.draw(random) : this.space.near(base, this.#step, random));
      if (this.isNew(candidate)) return candidate;
    }
    return undefined;
  }

  /** Takes what a candidate came to in all folds. @param score where higher is better */
  record(evaluation: Evaluation, score: number): void {
    const isMaterial = score > this.score + MATERIAL * Math.abs(this.score);
    this.#inVain = isMaterial || this.score === -Infinity ? 0 : this.#inVain + 1;
    if (this.#inVain >= IN_VAIN) this.isOver = true;
    if (score <= this.score) {
      this.#step = Math.max(LAST_STEP, this.#step * STEP_RATE);
      return;
    }
    this.#lastGain = this.score === -Infinity ? 0 : score - this.score;
    this.#spentBefore = this.#spentAtBest;
    this.#spentAtBest = this.spent;
    this.best = evaluation;
    this.score = score;
  }

  /**
   * What it takes this model to find something better than `best`, the best score of all: as much as its last improvement took,
   * or longer where it lies behind. One that was not tried yet takes its opener.
   *
   * Source: Wang et al. 2021, FLAML, arXiv:1911.04706, section 4.2 (estimated cost for improvement).
   */
  costToImprove(best: number, openerCost: number): number {
    if (!this.best) return openerCost * (1 + BEHIND * this.behind);
    const own = Math.max(this.spent - this.#spentAtBest, this.#spentAtBest - this.#spentBefore, 1e-6);
    const gap = best - this.score;
    if (gap <= 0) return own;
    if (this.#lastGain <= 0) return own * (1 + (BEHIND * gap) / Math.max(1e-9, Math.abs(best)));
    return Math.max(own, (2 * gap * (this.spent - this.#spentBefore)) / this.#lastGain);
  }

  #withFeatures(candidate: Candidate): Candidate {
    return this.features.length > 0 ? { ...candidate, features: this.features } : candidate;
  }
}

/** A model that has not improved yet counts as so much slower for lying behind by the whole of the best score. */
const BEHIND = 100;
