import { DataError, type Predictor } from '../../../ml/serving.ts';
import type { Tally } from '../../api/tally.ts';
import type { Limits } from '../../limits.ts';
import type { CalledService } from '../api/examples.ts';
import { renderAnswer, renderForm } from '../views.ts';
import { classOutcomeOf } from './class-outcome.ts';
import { encodedExample } from './example.ts';
import { numberOutcomeOf, type Outcome } from './outcome.ts';
import { type Answer, formPage } from './page.ts';
import { readForm, type Submission } from './submission.ts';

/** Inputs that somebody sent, or a typical record. */
export interface SentForm {
  /** How they came, which says how they are answered: what-if is answered by the answer alone, all others by the whole page. */
  readonly by: 'form' | 'address' | 'example' | 'what-if';
  /** As browsers encode them; nothing of an example. */
  readonly encoded: string;
  /** Whom the request from code asks that the page shows. */
  readonly service: CalledService;
}

/** The page that answers a form, or the answer alone, and its status: 422 where something is wrong with a field. */
export interface FormAnswer {
  readonly status: 200 | 422;
  readonly html: string;
  /** Undefined where something is wrong with a field, or nothing was asked for. */
  readonly tally: Tally | undefined;
}

/** The form's page before anything was sent. */
export function emptyForm(predictor: Predictor): string {
  return renderForm(formPage(predictor));
}

/** @throws HttpError where the form has more fields than are read. */
export function formAnswer(predictor: Predictor, limits: Limits, { by, encoded, service }: SentForm): FormAnswer {
  const isAddress = by === 'address';
  const sent = by === 'example' ? encodedExample(predictor) : encoded;
  const submission = readForm(sent, { features: predictor.features, limits, isAddress });
  const made = answerTo(submission, predictor);
  const answer = isAddress && isDraft(made, submission) ? undefined : made;
  const page = formPage(predictor, { submission, answer, service });
  const html = by === 'what-if' ? renderAnswer(page) : renderForm(page);
  if (answer === undefined) return { status: 200, html, tally: undefined };
  if ('issues' in answer) return { status: 422, html, tally: undefined };
  return { status: 200, html, tally: { records: 1, outside: answer.outcome.outside.length > 0 ? 1 : 0, refused: 0 } };
}

function answerTo({ record, issues }: Submission, predictor: Predictor): Exclude<Answer, undefined> {
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

/** Whether fields are yet to be filled in, and nothing else is wrong: an address may hold some of them. */
function isDraft(answer: Exclude<Answer, undefined>, { record }: Submission): boolean {
  return 'issues' in answer && answer.issues.every(({ path }) => !Object.hasOwn(record, path));
}

function outcomeOf(record: Submission['record'], predictor: Predictor): Outcome {
  return predictor.task === 'regression'
    ? numberOutcomeOf(predictor.explain(record), record, predictor)
    : classOutcomeOf(predictor.explain(record), record, predictor);
}
