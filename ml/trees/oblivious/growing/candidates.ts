import type { RandomStream } from '../../../core/random-stream.ts';
import type { AnyCandidate, Columns, Projection, Split, StatisticCandidate, Test } from '../scoring/candidate.ts';
import type { Fold } from '../target-statistics/fold.ts';
import { complexity, project } from '../target-statistics/groups.ts';
import { FREQUENCY } from '../target-statistics/statistics.ts';

export interface CandidateLimits {
  /** The share of the candidates that each level looks at. */
  readonly rsm: number;
  /** How many categories may be combined. */
  readonly maxComplexity: number;
  /** How much less the statistics of many groups score until a tree has used them. */
  readonly modelSizeReg: number;
}

/** What each level of a tree may be split by. */
export class Candidates {
  readonly #columns: Columns;
  readonly #limits: CandidateLimits;
  readonly #random: RandomStream;
  readonly #simple: readonly Projection[];
  /** The statistics that some tree has split by. */
  readonly #used = new Set<string>();
  #mostGroups = 1;

  constructor(columns: Columns, limits: CandidateLimits, random: RandomStream) {
    this.#columns = columns;
    this.#limits = limits;
    this.#random = random;
    this.#simple = columns.categories.flatMap((category) => project([category], []) ?? []);
  }

  /** For a level below these splits: every column, and the statistics of every category and of their combinations. */
  of(fold: Fold, splits: readonly Split<AnyCandidate>[]): AnyCandidate[] {
    const columns = this.#columns.candidates.filter(() => this.#isDrawn());
    const projections = [...this.#simple.filter(() => this.#isDrawn()), ...this.#combined(splits)];
    const statistics = projections.map((projection) => fold.statistics(projection));
    this.#mostGroups = statistics.reduce((most, [first]) => Math.max(most, first!.groups), 1);
    return [...columns, ...statistics.flat()];
  }

  /** By what a candidate's score is multiplied: statistics that are new to the model make it larger. */
  weight(candidate: AnyCandidate): number {
    if (candidate.kind !== 'statistic' || this.#used.has(nameOf(candidate))) return 1;
    return (1 + candidate.groups / this.#mostGroups) ** -this.#limits.modelSizeReg;
  }

  /** Notes what a tree splits by. */
  use(candidate: AnyCandidate): void {
    if (candidate.kind === 'statistic') this.#used.add(nameOf(candidate));
  }

  /** Greedily: what the tree splits by already, combined with each category. */
  #combined(splits: readonly Split<AnyCandidate>[]): Projection[] {
    const { maxComplexity } = this.#limits;
    if (maxComplexity < 2 || splits.length === 0) return [];
    const tests = [...ofKind(splits, 'number'), ...ofKind(splits, 'level')];
    const bases = new Map<string, Pick<Projection, 'categories' | 'tests'>>();
    if (tests.length > 0) bases.set('', { categories: [], tests });
    for (const { candidate } of splits)
      if (candidate.kind === 'statistic') bases.set(candidate.projection.key, candidate.projection);
    const found = new Map<string, Projection>();
    for (const base of bases.values()) {
      for (const category of this.#columns.categories) {
        if (!this.#isDrawn()) continue;
        const projection = project([...base.categories, category], base.tests);
        if (projection && complexity(projection) <= maxComplexity) found.set(projection.key, projection);
      }
    }
    return [...found.values()];
  }

  #isDrawn(): boolean {
    return this.#limits.rsm >= 1 || this.#random.uniform() <= this.#limits.rsm;
  }
}

function ofKind(splits: readonly Split<AnyCandidate>[], kind: Test['candidate']['kind']): Test[] {
  return splits.filter((split): split is Test => split.candidate.kind === kind);
}

/** Statistics of the target that differ in their prior alone take the same place in a model. */
function nameOf({ projection, statistic }: StatisticCandidate): string {
  return `${statistic === FREQUENCY ? 'frequency' : 'target'} ${projection.key}`;
}
