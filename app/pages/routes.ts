import { fileURLToPath } from 'node:url';
import express, { Router } from 'express';
import type { Logger } from 'pino';
import { sharedStyles, stylePath } from '../../ml/report/style.ts';
import { answerErrors, notFound } from '../answer-errors.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Predictions } from '../predictions/predictions.ts';
import { batchPageRoutes } from './batch/routes.ts';
import { sendErrorPage } from './error-page.ts';
import { formRoutes } from './form/routes.ts';
import { modelRoutes } from './model/routes.ts';
import { type SignInOptions, signInRoutes } from './sign-in/routes.ts';

const pico = fileURLToPath(import.meta.resolve('@picocss/pico/css/pico.jade.min.css'));
const publicFolder = fileURLToPath(new URL('public', import.meta.url));

/** Nothing but the assets may be cached, and they have tags of their own. */
const cached = { 'Cache-Control': 'public, max-age=3600' };

interface PageOptions {
  /** Files that are predicted. @default none are taken */
  readonly jobs?: Jobs | undefined;
  /** What asks people for a key. @default nobody is asked */
  readonly signIn?: SignInOptions | undefined;
}

/** What people see: the form, files, the model’s page, where they sign in, and what pages are drawn with. Errors are pages. */
export function pageRoutes(predictions: Predictions, logger: Logger, { jobs, signIn }: PageOptions = {}): Router {
  const router = Router().use('/assets', assets());
  if (signIn) router.use(signInRoutes(signIn));
  router.use(formRoutes(predictions)).use(modelRoutes(predictions));
  if (jobs) router.use(batchPageRoutes(jobs, predictions));
  return router.use(notFound).use(answerErrors(logger, sendErrorPage));
}

/** Styles and scripts: those of the pages themselves, Pico's, and what pages share with reports. */
function assets(): Router {
  const router = Router();
  const files = [['pico', pico] as const, ...sharedStyles.map((name) => [name, stylePath(name)] as const)];
  for (const [name, path] of files)
    router.get(`/${name}.css`, (_request, response) => response.sendFile(path, { headers: cached }));
  return router.use(express.static(publicFolder, { index: false, setHeaders: (response) => response.set(cached) }));
}
