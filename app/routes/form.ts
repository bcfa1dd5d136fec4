import express, { Router } from 'express';
import { DataError, type Predictor, recordFromTexts } from '../../ml/index.ts';
import { onlyMethods } from '../errors.ts';
import { formPage } from '../form-page.ts';
import { HttpError } from '../problem.ts';
import { renderForm } from '../views.ts';

const BODY_LIMIT = '16kb';

/** `GET /`: the form. `POST /`: the same page with the prediction, or with the errors beside their fields. */
export function formRoutes(predictor: Predictor): Router {
  return Router()
    .get('/', (request, response) => {
      response.send(renderForm(formPage(predictor, origin(request))));
    })
    .post('/', express.urlencoded({ extended: false, limit: BODY_LIMIT }), (request, response) => {
      const texts: Record<string, unknown> | undefined = request.body;
      if (texts === undefined)
        throw new HttpError('Send the form as application/x-www-form-urlencoded.', { status: 415 });
      const record = recordFromTexts(predictor.features, texts);
      try {
        const prediction = predictor.predict(record);
        response.send(renderForm(formPage(predictor, origin(request), { texts, record, prediction })));
      } catch (error) {
        if (!(error instanceof DataError)) throw error;
        response.status(422).send(renderForm(formPage(predictor, origin(request), { texts, issues: error.issues })));
      }
    })
    .all('/', onlyMethods('GET', 'POST'));
}

function origin(request: express.Request): string {
  return `${request.protocol}://${request.get('host') ?? 'localhost'}`;
}
