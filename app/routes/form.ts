import express, { Router } from 'express';
import { DataError, formatExact, recordFromTexts } from '../../ml/index.ts';
import { onlyMethods } from '../errors.ts';
import { formPage } from '../form-page.ts';
import { goneSignal } from '../gone.ts';
import type { Limits } from '../limits.ts';
import type { Predictions } from '../predictions/predictions.ts';
import { HttpError } from '../problem.ts';
import { renderForm } from '../views.ts';

const FORM_TYPE = 'application/x-www-form-urlencoded';

/** `GET /`: the form. `POST /`: the same page with the prediction, or with the errors beside their fields. */
export function formRoutes(predictions: Predictions): Router {
  const { predictor, limits } = predictions;
  const empty = renderForm(formPage(predictor, ''));
  return Router()
    .get('/', (_request, response) => {
      response.send(empty);
    })
    .post('/', express.text({ type: FORM_TYPE, limit: limits.form }), async (request, response) => {
      if (typeof request.body !== 'string') throw new HttpError(`Send the form as ${FORM_TYPE}.`, { status: 415 });
      const texts = parseForm(request.body, limits);
      const record = recordFromTexts(predictor.features, texts);
      try {
        const prediction = await predictions.predict(record, goneSignal(response));
        response.send(renderForm(formPage(predictor, origin(request), { texts, record, prediction })));
      } catch (error) {
        if (!(error instanceof DataError)) throw error;
        response.status(422).send(renderForm(formPage(predictor, origin(request), { texts, issues: error.issues })));
      }
    })
    .all('/', onlyMethods('GET', 'POST'));
}

/** What was sent, by name: a text, or several. */
function parseForm(text: string, { formFields }: Limits): Record<string, string | string[]> {
  const parameters = new URLSearchParams(text);
  if (parameters.size > formFields)
    throw new HttpError(
      `The form has ${formatExact(parameters.size)} fields; at most ${formatExact(formFields)} are read.`,
      { status: 413 },
    );
  const texts = new Map<string, string | string[]>();
  for (const [name, value] of parameters) {
    const earlier = texts.get(name);
    texts.set(name, earlier === undefined ? value : [earlier, value].flat());
  }
  return Object.fromEntries(texts);
}

function origin(request: express.Request): string {
  return `${request.protocol}://${request.get('host') ?? 'localhost'}`;
}
