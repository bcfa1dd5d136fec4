import { EarlyStopping, sinceAnyLower } from '../../core/early-stopping.ts';
import { DataError } from '../../core/errors.ts';
import { holdOut } from '../../core/hold-out.ts';
import type { Matrix } from '../../core/matrix.ts';
import { createRandom, type Random, sample, scrambled } from '../../core/random.ts';
import type { Relations } from '../../core/relations.ts';
import type { Split } from '../../core/split.ts';
import { ExactGrower, type OnLeaf } from '../../trees/exact/grow.ts';
import { addUnweighted, predictTree, TreeBuilder, type Trees } from '../../trees/trees.ts';
import type { LabelledRows, Training } from '../estimator.ts';
import type { BoostingLoss, Weighted } from './boosting-loss.ts';
import { rowWeights } from './row-weights.ts';
import { exactRules, ranksFor, type Splitter, type TreeValues } from './tree-params.ts';

/** The parameters of boosting, whatever the loss. */
export interface BoostingValues extends TreeValues {
  readonly learning_rate: number;
  readonly n_estimators: number;
  readonly subsample: number;
  readonly splitter: Splitter;
  readonly n_iter_no_change: number | null;
  readonly validation_fraction: number;
  readonly tol: number;
}

interface BoostingTask extends LabelledRows, Pick<Training, 'validation' | 'seed' | 'onRound'> {
  readonly values: BoostingValues;
  readonly loss: BoostingLoss;
  /** What a raw prediction is divided by at last: where that is not finite, boosting diverges. */
  readonly unit: number;
}

/** Of each output a constant, on top of which its trees are summed: in each round one for each output, in their order. */
interface Boosted {
  readonly bases: readonly number[];
  readonly trees: Trees;
}

/**
 * Grows trees that each lessen what is left of a loss.
 *
 * Source: Friedman 2001 and 2002; scikit-learn 1.9, `_gb.py`.
 *
 * @throws DataError where boosting diverges, or early stopping leaves nothing that counts
 */
export function boost({
  x,
  y,
  weights,
  validation,
  groups,
  times,
  strata,
  seed,
  onRound,
  ...task
}: BoostingTask): Boosted {
  const { values, loss, unit } = task;
  const random = createRandom(scrambled(seed));
  const given = values.n_iter_no_change === null ? undefined : validation;
  const { learned: rows, held } = given ? holdOut(x.rows, 0) : split(x.rows, values, random, { groups, times, strata });
  const all = rowWeights(x.rows, weights);
  // 0 of rows that are held out, and of those that are on neither side.
  const learned = new Float64Array(x.rows);
  for (const row of rows) learned[row] = all[row]!;
  const weighted = (values: Float64Array, rows: Uint32Array): Weighted => ({
    values: pick(values, rows),
    weights: weights && pick(all, rows),
  });
  checkWeights(pick(all, rows), pick(all, held));
  const grower = new ExactGrower(
    ranksFor(x, values.splitter),
    exactRules('squared_error', values, { rows: rows.length, columns: x.columns }),
  );
  const builder = new TreeBuilder();
  const bases = loss.initial(weighted(y, rows));
  const raw = startAt(bases, x.rows);
  const residuals = startAt(bases, x.rows);
  const gradients = new Float64Array(x.rows);
  const leaf = new LeafRows(x.rows, weights && all);
  const watched = given && new WatchedRows(given, bases);
  const stopping = new EarlyStopping(sinceAnyLower(values.n_iter_no_change ?? Infinity, values.tol));
  for (let round = 0; round < values.n_estimators && !stopping.isOver; round++) {
    loss.setResiduals(y, raw, residuals);
    const drawn = values.subsample < 1 ? drawRows(rows, learned, values.subsample, random) : learned;
    for (let output = 0; output < bases.length; output++) {
      const own = residuals[output]!;
      loss.prepare?.(held.length > 0 ? weighted(own, rows) : { values: own, weights: weights && all });
      const targets = { y: gradientsOf(loss, own, gradients), weights: drawn };
      const sums = raw[output]!;
      const onLeaf: OnLeaf = (node, rows, start, end) => {
        const mean = builder.leafAt(node);
        const value = values.learning_rate * (loss.isMean ? mean : loss.leafValue(leaf.take(own, rows, start, end)));
        if (!Number.isFinite(value / unit)) throw new DataError(divergence(round + 1));
        builder.setLeaf(node, value);
        addTo(sums, rows, start, end, value);
      };
      // The rows that it was not grown on still have to find their leaves.
      grower.grow(builder, targets, random, onLeaf, (node, rows, start, end) =>
        addTo(sums, rows, start, end, builder.leafAt(node)),
      );
      if (!grower.placesOthers) addUnweighted(sums, builder.view(), round * bases.length + output, x, drawn);
    }
    if (held.length > 0)
      stopping.add(
        loss.mean(
          weighted(y, held),
          raw.map((values) => pick(values, held)),
        ),
      );
    if (watched) stopping.add(watched.addRound(loss, builder.view()));
    onRound?.(round + 1, values.n_estimators);
  }
  // The reference, which knows no rows but its own share, keeps those past the best too.
  return { bases, trees: builder.build(watched && stopping.best * bases.length) };
}

