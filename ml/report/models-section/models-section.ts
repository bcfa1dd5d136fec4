import { worstErrors } from '../card/tables.ts';
import type { Section } from '../html/page.ts';
import { htmlOf } from '../markdown-html.ts';
import type { ReleaseReport } from '../release-report.ts';
import { drawConfusion, drawProbabilities, drawRanking, drawReliability } from './draw-classified.ts';
import { drawDependence } from './draw-dependence.ts';
import { drawImportance } from './draw-importance.ts';
import { drawLeaders } from './draw-leaders.ts';
import { drawLearningCurve } from './draw-learning-curve.ts';
import { drawCoverage, drawPredicted } from './draw-numbers.ts';
import { drawSegments } from './draw-segments.ts';

/** What was tried, what the chosen model does on rows that it never saw, and what it depends on. */
export function modelsSection(report: ReleaseReport): Section {
  const { manifest, task, card } = report;
  const { learningCurve } = manifest;
  return {
    id: 'models',
    title: 'Models',
    content: undefined,
    sections: [
      { id: 'models-tried', title: 'Leaderboard: what was tried', content: drawLeaders(report) },
      ...(learningCurve
        ? [
            {
              id: 'models-learning',
              title: 'Learning curve: would more rows help?',
              content: drawLearningCurve(learningCurve, task),
            },
          ]
        : []),
      ...resultsOf(report),
      { id: 'models-groups', title: 'Errors by group', content: drawSegments(report) },
      {
        id: 'models-importance',
        title: 'Permutation importance: what matters',
        content: drawImportance(card, task.objective),
      },
      {
        id: 'models-dependence',
        title: 'Partial dependence: what predictions depend on',
        content: drawDependence(report),
      },
      { id: 'models-worst', title: 'The largest errors', content: htmlOf(worstErrors(card), 'The largest errors') },
    ],
  };
}

/** How predictions of the held-out rows turned out. */
function resultsOf({ card, measured, coverage, curves }: ReleaseReport): Section[] {
  if (card.kind === 'number' && measured.kind === 'number') {
    return [
      { id: 'models-predicted', title: 'Predicted against actual', content: drawPredicted(measured.held, card) },
      ...(coverage
        ? [{ id: 'models-intervals', title: 'Calibration of intervals', content: drawCoverage(coverage) }]
        : []),
    ];
  }
  if (card.kind !== 'class' || measured.kind !== 'class') return [];
  const { held, model } = measured;
  const { positive, target } = model;
  return [
    { id: 'models-confusion', title: 'Confusion matrix', content: drawConfusion(card) },
    ...(curves.length > 0
      ? [
          {
            id: 'models-ranking',
            title: 'ROC, precision and recall',
            content: drawRanking(
              curves,
              positive,
              positive === null ? undefined : drawProbabilities(held, target.levels, positive),
            ),
          },
        ]
      : []),
    { id: 'models-reliability', title: 'Calibration of probabilities', content: drawReliability(card) },
  ];
}
