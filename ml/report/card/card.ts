import { meanOf } from '../../core/moments.ts';
import { numberGroups } from '../../core/relations.ts';
import type { ClassTarget, Column, NumericColumn } from '../../data/declaration.ts';
import { rangeOf } from '../../data/range.ts';
import { cellWriter, columnOf, type Table, weightsOf } from '../../data/table.ts';
import type { Importance } from '../../explain/importance.ts';
import type { Manifest } from '../../release/manifest.ts';
import type { ReportedClasses, ReportedModel, ReportedNumbers } from '../reported-model.ts';
import { type ClassMeasures, measureClasses } from './class-measures.ts';
import { type Gaps, gapsOf } from './gaps.ts';
import { type HeldOut, type HeldOutClasses, type HeldOutNumbers, predictClasses, predictNumbers } from './held-out.ts';
import { type Segment, segmentsOf } from './segments.ts';
import { type WorstClass, type WorstNumber, worstClasses, worstNumbers } from './worst.ts';

/** The earliest and the latest time, as the column writes them. */
type Period = readonly [from: string, to: string];

/** Whom a model is fit for and whom not, as far as it was measured. */
export type ModelCard = NumberCard | ClassCard;

interface AnyCard {
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
  /** The share of rows whose interval, or prediction set, holds the truth; undefined where the release has none. */
  readonly coverage: number | undefined;
  /** Those with the largest errors first. */
  readonly segments: readonly Segment[];
  /** The most important first; undefined where the release does not say. */
  readonly importance: Importance | undefined;
  readonly gaps: Gaps;
}

/** Of a model of numbers. */
export interface NumberCard extends AnyCard {
  readonly kind: 'number';
  readonly target: NumericColumn;
  readonly errors: {
    /** Of predictions: on average, of half of the rows at most, and of nine in ten. */
    readonly mean: number;
    readonly half: number;
    readonly most: number;
    /** What predicting the mean of the rows that were learned from would have come to, on average. */
    readonly always: { readonly prediction: number; readonly mean: number };
  };
  readonly worst: readonly WorstNumber[];
}

/** Of a model of classes. */
export interface ClassCard extends AnyCard {
  readonly kind: 'class';
  readonly target: ClassTarget;
  readonly measures: ClassMeasures;
  readonly worst: readonly WorstClass[];
}

/** What of a card is told of all held-out rows, or of groups of them: of no row by itself. */
export type EvaluatedCard = EvaluatedNumbers | EvaluatedClasses;

type EvaluatedNumbers = Pick<NumberCard, 'kind' | 'target' | 'rows' | 'coverage' | 'segments' | 'errors'>;

export interface EvaluatedClasses extends Pick<ClassCard, 'kind' | 'target' | 'rows' | 'coverage' | 'segments'> {
  readonly measures: Pick<
    ClassMeasures,
    'positive' | 'accuracy' | 'always' | 'logLoss' | 'ofShares' | 'confusion' | 'reliability' | 'calibration'
  >;
}

/** What a model says of the rows that were held out. */
export type Measured =
  | { readonly kind: 'number'; readonly model: ReportedNumbers; readonly held: HeldOutNumbers }
  | { readonly kind: 'class'; readonly model: ReportedClasses; readonly held: HeldOutClasses };

export function measure(model: ReportedModel, rows: Table): Measured {
  return model.task === 'regression'
    ? { kind: 'number', model, held: predictNumbers(model, rows) }
    : { kind: 'class', model, held: predictClasses(model, rows) };
}

/** The card of a release, from the rows that it learned from and those that were held out. */
export function makeCard(model: ReportedModel, learned: Table, rows: Table): ModelCard {
  return cardOf(measure(model, rows), learned, rows);
}

/** The same of what was measured on the held-out rows. */
export function cardOf(measured: Measured, learned: Table, rows: Table): ModelCard {
  const { manifest } = measured.model;
  const card = anyCard(measured.held, { manifest, learned, rows });
  if (measured.kind === 'number') {
    const { model, held } = measured;
    const { target } = model;
    return { kind: 'number', target, ...card, errors: errorsOf(held, learned), worst: worstNumbers(held, manifest) };
  }
  const { model, held } = measured;
  const { target } = model;
  return {
    kind: 'class',
    target,
    ...card,
    measures: measureClasses(held, model, learned),
    worst: worstClasses(held, target.levels, manifest),
  };
}

interface Subject {
  readonly manifest: Manifest;
  readonly learned: Table;
  readonly rows: Table;
}

function anyCard(held: HeldOut, { manifest, learned, rows }: Subject): AnyCard {
  const { dataset } = manifest;
  const { weights, holds } = held;
  return {
    columns: dataset.columns,
    rows: { learned: learned.rows, held: rows.rows, measured: held.table.rows },
    period: periodOf(learned, rows, declared(dataset.columns, dataset.time)),
    groups: groupsOf(learned, rows, declared(dataset.columns, dataset.group)),
    coverage: holds && meanOf(holds, weights),
    segments: segmentsOf(held, manifest.importance),
    importance: manifest.importance,
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
  const count = (table: Table) => numberGroups(columnOf(table, column.name)).count;
  return { column, learned: count(learned), held: count(held) };
}

function errorsOf({ errors, truth, weights, declaration }: HeldOutNumbers, learned: Table): NumberCard['errors'] {
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