const pick = (values: Float64Array, rows: Uint32Array) => Float64Array.from(rows, (row) => values[row]!);

/** An array for each output, filled with what its raw predictions start from. */
const startAt = (bases: readonly number[], rows: number) => bases.map((base) => new Float64Array(rows).fill(base));

/** The negative gradients of all rows. @param room for them, where they are not the residuals themselves */
function gradientsOf({ gradient }: BoostingLoss, residuals: Float64Array, room: Float64Array): Float64Array {
  if (!gradient) return residuals;
  for (let i = 0; i < residuals.length; i++) room[i] = gradient(residuals[i]!);
  return room;
}

/** Adds a number to those of some rows. */
function addTo(sums: Float64Array, rows: Uint32Array, start: number, end: number, value: number): void {
  for (let at = start; at < end; at++) sums[rows[at]!]! += value;
}

const divergence = (trees: number) =>
  `boosting diverges: after ${trees} trees its predictions are no longer finite; take a smaller learning_rate`;

/** The residuals and weights of the rows of a leaf beside each other: room for them, used again for the next leaf. */
class LeafRows {
  readonly #values: Float64Array;
  readonly #own: Float64Array | undefined;
  readonly #weights: Float64Array | undefined;

  constructor(rows: number, weights: Float64Array | undefined) {
    this.#values = new Float64Array(rows);
    this.#own = weights && new Float64Array(rows);
    this.#weights = weights;
  }

  take(residuals: Float64Array, rows: Uint32Array, start: number, end: number): Weighted {
    for (let at = start; at < end; at++) this.#values[at] = residuals[rows[at]!]!;
    if (this.#own) for (let at = start; at < end; at++) this.#own[at] = this.#weights![rows[at]!]!;
    return { values: this.#values.subarray(start, end), weights: this.#own?.subarray(start, end) };
  }
}

/** Validation rows that were given, and what the rounds so far say of them. */
class WatchedRows {
  readonly #x: Matrix;
  readonly #targets: Weighted;
  readonly #raw: readonly Float64Array[];

  constructor({ x, y, weights }: LabelledRows, bases: readonly number[]) {
    this.#x = x;
    this.#targets = { values: y, weights };
    this.#raw = startAt(bases, x.rows);
  }

  /** Adds the last round of some trees; returns the loss after it. */
  addRound(loss: BoostingLoss, trees: Trees): number {
    const first = trees.roots.length - this.#raw.length;
    this.#raw.forEach((raw, output) => {
      const values = predictTree(trees, first + output, this.#x);
      for (let i = 0; i < values.length; i++) raw[i]! += values[i]!;
    });
    return loss.mean(this.#targets, this.#raw);
  }
}

/** @throws DataError where the rows that early stopping leaves or takes count for nothing */
function checkWeights(learned: Float64Array, held: Float64Array): void {
  const counts = (weights: Float64Array) => weights.length === 0 || weights.some((weight) => weight > 0);
  if (counts(learned) && counts(held)) return;
  throw new DataError(
    `early stopping ${counts(held) ? 'leaves only rows' : 'holds out only rows'} of weight 0; ` +
      'take another validation_fraction, or leave such rows out',
  );
}

/** Rows held out for early stopping; none without it, or where too few rows would be left, or all are of one group or time. */
function split(
  rows: number,
  { n_iter_no_change, validation_fraction }: Pick<BoostingValues, 'n_iter_no_change' | 'validation_fraction'>,
  random: Random,
  relations: Relations,
): Split {
  const held = Math.ceil(rows * validation_fraction);
  return n_iter_no_change === null || held >= rows ? holdOut(rows, 0) : holdOut(rows, held, random, relations);
}

/**
 * The weights of a share of the rows (rounded down, one at least) drawn without replacement, and 0 for all others; of all
 * rows, where no row that was drawn has a weight.
 */
function drawRows(rows: Uint32Array, weights: Float64Array, share: number, random: Random): Float64Array {
  const count = Math.max(1, Math.floor(share * rows.length));
  // Whichever are fewer are drawn: those that are in, or those that are out.
  const isOut = 2 * count > rows.length;
  const drawn = isOut ? weights.slice() : new Float64Array(weights.length);
  for (const k of sample(rows.length, isOut ? rows.length - count : count, random)) {
    const row = rows[k]!;
    drawn[row] = isOut ? 0 : weights[row]!;
  }
  return drawn.some((weight) => weight > 0) ? drawn : weights;
}
