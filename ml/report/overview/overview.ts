// What everybody may know of a release who may ask it: its report, without the rows that this was made from.

import type { Manifest } from '../../release/manifest.ts';
import { recordedTask } from '../../release/recorded-task.ts';
import { evaluationSections } from '../evaluation/draw-evaluation.ts';
import { evaluatedCard } from '../evaluation/evaluated-card.ts';
import type { Evaluation } from '../evaluation/evaluation.ts';
import { chartGrid, factTiles, note, warning } from '../html/blocks.ts';
import { type Html, html } from '../html/html.ts';
import type { Section } from '../html/page.ts';
import { htmlOf } from '../markdown-html.ts';
import { drawImportance } from '../models-section/draw-importance.ts';
import { drawLeaders } from '../models-section/draw-leaders.ts';
import { drawLearningCurve } from '../models-section/draw-learning-curve.ts';
import { drawSegments } from '../models-section/draw-segments.ts';
import { leftOut, wentInto } from '../provenance-section/provenance.ts';
import { verdict } from '../scores.ts';
import { facts, howFarOff } from '../summary/draw-summary.ts';
import { trainingOf } from '../training-of.ts';
import { drawColumns } from './draw-columns.ts';
import { drawScores } from './draw-scores.ts';

/**
 * The sections of a page about a release, of which none holds a row of the data.
 *
 * @param evaluation how its model did on held-out rows; undefined where the release does not say
 */
export function overviewSections(manifest: Manifest, evaluation: Evaluation | undefined): Section[] {
  const task = recordedTask(manifest);
  const training = trainingOf(manifest);
  const { importance, learningCurve, dataset, data } = manifest;
  const evaluated = evaluation && evaluatedCard(evaluation, manifest);
  const rows = { learned: data.train, held: data.test, measured: data.test };
  return [
    { id: 'summary', title: 'Summary', content: summaryOf(manifest, evaluation) },
    { id: 'data', title: 'Data', content: drawColumns(manifest) },
    { id: 'scores', title: 'Scores', content: drawScores(manifest, task) },
    { id: 'leaderboard', title: 'Leaderboard', content: drawLeaders({ manifest, task, training }) },
    ...(evaluation && evaluated ? evaluationSections(evaluation, evaluated.card) : []),
    {
      id: 'importance',
      title: 'Permutation importance',
      content: drawImportance({ importance, columns: dataset.columns, rows }, task.objective),
    },
    ...(evaluated ? [{ id: 'groups', title: 'Errors by group', content: drawSegments(evaluated) }] : []),
    ...(learningCurve
      ? [{ id: 'learning', title: 'Learning curve', content: drawLearningCurve(learningCurve, task) }]
      : []),
    { id: 'left-out', title: 'Assumed and left out', content: htmlOf(leftOut(manifest)) },
    {
      id: 'provenance',
      title: 'What it was made from',
      content: htmlOf(wentInto(manifest), 'What the release was made from'),
    },
  ];
}

function summaryOf(manifest: Manifest, evaluation: Evaluation | undefined): Html {
  const training = trainingOf(manifest);
  const told = htmlOf(verdict(training));
  const decided = training.verdict.released ? told : warning(told);
  if (!evaluation && manifest.imported) return html`${decided}`;
  if (!evaluation)
    return html`${decided}${note('This release was trained by a version that kept no figures of its held-out rows beside its scores: train again, and they are shown here.')}`;
  const { card } = evaluatedCard(evaluation, manifest);
  return html`${decided}
${factTiles(facts({ card, manifest, task: recordedTask(manifest) }))}
${chartGrid([howFarOff(card)])}
${htmlOf(evaluation.fitFor.join('\n\n'))}`;
}
