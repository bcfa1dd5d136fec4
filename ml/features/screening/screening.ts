import { largestSize, unitOf } from '../../core/moments.ts';
import { AdditiveModel, type Term } from './additive-model.ts';
import { crossFittedGain, type Gain } from './gain.ts';
import { Sample, type ScreenedRows, someRows } from './sample.ts';

/** Rows that are looked at, and of those the ones by which many columns are narrowed down. */
const ROWS = 10_000;
const FIRST_ROWS = 2_000;
/** How many columns are looked at in all rows. */
const FINALISTS = 40;
const FIRST_PASSES = 10;
const LATER_PASSES = 3;
/** A column must explain so much of the targets' variance that no sum of functions of single columns does, */
const LEAST_BEYOND = 0.001;
/** or by itself, which trees would need many splits for, so many times what its parents do one by one, and so much more; */
const TOGETHER = 1.25;
const LEAST_TOGETHER = 0.02;
/** and so many standard errors. */
const LEAST_ERRORS = 2;

/** A column that might be worth making. */
export interface Proposal {
  /** The columns that it is made of. */
  readonly parents: readonly string[];
  /** Its values in some rows of those that are learned from; NaN where they are missing. */
  valuesAt(rows: Uint32Array): Float64Array;
}

/** What a column explains beyond all others, and by itself more than its parents. */
interface Gains {
  readonly beyond: Gain;
  readonly together: Gain;
}

/**
 * Says which columns are worth making. A column may explain of the targets what an additive model of the declared columns does not: a
 * product of two. Or it may explain by itself more than its parents do one by one: a difference of two that rise and fall
 * together. What a sum of functions of single columns explains as well needs no other column. Of classes each is a target, 0 or 1, of
 * which a column may explain one or several. Of many rows a sample is looked at; no random number is drawn.
 */
export class Screening {
  readonly #rows: ScreenedRows;
  readonly #sample: Sample;
  /** Of each target a model of the declared columns and those that were chosen. */
  readonly #all: readonly AdditiveModel[];
  /** And one of those that were chosen alone. */
  readonly #chosen: readonly AdditiveModel[];
  /** The sum of squares before any model. */
  readonly #squares: number;

  constructor(rows: ScreenedRows) {
    this.#rows = rows;
    this.#sample = new Sample(rows, someRows(rows.table.rows, ROWS));
    const { weights, terms } = this.#sample;
    const scaled = rows.targets.map(({ values }) => {
      const y = Float64Array.from(this.#sample.rows, (row) => values[row] as number);
      const unit = unitOf(largestSize(y)) / 4;
      return y.map((value) => value * unit);
    });
    this.#all = scaled.map((y) => new AdditiveModel(y, weights));
    this.#chosen = scaled.map((y) => new AdditiveModel(y, weights));
    this.#squares = residualsOf(this.#all).reduce(
      (total, residuals) =>
        total + residuals.reduce((sum, value, i) => sum + (weights[i] as number) * value * value, 0),
      0,
    );
    for (const model of this.#all) model.fit([...terms.values()], FIRST_PASSES);
  }

  /**
   * Chooses the columns that explain most together, the best first: each is added to the models before the next is chosen, so that of
   * two that say the same one is left out. What is chosen stays in the models for later calls.
   *
   * @param most how many to choose at most
   * @returns their places among `proposals`
   */
  choose(proposals: readonly Proposal[], most: number): number[] {
    const all = [...proposals.keys()];
    const places = proposals.length <= FINALISTS ? all : this.#narrow(proposals);
    const finalists = places.flatMap((place) => {
      const { parents, valuesAt } = proposals[place] as Proposal;
      const term = this.#sample.termOf(valuesAt(this.#sample.rows), parents);
      return term ? [{ place, parents, term }] : [];
    });
    const chosen: number[] = [];
    while (chosen.length < most) {
      const left = finalists.filter(({ place }) => !chosen.includes(place));
      const gains = this.#gains(left, this.#sample, residualsOf(this.#all), residualsOf(this.#chosen));
      const merits = gains.map((gain) => this.#meritOf(gain));
      const best = merits.indexOf(Math.max(...merits));
      const finalist = left[best];
      if (!finalist || !((merits[best] as number) > 0)) break;
      chosen.push(finalist.place);
      for (const model of [...this.#all, ...this.#chosen]) model.fit([finalist.term], LATER_PASSES);
    }
    return chosen;
  }

  /** The places of the proposals that explain most of the first rows. */
  #narrow(proposals: readonly Proposal[]): number[] {
    const { rows } = this.#sample;
    const some = someRows(rows.length, FIRST_ROWS);
    const first = new Sample(
      this.#rows,
      some.map((i) => rows[i] as number),
    );
    const pick = (models: readonly AdditiveModel[]) =>
      residualsOf(models).map((values) => Float64Array.from(some, (i) => values[i] as number));
    const terms = proposals.flatMap(({ parents, valuesAt }, place) => {
      const term = first.termOf(valuesAt(first.rows), parents);
      return term ? [{ place, parents, term }] : [];
    });
    return this.#gains(terms, first, pick(this.#all), pick(this.#chosen))
      .map(({ beyond, together }, i) => ({
        place: (terms[i] as (typeof terms)[number]).place,
        merit: Math.max(beyond.squares, together.squares),
      }))
      .sort((a, b) => b.merit - a.merit || a.place - b.place)
      .slice(0, FINALISTS)
      .map(({ place }) => place);
  }

  /** What a column explains; 0 where that is less than is asked. */
  #meritOf({ beyond, together }: Gains): number {
    const enough = ({ squares, error }: Gain, share: number) =>
      squares >= Math.max(share * this.#squares, LEAST_ERRORS * error) ? squares : 0;
    return Math.max(enough(beyond, LEAST_BEYOND), enough(together, LEAST_TOGETHER));
  }

  /** What each column explains of the residuals of both models, of all targets together. */
  #gains(
    columns: readonly { readonly parents: readonly string[]; readonly term: Term }[],
    { weights, halves, terms }: Sample,
    beyond: readonly Float64Array[],
    together: readonly Float64Array[],
  ): Gains[] {
    const gainOf = (term: Term, targets: readonly Float64Array[]) =>
      sumOf(targets.map((residuals) => crossFittedGain(term, { residuals, weights, halves })));
    const alone = new Map([...terms].map(([name, term]) => [name, Math.max(0, gainOf(term, together).squares)]));
    return columns.map(({ parents, term }) => {
      const own = gainOf(term, together);
      const ofParents = parents.reduce((sum, name) => sum + (alone.get(name) as number), 0);
      return {
        beyond: gainOf(term, beyond),
        together: { squares: own.squares - TOGETHER * ofParents, error: own.error },
      };
    });
  }
}

const residualsOf = (models: readonly AdditiveModel[]) => models.map(({ residuals }) => residuals);

/** What several targets gain: as much as their sum, with the error that it has where they gain by chance alone. */
function sumOf(gains: readonly Gain[]): Gain {
  return gains.reduce((sum, { squares, error }) => ({
    squares: sum.squares + squares,
    error: Math.hypot(sum.error, error),
  }));
}
