import { type Request, type Response, Router } from 'express';
import { onlyMethods } from '../../answer-errors.ts';
import { goneSignal } from '../../gone.ts';
import type { Predictions } from '../../predictions/predictions.ts';
import type { CalledService } from '../api/examples.ts';
import { calledOrigin } from '../called-origin.ts';
import { sendPage } from '../send-page.ts';
import { sentForm } from '../sent-form.ts';
import type { SentForm } from './answer.ts';

/**
 * `GET /`: the form; with parameters, the form that they fill, and the prediction. `POST /`: the same page with the prediction, or with
 * the errors beside their fields. `GET /example`: a typical record. `POST /what-if`: what changes of the page with the inputs.
 */
export function formRoutes(predictions: Predictions, { hasKeys }: Pick<CalledService, 'hasKeys'>): Router {
  const answer = async (sent: Pick<SentForm, 'by' | 'encoded'>, request: Request, response: Response) => {
    const service = { origin: calledOrigin(request), hasKeys };
    const { status, html } = await predictions.answerForm({ ...sent, service }, goneSignal(response));
    sendPage(response.status(status), html);
  };
  const answerSent = async (by: SentForm['by'], request: Request, response: Response) =>
    answer({ by, encoded: await sentForm(request, predictions.limits.form) }, request, response);
  return Router()
    .get('/', async (request, response) => {
      const encoded = queryOf(request);
      if (encoded === '') sendPage(response, await predictions.emptyForm());
      else await answer({ by: 'address', encoded }, request, response);
    })
    .post('/', (request, response) => answerSent('form', request, response))
    .all('/', onlyMethods('GET', 'POST'))
    .get('/example', (request, response) => answer({ by: 'example', encoded: '' }, request, response))
    .all('/example', onlyMethods('GET'))
    .post('/what-if', (request, response) => answerSent('what-if', request, response))
    .all('/what-if', onlyMethods('POST'));
}

/** The parameters of an address as they stand there: they are read as a form is. */
function queryOf({ originalUrl }: Request): string {
  const start = originalUrl.indexOf('?');
  return start < 0 ? '' : originalUrl.slice(start + 1);
}
