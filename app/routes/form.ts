import express, { type Request, type Response, Router } from 'express';
import { DataError } from '../../ml/index.ts';
import { onlyMethods } from '../errors.ts';
import { type Answer, formPage } from '../form/page.ts';
import { readForm, type Submission } from '../form/submission.ts';
import { goneSignal } from '../gone.ts';
import type { Predictions } from '../predictions/predictions.ts';
import { HttpError } from '../problem.ts';
import { renderForm } from '../views.ts';

const FORM_TYPE = 'application/x-www-form-urlencoded';

/** `GET /`: the form. `POST /`: the same page with the prediction, or with the errors beside their fields. */
export function formRoutes(predictions: Predictions): Router {
  const { predictor, limits } = predictions;
  const empty = renderForm(formPage(predictor));
  return Router()
    .get('/', (_request, response) => {
      response.send(empty);
    })
    .post('/', express.text({ type: FORM_TYPE, limit: limits.form }), async (request: Request, response: Response) => {
      if (typeof request.body !== 'string') throw new HttpError(`Send the form as ${FORM_TYPE}.`, { status: 415 });
      const submission = readForm(request.body, predictor.features, limits);
      const answer = await answerTo(submission, predictions, goneSignal(response));
      const origin = `${request.protocol}://${request.get('host') ?? 'localhost'}`;
      response.status('issues' in answer ? 422 : 200);
      response.send(renderForm(formPage(predictor, { submission, answer, origin })));
    })
    .all('/', onlyMethods('GET', 'POST'));
}

async function answerTo({ record, issues }: Submission, predictions: Predictions, gone: AbortSignal): Promise<Answer> {
  try {
    const prediction = await predictions.predict(record, gone);
    return issues.length > 0 ? { issues, total: issues.length } : { prediction };
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    // What is wrong with a field is told once.
    const others = error.issues.filter(({ path }) => !issues.some((issue) => issue.path === path));
    const told = error.issues.length - others.length;
    return { issues: [...issues, ...others], total: issues.length + error.total - told };
  }
}
