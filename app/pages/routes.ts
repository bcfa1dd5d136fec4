import { Router } from 'express';
import type { Logger } from 'pino';
import type { ClientOf } from '../access/caller.ts';
import { answerErrors, notFound } from '../answer-errors.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Predictions } from '../predictions/predictions.ts';
import { assetRoutes } from './assets.ts';
import { batchPageRoutes } from './batch/routes.ts';
import { sendErrorPage } from './error-page.ts';
import { formRoutes } from './form/routes.ts';
import { modelRoutes } from './model/routes.ts';
import { type SignInOptions, signInRoutes } from './sign-in/routes.ts';

interface PageOptions {
  readonly clientOf: ClientOf;
  /** Files that are predicted. @default none are taken */
  readonly jobs?: Jobs | undefined;
  /** What asks people for a key. @default nobody is asked */
  readonly signIn?: SignInOptions | undefined;
}

/** What people see: the form, files, the model’s page, where they sign in, and what pages are drawn with. Errors are pages. */
export function pageRoutes(predictions: Predictions, logger: Logger, { clientOf, jobs, signIn }: PageOptions): Router {
  const router = Router().use(assetRoutes());
  if (signIn) router.use(signInRoutes(signIn));
  router.use(formRoutes(predictions, { hasKeys: signIn !== undefined })).use(modelRoutes(predictions));
  if (jobs) router.use(batchPageRoutes({ jobs, predictions, clientOf }));
  return router.use(notFound).use(answerErrors(logger, sendErrorPage));
}
