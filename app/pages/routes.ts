import { fileURLToPath } from 'node:url';
import express, { Router } from 'express';
import type { Logger } from 'pino';
import { answerErrors, notFound } from '../answer-errors.ts';
import type { Predictions } from '../predictions/predictions.ts';
import { sendErrorPage } from './error-page.ts';
import { formRoutes } from './form/routes.ts';

const pico = fileURLToPath(import.meta.resolve('@picocss/pico/css/pico.jade.min.css'));
const publicFolder = fileURLToPath(new URL('public', import.meta.url));

/** Nothing but the assets may be cached, and they have tags of their own. */
const cached = { 'Cache-Control': 'public, max-age=3600' };

/** What people see: the form, and what its page is drawn with. Errors are pages. */
export function pageRoutes(predictions: Predictions, logger: Logger): Router {
  const assets = Router()
    .get('/pico.css', (_request, response) => response.sendFile(pico, { headers: cached }))
    .use(express.static(publicFolder, { index: false, setHeaders: (response) => response.set(cached) }));
  return Router()
    .use('/assets', assets)
    .use(formRoutes(predictions))
    .use(notFound)
    .use(answerErrors(logger, sendErrorPage));
}
