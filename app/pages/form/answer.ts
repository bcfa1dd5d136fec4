import { DataError, type Predictor } from '../../../ml/serving.ts';
import type { Tally } from '../../api/tally.ts';
import type { Limits } from '../../limits.ts';
import { renderForm } from '../views.ts';
import { classOutcomeOf } from './class-outcome.ts';
import { numberOutcomeOf, type Outcome } from './outcome.ts';
import { type Answer, formPage } from './page.ts';
import { readForm, type Submission } from './submission.ts';

/** A form that was sent. */
export interface SentForm {
  /** As browsers encode it. */
  readonly encoded: string;
  /** Where this is served, for the request from code that the page shows. */
  readonly origin: string;
}

/** The page that answers a form, and its status: 422 where something is wrong with a field. */
export interface FormAnswer {
  readonly status: 200 | 422;
  readonly html: string;
  /** Undefined where something is wrong with a field. */
  readonly tally: Tally | undefined;
}

/** @throws HttpError where the form has more fields than are read. */
export function formAnswer(predictor: Predictor, limits: Limits, { encoded, origin }: SentForm): FormAnswer {
  const submission = readForm(encoded, predictor.features, limits);
  const answer = answerTo(submission, predictor);
  const html = renderForm(formPage(predictor, { submission, answer, origin }));
  if ('issues' in answer) return { status: 422, html, tally: undefined };
  return { status: 200, html, tally: { records: 1, outside: answer.outcome.outside.length > 0 ? 1 : 0, refused: 0 } };
}

function answerTo({ record, issues }: Submission, predictor: Predictor): Answer {
  try {
    const outcome = outcomeOf(record, predictor);
    return issues.length > 0 ? { issues, total: issues.length } : { outcome };
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    // What is wrong with a field is told once.
    const others = error.issues.filter(({ path }) => !issues.some((issue) => issue.path === path));
    const told = error.issues.length - others.length;
    return { issues: [...issues, ...others], total: issues.length + error.total - told };
  }
}

function outcomeOf(record: Submission['record'], predictor: Predictor): Outcome {
  return predictor.task === 'regression'
    ? numberOutcomeOf(predictor.explain(record), record, predictor)
    : classOutcomeOf(predictor.explain(record), record, predictor);
}
