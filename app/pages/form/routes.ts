import express, { type Request, type Response, Router } from 'express';
import { onlyMethods } from '../../answer-errors.ts';
import { goneSignal } from '../../gone.ts';
import { HttpError } from '../../http-errors.ts';
import type { Predictions } from '../../predictions/predictions.ts';
import type { CalledService } from '../api/examples.ts';
import { calledOrigin } from '../called-origin.ts';
import { sendPage } from '../send-page.ts';
import type { SentForm } from './answer.ts';

const FORM_TYPE = 'application/x-www-form-urlencoded';

/**
 * `GET /`: the form; with parameters, the form that they fill, and the prediction. `POST /`: the same page with the prediction, or with
 * the errors beside their fields. `GET /example`: a typical record. `POST /what-if`: what changes of the page with the inputs.
 */
export function formRoutes(predictions: Predictions, { hasKeys }: Pick<CalledService, 'hasKeys'>): Router {
  const readBody = express.text({ type: FORM_TYPE, limit: predictions.limits.form });
  const answer = async (sent: Pick<SentForm, 'by' | 'encoded'>, request: Request, response: Response) => {
    const { status, html } = await predictions.answerForm(
      { ...sent, service: { origin: calledOrigin(request), hasKeys } },
      goneSignal(response),
    );
    sendPage(response.status(status), html);
  };
  return Router()
    .get('/', async (request, response) => {
      const encoded = queryOf(request);
      if (encoded === '') sendPage(response, await predictions.emptyForm());
      else await answer({ by: 'address', encoded }, request, response);
    })
    .post('/', readBody, (request, response) => answer({ by: 'form', encoded: bodyOf(request) }, request, response))
    .all('/', onlyMethods('GET', 'POST'))
    .get('/example', (request, response) => answer({ by: 'example', encoded: '' }, request, response))
    .all('/example', onlyMethods('GET'))
    .post('/what-if', readBody, (request, response) =>
      answer({ by: 'what-if', encoded: bodyOf(request) }, request, response),
    )
    .all('/what-if', onlyMethods('POST'));
}

/** The parameters of an address as they stand there: they are read as a form is. */
function queryOf({ originalUrl }: Request): string {
  const start = originalUrl.indexOf('?');
  return start < 0 ? '' : originalUrl.slice(start + 1);
}

function bodyOf({ body }: Request): string {
  if (typeof body === 'string') return body;
  throw new HttpError(`Send the form as ${FORM_TYPE}.`, { problem: 'unsupported-media-type' });
}
