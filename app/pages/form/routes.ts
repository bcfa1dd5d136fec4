import express, { type Request, type Response, Router } from 'express';
import { onlyMethods } from '../../answer-errors.ts';
import { goneSignal } from '../../gone.ts';
import { HttpError } from '../../http-errors.ts';
import type { Predictions } from '../../predictions/predictions.ts';
import { sendPage } from '../send-page.ts';

const FORM_TYPE = 'application/x-www-form-urlencoded';

/** `GET /`: the form. `POST /`: the same page with the prediction, or with the errors beside their fields. */
export function formRoutes(predictions: Predictions): Router {
  const limit = predictions.limits.form;
  return Router()
    .get('/', (_request, response) => {
      sendPage(response, predictions.emptyForm);
    })
    .post('/', express.text({ type: FORM_TYPE, limit }), async (request: Request, response: Response) => {
      if (typeof request.body !== 'string')
        throw new HttpError(`Send the form as ${FORM_TYPE}.`, { problem: 'unsupported-media-type' });
      const origin = `${request.protocol}://${request.get('host') ?? 'localhost'}`;
      const { status, html } = await predictions.answerForm({ encoded: request.body, origin }, goneSignal(response));
      sendPage(response.status(status), html);
    })
    .all('/', onlyMethods('GET', 'POST'));
}
