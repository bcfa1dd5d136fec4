import { type RequestHandler, Router } from 'express';
import type { Logger } from 'pino';
import { answerErrors } from '../../answer-errors.ts';
import type { Predictions } from '../../predictions/predictions.ts';
import { calledOrigin } from '../called-origin.ts';
import { sendErrorPage } from '../error-page.ts';
import { sendPage } from '../send-page.ts';
import { type ApiQuestion, ORIGIN_PLACE } from './origin-place.ts';

/** `GET /api` for whoever reads pages: what the API is, with calls that can be tried. For programs there is nothing at this address. */
export function apiPageRoutes(predictions: Predictions, logger: Logger, question: ApiQuestion): Router {
  const page: RequestHandler = async (request, response, next) => {
    if (!request.headers.accept?.includes('text/html')) {
      // Express keeps it, and the log would take it for what was found.
      request.route = undefined;
      return next();
    }
    const html = await predictions.apiPage(question);
    sendPage(
      response,
      html.replaceAll(ORIGIN_PLACE, () => calledOrigin(request)),
    );
  };
  return Router().get('/api', page).use(answerErrors(logger, sendErrorPage));
}
