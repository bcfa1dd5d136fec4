import { mostProbable } from '../core/most-probable.ts';
import { featuresOf } from '../data/declaration.ts';
import { type Dependence, dependenceOf } from '../explain/dependence.ts';
import type { Manifest } from '../release/manifest.ts';
import { recordedTask } from '../release/recorded-task.ts';
import type { Rows } from '../selection/rows.ts';
import type { Task } from '../selection/task.ts';
import { cardOf, type Measured, type ModelCard, measure } from './card/card.ts';
import { rangeSegmentsOf } from './card/range-segments.ts';
import type { Segment } from './card/segments.ts';
import { worstClasses, worstNumbers } from './card/worst.ts';
import { viewedFeatures } from './data-section/viewed-column.ts';
import { type CoverageLevels, coverageLevels } from './models-section/coverage-levels.ts';
import { type RankingCurve, rankingCurves } from './models-section/ranking-curves.ts';
import type { Training } from './records.ts';
import type { ReportedModel } from './reported-model.ts';
import { trainingOf } from './training-of.ts';

/** So many columns are told of one by one. */
const MOST_DEPENDENCES = 8;
const MOST_RANGES = 8;
const WORST = { rows: 10, columns: 6 };
const MOST_CURVES = 4;

/** All that the report of a release tells: plain data, computed from the release alone, so that it is the same whenever it is made. */
export interface ReleaseReport {
  readonly manifest: Manifest;
  readonly task: Task;
  /** What the manifest says of the training. */
  readonly training: Training;
  readonly rows: ReportRows;
  readonly measured: Measured;
  readonly card: ModelCard;
  /** The names of features, those that matter most first; undefined where that was not measured. */
  readonly important: readonly string[] | undefined;
  /** Of numbers and dates, a quarter of the held-out rows each. */
  readonly ranges: readonly Segment[];
  /** Of the columns that matter most; and on how many held-out rows. */
  readonly dependence: { readonly rows: number; readonly columns: readonly Dependence[] };
  /** Undefined of classes, and where the release has no intervals. */
  readonly coverage: CoverageLevels | undefined;
  /** None of numbers. */
  readonly curves: readonly RankingCurve[];
}

/** The rows that a release learned from, and those that were held out. */
export type ReportRows = Pick<Rows, 'train' | 'test'>;

export function makeReleaseReport(model: ReportedModel, rows: ReportRows): ReleaseReport {
  const { manifest } = model;
  const { dataset } = manifest;
  const measured = measure(model, rows.test);
  const card = cardOf(measured, rows.train, rows.test);
  const important = importantColumns(manifest);
  return {
    manifest,
    task: recordedTask(manifest),
    training: trainingOf(manifest),
    rows,
    measured,
    card: withWorst(card, measured),
    important: manifest.importance && important,
    ranges: rangeSegmentsOf(measured.held, numbersAmong(important, manifest).slice(0, MOST_RANGES)),
    dependence: dependenceOf(
      { model: model.model, declaration: dataset, rows: rows.test, seed: manifest.seed },
      important.slice(0, MOST_DEPENDENCES),
      outputsToTell(measured),
    ),
    coverage: measured.kind === 'number' ? coverageLevels(measured.model, measured.held) : undefined,
    curves:
      measured.kind === 'class'
        ? rankingCurves(measured.held, measured.model.target.levels, measured.model.positive)
        : [],
  };
}

/** The names of features, those that matter most first, as far as that was measured. */
function importantColumns({ dataset, importance }: Manifest): string[] {
  const names = new Set(featuresOf(dataset).map(({ name }) => name));
  const ranked = new Set(importance?.columns.map(({ column }) => column).filter((name) => names.has(name)));
  return [...new Set([...ranked, ...names])];
}

function numbersAmong(names: readonly string[], { dataset }: Manifest): string[] {
  const numbers = new Set(viewedFeatures(dataset).flatMap(({ name, values }) => (values === 'codes' ? [] : [name])));
  return names.filter((name) => numbers.has(name));
}

/** The same card with more of the largest errors. */
function withWorst(card: ModelCard, measured: Measured): ModelCard {
  const { manifest } = measured.model;
  if (card.kind === 'number' && measured.kind === 'number')
    return { ...card, worst: worstNumbers(measured.held, manifest, WORST) };
  if (card.kind === 'class' && measured.kind === 'class')
    return { ...card, worst: worstClasses(measured.held, measured.model.target.levels, manifest, WORST) };
  return card;
}

/** The place of the positive class of two, or of the classes of several that are predicted most often; 0 of a number. */
function outputsToTell(measured: Measured): number[] {
  if (measured.kind === 'number') return [0];
  const { positive, target } = measured.model;
  if (positive !== null) return [target.levels.indexOf(positive)];
  const counts = new Array<number>(target.levels.length).fill(0);
  for (const code of mostProbable(measured.held.probabilities)) counts[code] = (counts[code] as number) + 1;
  return [...counts.keys()]
    .sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b)
    .slice(0, MOST_CURVES)
    .sort((a, b) => a - b);
}
