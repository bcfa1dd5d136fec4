import { worstErrors } from '../card/tables.ts';
import type { Section } from '../html/page.ts';
import { htmlOf } from '../markdown-html.ts';
import type { ReleaseReport } from '../release-report.ts';
import { drawConfusion, drawRanking, drawReliability } from './draw-classified.ts';
import { drawDependence } from './draw-dependence.ts';
import { drawImportance } from './draw-importance.ts';
import { drawLeaders } from './draw-leaders.ts';
import { drawLearningCurve } from './draw-learning-curve.ts';
import { drawCoverage, drawPredicted } from './draw-numbers.ts';
import { drawSegments } from './draw-segments.ts';

/** What was tried, what the chosen model does on rows that it never saw, and what it hangs on. */
export function modelsSection(report: ReleaseReport): Section {
  const { manifest, task, card } = report;
  const { learningCurve } = manifest;
  return {
    id: 'models',
    title: 'Models',
    content: undefined,
    sections: [
      { id: 'models-tried', title: 'What was tried', content: drawLeaders(report) },
      ...(learningCurve
        ? [{ id: 'models-learning', title: 'Would more rows help?', content: drawLearningCurve(learningCurve, task) }]
        : []),
      ...resultsOf(report),
      { id: 'models-groups', title: 'Errors by group', content: drawSegments(report) },
      { id: 'models-importance', title: 'What matters', content: drawImportance(card, task.objective) },
      { id: 'models-dependence', title: 'What predictions hang on', content: drawDependence(report) },
      { id: 'models-worst', title: 'The largest errors', content: htmlOf(worstErrors(card), 'The largest errors') },
    ],
  };
}

/** How predictions of the held-out rows turned out. */
function resultsOf({ card, measured, coverage, curves }: ReleaseReport): Section[] {
  if (card.kind === 'number' && measured.kind === 'number') {
    return [
      { id: 'models-predicted', title: 'Predicted and true', content: drawPredicted(measured.held, card) },
      ...(coverage ? [{ id: 'models-intervals', title: 'How sure: intervals', content: drawCoverage(coverage) }] : []),
    ];
  }
  if (card.kind !== 'class' || measured.kind !== 'class') return [];
  return [
    { id: 'models-confusion', title: 'Predicted and true', content: drawConfusion(card) },
    ...(curves.length > 0
      ? [
          {
            id: 'models-ranking',
            title: 'What thresholds cost',
            content: drawRanking(curves, measured.held, measured.model),
          },
        ]
      : []),
    { id: 'models-reliability', title: 'How sure: probabilities', content: drawReliability(card) },
  ];
}
