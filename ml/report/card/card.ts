import { meanOf } from '../../core/moments.ts';
import type { Column, NumericColumn } from '../../data/declaration.ts';
import { rangeOf } from '../../data/range.ts';
import { cellWriter, columnOf, type Table, weightsOf } from '../../data/table.ts';
import type { Importance } from '../../explain/importance.ts';
import { ofNumbers } from '../../pipeline/predict.ts';
import type { Predictor } from '../../pipeline/predictor.ts';
import { type Gaps, gapsOf } from './gaps.ts';
import { type HeldOut, predictHeldOut } from './held-out.ts';
import { type Segment, segmentsOf } from './segments.ts';
import { type WorstRow, worstOf } from './worst.ts';

/** The earliest and the latest time, as the column writes them. */
type Period = readonly [from: string, to: string];

/** Whom a model is fit for and whom not, as far as it was measured. */
export interface ModelCard {
  readonly target: NumericColumn;
  readonly columns: readonly Column[];
  readonly rows: {
    readonly learned: number;
    readonly held: number;
    /** How many of those that were held out were looked at here. */
    readonly measured: number;
  };
  /** When the rows were; undefined where no column says. */
  readonly period: { readonly column: Column; readonly learned: Period; readonly held: Period } | undefined;
  /** How many groups there are on each side, none of them on both; undefined where none are declared. */
  readonly groups: { readonly column: Column; readonly learned: number; readonly held: number } | undefined;
  readonly errors: {
    /** Of predictions: on average, of half of the rows at most, and of nine in ten. */
    readonly mean: number;
    readonly half: number;
    readonly most: number;
    /** What predicting the mean of the rows that were learned from would have come to, on average. */
    readonly always: { readonly prediction: number; readonly mean: number };
  };
  /** The share of rows whose interval holds the truth; undefined where the release has no intervals. */
  readonly coverage: number | undefined;
  /** Those with the largest errors first. */
  readonly segments: readonly Segment[];
  /** The most important first; undefined where the release does not say. */
  readonly importance: Importance | undefined;
  readonly worst: readonly WorstRow[];
  readonly gaps: Gaps;
}

/** The card of a release, from the rows that it learned from and those that were held out. */
export function makeCard(predictor: Predictor, learned: Table, rows: Table): ModelCard {
  const { manifest } = predictor;
  const { dataset } = manifest;
  const numbers = ofNumbers(predictor);
  const held = predictHeldOut(numbers, rows);
  const { weights, intervals } = held;
  return {
    target: numbers.target,
    columns: dataset.columns,
    rows: { learned: learned.rows, held: rows.rows, measured: held.table.rows },
    period: periodOf(learned, rows, declared(dataset.columns, dataset.time)),
    groups: groupsOf(learned, rows, declared(dataset.columns, dataset.group)),
    errors: errorsOf(held, learned),
    coverage: intervals && meanOf(intervals.holds, weights),
    segments: segmentsOf(held),
    importance: manifest.importance,
    worst: worstOf(held, manifest),
    gaps: gapsOf(manifest, learned),
  };
}

const declared = (columns: readonly Column[], name: string | undefined) => columns.find((each) => each.name === name);

function periodOf(learned: Table, held: Table, column: Column | undefined): ModelCard['period'] {
  if (!column) return undefined;
  const write = cellWriter(column, {});
  const ends = (table: Table): Period => {
    const { min, max } = rangeOf(columnOf(table, column.name));
    return [write(min), write(max)];
  };
  return { column, learned: ends(learned), held: ends(held) };
}

function groupsOf(learned: Table, held: Table, column: Column | undefined): ModelCard['groups'] {
  if (!column) return undefined;
  // A row without a group is one by itself.
  const count = (table: Table) => {
    const codes = columnOf(table, column.name);
    const known = codes.filter((code) => !Number.isNaN(code));
    return new Set(known).size + codes.length - known.length;
  };
  return { column, learned: count(learned), held: count(held) };
}

function errorsOf({ errors, truth, weights, declaration }: HeldOut, learned: Table): ModelCard['errors'] {
  const sorted = errors.toSorted();
  const atMost = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] as number;
  const prediction = meanOf(columnOf(learned, declaration.target), weightsOf(learned, declaration));
  const ofMean = truth.map((value) => Math.abs(value - prediction));
  return {
    mean: meanOf(errors, weights),
    half: atMost(0.5),
    most: atMost(0.9),
    always: { prediction, mean: meanOf(ofMean, weights) },
  };
}
