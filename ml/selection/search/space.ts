import type { Random } from '../../core/random.ts';
import type { TaskKind } from '../../data/task-kind.ts';
import { estimatorNamed, paramsOf } from '../../estimators/index.ts';
import type { ParamSpec, ParamValue, ParamValues, SearchChoices, SearchRange } from '../../estimators/params.ts';
import type { Candidate } from '../candidate.ts';

/** Parameters that are fixed, whatever a search would draw. */
export type Fixed = Readonly<Record<string, unknown>>;

/** A parameter that a search draws. */
interface Dimension {
  readonly name: string;
  readonly isWhole: boolean;
  readonly search: SearchRange | SearchChoices<string>;
}

/** The share of the parameters that a neighbour differs in, on average. */
const CHANGED = 0.5;

/**
 * The candidates of an estimator: what its parameters' specifications let a search draw, but for those that are fixed.
 */
export class Space {
  readonly task: TaskKind;
  readonly model: string;
  readonly #fixed: Fixed;
  /** The standard deviation of the target; 1 where it is constant, or a class. */
  readonly targetScale: number;
  readonly #dimensions: readonly Dimension[];

  /** @param targetScale see `targetScaleOf` */
  constructor(task: TaskKind, model: string, fixed: Fixed, targetScale: number) {
    this.task = task;
    this.model = model;
    this.#fixed = fixed;
    this.targetScale = targetScale > 0 ? targetScale : 1;
    this.#dimensions = Object.entries(estimatorNamed(model, task).params).flatMap(([name, spec]) =>
      Object.hasOwn(fixed, name) ? [] : dimensionOf(name, spec),
    );
  }

  /** Whether there is anything to draw. */
  get isEmpty(): boolean {
    return this.#dimensions.length === 0;
  }

  /** The candidate with these parameters, as far as they are not fixed. */
  candidate(params: Fixed = {}): Candidate {
    return { model: this.model, params: paramsOf(this.model, this.task, { ...params, ...this.#fixed }) };
  }

  /** A candidate drawn at random. */
  draw(random: Random): Candidate {
    return this.candidate(
      Object.fromEntries(this.#dimensions.map((dimension) => [dimension.name, this.#drawn(dimension, random)])),
    );
  }

  /** A candidate near another: some of its parameters moved by up to `step` of their ranges. */
  near({ params, features }: Candidate, step: number, random: Random): Candidate {
    const certain = random.below(this.#dimensions.length);
    const moved = this.#dimensions.flatMap((dimension, i) =>
      random.uniform() < CHANGED || i === certain
        ? [[dimension.name, this.#moved(dimension, params[dimension.name] as ParamValue, step, random)]]
        : [],
    );
    return { ...this.candidate({ ...params, ...Object.fromEntries(moved) }), features };
  }

  /** Every combination of what a grid tries of each parameter. */
  grid(): Candidate[] {
    let all: ParamValues[] = [{}];
    for (const { name, search } of this.#dimensions) {
      const values = this.#gridOf(search);
      if (values.length > 0) all = all.flatMap((params) => values.map((value) => ({ ...params, [name]: value })));
    }
    return all.map((params) => this.candidate(params));
  }

  #gridOf(search: Dimension['search']): readonly (number | string)[] {
    if ('among' in search) return search.grid ? search.among : [];
    return (search.grid ?? []).map((value) => value * this.#unit(search));
  }

  #drawn({ search, isWhole }: Dimension, random: Random): ParamValue {
    if ('among' in search) return search.among[random.below(search.among.length)] as string;
    return this.#at(search, random.uniform(), isWhole);
  }

  #moved(dimension: Dimension, value: ParamValue, step: number, random: Random): ParamValue {
    const { search, isWhole } = dimension;
    // A word or null stands for a number that is not known here.
    if ('among' in search || typeof value !== 'number') return this.#drawn(dimension, random);
    const { low, high, scale } = search;
    const within = Math.min(high, Math.max(low, value / this.#unit(search)));
    const place = scale === 'log' ? Math.log(within / low) / Math.log(high / low) : (within - low) / (high - low);
    const moved = place + step * (2 * random.uniform() - 1);
    return this.#at(search, Math.min(1, Math.max(0, moved)), isWhole);
  }

  /** The number at a place of a range, from 0 to 1. */
  #at(search: SearchRange, place: number, isWhole: boolean): number {
    const { low, high, scale } = search;
    const value = scale === 'log' ? low * (high / low) ** place : low + (high - low) * place;
    return isWhole ? Math.round(value) : Number((value * this.#unit(search)).toPrecision(4));
  }

  #unit({ unit }: SearchRange): number {
    return unit === 'target' ? this.targetScale : 1;
  }
}

function dimensionOf(name: string, spec: ParamSpec): Dimension[] {
  if (!('search' in spec) || spec.search === undefined) return [];
  const isWhole = spec.type === 'integer' || ('whole' in spec.search && spec.search.whole === true);
  return [{ name, isWhole, search: spec.search }];
}
