// What the rows of a release are like: plain data, which ./draw-*.ts draws.

import { createRandom } from '../../core/random.ts';
import type { Declaration } from '../../data/declaration.ts';
import { columnOf, type Table, weightsOf } from '../../data/table.ts';
import { sampleRows } from '../../explain/sample-rows.ts';
import { type AgainstTarget, againstTarget } from './against-target.ts';
import { type Association, associationOf, type Sampled, sampled } from './association.ts';
import { type Distribution, distributionOf } from './distribution.ts';
import { type Duplicates, duplicatesOf } from './duplicates.ts';
import { type Outliers, outliersOf } from './outliers.ts';
import { type SplitDifferences, splitDifferences } from './split-difference.ts';
import { type Summary, summaryOf } from './summary.ts';
import { type ViewedColumn, viewedFeatures, viewedTarget } from './viewed-column.ts';
import type { WeightedValues } from './weighted-values.ts';

/** What is analysed. */
export interface DataRows {
  readonly declaration: Declaration;
  /** The rows that were learned from, and those that were held out. */
  readonly learned: Table;
  readonly held: Table;
  /** The level of interest of a target of two. */
  readonly positive?: string | undefined;
  /** The names of columns, those that matter most first. @default by how closely they go together with the target */
  readonly order?: readonly string[] | undefined;
  readonly seed: number;
}

export interface DataAnalysis {
  readonly rows: { readonly learned: number; readonly held: number };
  /** How many of either pictures show at most; what is counted is counted in all. */
  readonly sampled: { readonly learned: number; readonly held: number };
  readonly duplicates: Duplicates;
  readonly target: AnalysedColumn;
  /** Those that matter most first. */
  readonly features: readonly AnalysedFeature[];
  readonly correlations: Correlations;
  /** Between the rows that were learned from and those that were held out; undefined where there is nothing to compare. */
  readonly differences: SplitDifferences | undefined;
  /** The level of interest of a target of two. */
  readonly positive: string | undefined;
  /** The title of the column by which rows count in shares and means; undefined where each counts once. */
  readonly weight: string | undefined;
}

export interface AnalysedColumn {
  readonly column: ViewedColumn;
  readonly summary: Summary;
  /** Undefined of categories, and where nothing can be said to be far out. */
  readonly outliers: Outliers | undefined;
  readonly distribution: Distribution;
}

export interface AnalysedFeature extends AnalysedColumn {
  /** How closely it goes together with the target. */
  readonly association: Association;
  readonly againstTarget: AgainstTarget | undefined;
}

/** How closely columns go together, each pair of them. */
export interface Correlations {
  readonly columns: readonly ViewedColumn[];
  /** By row, then by column; NaN on the diagonal. */
  readonly pairs: readonly (readonly Association[])[];
}

/** Rows of a sample, and as many values as all its columns have. */
const MOST_ROWS = 10_000;
const FEWEST_ROWS = 2000;
const MOST_VALUES = 2_000_000;
/** So many features are told of one by one, and in the correlations. */
export const DETAILED = 16;
const CORRELATED = 19;

export function analyseData({ declaration, learned, held, positive, order, seed }: DataRows): DataAnalysis {
  const columns = viewedFeatures(declaration);
  const target = viewedTarget(declaration);
  const most = Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, Math.floor(MOST_VALUES / (columns.length + 1))));
  const random = createRandom(seed);
  const samples = { learned: sampleRows(learned, most, random), held: sampleRows(held, most, random) };
  const weights = weightsOf(samples.learned, declaration);
  const known = new Map(
    [target, ...columns].map((column) => [
      column.name,
      sampled(column, { values: columnOf(samples.learned, column.name), weights }),
    ]),
  );
  const valuesOf = ({ name }: ViewedColumn) => known.get(name) as Sampled;
  const ofTarget = valuesOf(target);
  const ranked = rankedBy(
    columns.map((column) => ({ column, association: associationOf(valuesOf(column), ofTarget) })),
    order,
  );
  const code = positive === undefined ? undefined : target.levels.indexOf(positive);
  const analysed = (column: ViewedColumn): AnalysedColumn => analysedColumn(column, { learned, samples, declaration });
  return {
    rows: { learned: learned.rows, held: held.rows },
    sampled: { learned: samples.learned.rows, held: samples.held.rows },
    duplicates: duplicatesOf(
      learned,
      held,
      [target, ...columns].map(({ name }) => name),
    ),
    target: analysed(target),
    features: ranked.map(({ column, association }, rank) => ({
      ...analysed(column),
      association,
      againstTarget: rank < DETAILED ? againstTarget(valuesOf(column), ofTarget, code) : undefined,
    })),
    correlations: correlationsOf([ofTarget, ...ranked.slice(0, CORRELATED).map(({ column }) => valuesOf(column))]),
    differences: splitDifferences(
      new Map(
        [target, ...columns].map(({ name }) => [name, [columnOf(samples.learned, name), columnOf(samples.held, name)]]),
      ),
    ),
    positive,
    weight: declaration.columns.find(({ name }) => name === declaration.weight)?.title,
  };
}

interface Ranked {
  readonly column: ViewedColumn;
  readonly association: Association;
}

/** In the given order; what it does not name comes after, by how closely it goes together with the target. */
function rankedBy(columns: readonly Ranked[], order: readonly string[] = []): Ranked[] {
  const places = new Map(order.map((name, place) => [name, place]));
  const strength = ({ association: { value } }: Ranked) => (Number.isNaN(value) ? -1 : Math.abs(value));
  const place = ({ column: { name } }: Ranked) => places.get(name) ?? order.length;
  return columns.toSorted((a, b) => place(a) - place(b) || strength(b) - strength(a));
}

interface Tables {
  readonly declaration: Declaration;
  readonly learned: Table;
  readonly samples: { readonly learned: Table; readonly held: Table };
}

function analysedColumn(column: ViewedColumn, { declaration, learned, samples }: Tables): AnalysedColumn {
  const [all, sample, held] = [learned, samples.learned, samples.held].map((table) => ({
    values: columnOf(table, column.name),
    weights: weightsOf(table, declaration),
  })) as [WeightedValues, WeightedValues, WeightedValues];
  const summary = summaryOf(column, all, sample.values);
  return {
    column,
    summary,
    outliers: summary.numbers && outliersOf(all.values, summary.numbers),
    distribution: distributionOf(column, sample, held),
  };
}

function correlationsOf(columns: readonly Sampled[]): Correlations {
  const none: Association = { measure: 'spearman', value: Number.NaN };
  const above = columns.map((a, i) => columns.map((b, j) => (i < j ? associationOf(a, b) : none)));
  return {
    columns: columns.map(({ column }) => column),
    pairs: above.map((row, i) => row.map((pair, j) => (i > j ? (above[j]?.[i] ?? none) : pair))),
  };
}
