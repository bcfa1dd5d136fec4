// What a training came to, as Markdown that a person reads in a run's summary or in a pull request.

import { programOf } from '../selection/imported-record.ts';
import { drawCard } from './card/draw-card.ts';
import { besideChampion } from './champion.ts';
import { assumed, columns, rows } from './data.ts';
import { code, megabytes, plain } from './markdown.ts';
import { coverageInWords } from './models-section/coverage.ts';
import { learningInWords } from './models-section/learning-curve.ts';
import { leftOut, wentInto } from './provenance-section/provenance.ts';
import {
  type EarlierTraining,
  type ImageRecord,
  type ReleaseRecord,
  type Training,
  taskOfTraining,
} from './records.ts';
import { comparison, failures, leaderboard, verdict, weighting } from './scores.ts';

export interface ReportParts {
  /** Undefined where training did not come to an end. */
  readonly training: Training | undefined;
  /** @default - there is nothing to compare with */
  readonly before?: EarlierTraining | undefined;
  /** @default - nothing was released */
  readonly release?: ReleaseRecord | undefined;
  /** @default - no image was built */
  readonly image?: ImageRecord | undefined;
}

export function makeReport({ training, before, release, image }: ReportParts): string {
  if (!training) {
    return section('Model', ['**No verdict**: training did not come to an end. The log of its step says why.']);
  }
  return [
    section('Model', [
      verdict(training),
      besideChampion(training),
      comparison(training, isSameTask(training, before) ? before : undefined),
      whyNotCompared(training, before),
    ]),
    ...(release ? [section('Whom the model is fit for', whomItIsFor(release, training), 3)] : []),
    section('Models tried', modelsTried(training, release), 3),
    ...(release ? [dataOf(release), provenanceOf(release)] : []),
    section('Image', [describe(image)], 3),
  ].join('\n');
}

function modelsTried(training: Training, release: ReleaseRecord | undefined): string[] {
  const imported = release?.manifest.imported;
  if (imported) return [`None: the model is of ${plain(programOf(imported))}, ${code(imported.objective)}.`];
  return [leaderboard(training), weighting(training), failures(training), ...furtherFits(release, training)];
}

function dataOf(release: ReleaseRecord): string {
  const { dataset, data, seed, commit } = release.manifest;
  const madeOf = `Data ${code(`sha256:${data.sha256}`)}, seed ${seed}${commit === null ? '' : `, code ${code(commit)}`}`;
  return section(`Data: ${plain(dataset.title)}`, [rows(release), columns(release), assumed(release), madeOf], 3);
}

/** What the release says of fewer rows. */
function furtherFits(release: ReleaseRecord | undefined, training: Training): string[] {
  const curve = release?.manifest.learningCurve;
  return curve ? [learningInWords(curve, taskOfTraining(training))] : [];
}

function provenanceOf({ manifest, page }: ReleaseRecord): string {
  const where = page === undefined ? [] : [`The whole report, with its pictures: ${code(page)}`];
  return section('Provenance', [wentInto(manifest), leftOut(manifest), ...where], 3);
}

/** Whether both predict the same column of the same data set; scores of different ones say nothing of each other. */
function isSameTask(training: Training, before: EarlierTraining | undefined): boolean {
  const same = (a?: string, b?: string) => a === undefined || b === undefined || a === b;
  return same(training.dataset, before?.dataset) && same(training.target, before?.target);
}

function whyNotCompared(training: Training, before: EarlierTraining | undefined): string {
  if (!before && training.champion) return '';
  if (!before) return 'There is nothing to compare with: main has no training, or it does not run.';
  if (isSameTask(training, before)) return '';
  const [target = '', dataset = ''] = [before.target, before.dataset].map((name) => code(name ?? ''));
  return `There is nothing to compare with: main predicts ${target} of the data set ${dataset}.`;
}

/** What the release shows of its held-out rows. */
function whomItIsFor({ card, coverage, manifest }: ReleaseRecord, training: Training): string[] {
  if (manifest.imported) return ['It was trained elsewhere, and what it learned from is not known here.'];
  const intervals = coverage ? [coverageInWords(coverage)] : [];
  return card
    ? [...drawCard(card, taskOfTraining(training)), ...intervals]
    : ['The release lacks its rows, so that it cannot be told.'];
}

function describe(image: ImageRecord | undefined): string {
  if (!image) return 'No image was built.';
  const { bytes, base_bytes: base, digest, id } = image;
  const known = digest ? `digest ${code(digest)}` : `id ${code(id)} (it has a digest once it is pushed)`;
  return `${megabytes(bytes)}, ${megabytes(bytes - base)} over its base; ${known}`;
}

function section(title: string, paragraphs: readonly string[], level = 2): string {
  return `${'#'.repeat(level)} ${title}\n\n${paragraphs.filter((text) => text !== '').join('\n\n')}\n`;
}
