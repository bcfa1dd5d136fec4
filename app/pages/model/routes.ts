import { Router } from 'express';
import { onlyMethods } from '../../answer-errors.ts';
import { HttpError } from '../../http-errors.ts';
import type { Predictions } from '../../predictions/predictions.ts';
import { sendPage } from '../send-page.ts';

const NO_REPORT =
  'This release is here without its report, which shows rows of its data: as in an image, or of an older version. Where it was trained, ' +
  'npm run report says where it lies.';

/** `GET /model`: what serves. `GET /model/report`: its report, a page of its own that may use its own style, and nothing else. */
export function modelRoutes(predictions: Predictions): Router {
  return Router()
    .get('/model', async (_request, response) => {
      const { html } = await predictions.modelPages();
      sendPage(response, html);
    })
    .get('/model/report', async (_request, response) => {
      const { report } = await predictions.modelPages();
      if (!report) throw new HttpError(NO_REPORT, { problem: 'not-found' });
      response.set('Content-Security-Policy', report.policy);
      response.sendFile(report.path, { cacheControl: false, dotfiles: 'allow' });
    })
    .all(['/model', '/model/report'], onlyMethods('GET'));
}
