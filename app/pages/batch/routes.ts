import { type Request, type Response, Router } from 'express';
import { DataError } from '../../../ml/serving.ts';
import { refuseCrossOrigin } from '../../access/same-origin.ts';
import { onlyMethods } from '../../answer-errors.ts';
import { GoneError, toldOf } from '../../http-errors.ts';
import { ownerOf, rememberBrowser } from '../../jobs/owner.ts';
import type { Receiver } from '../../jobs/receive-batch.ts';
import { sendResult } from '../../jobs/routes.ts';
import { sendPage } from '../send-page.ts';
import { renderJob, renderUpload } from '../views.ts';
import { jobPage } from './job-page.ts';
import { type Refused, templateCsv, uploadPage } from './upload-page.ts';

type OfJob = Request<{ id: string }>;

/** `GET /batch`: files are sent from here, and the batches of this browser are listed. `GET /batch/ID`: how far one is, and its result. */
export function batchPageRoutes(receiver: Receiver): Router {
  const { jobs, predictions } = receiver;
  const { predictor } = predictions;
  const upload = async (request: Request, response: Response, refused?: Refused) => {
    rememberBrowser(request, response);
    const page = uploadPage(predictor, jobs.limits.upload, await jobs.of(ownerOf(request)), refused);
    sendPage(response, renderUpload(page));
  };
  return Router()
    .use('/batch', (request, _response, next) => {
      refuseCrossOrigin(request);
      next();
    })
    .get('/batch', (request, response) => upload(request, response))
    .post('/batch', async (request, response) => {
      try {
        const { receiveBatch } = await import('../../jobs/receive-batch.ts');
        const { id } = await receiveBatch(receiver, request, {});
        response.redirect(303, `/batch/${id}`);
      } catch (error) {
        const { status, detail } = toldOf(error);
        if (status >= 500 || error instanceof GoneError) throw error;
        await upload(request, response.status(status), {
          detail,
          issues: error instanceof DataError ? error.issues : [],
        });
      }
    })
    .get('/batch/template.csv', (_request, response) => {
      response.attachment('template.csv').type('text/csv; charset=utf-8').send(templateCsv(predictor));
    })
    .get('/batch/:id', async (request: OfJob, response: Response) => {
      sendPage(response, renderJob(jobPage(await jobs.find(request.params.id, ownerOf(request)))));
    })
    .post('/batch/:id/cancel', async (request: OfJob, response: Response) => {
      const { id } = request.params;
      const { ended } = await jobs.find(id, ownerOf(request));
      await jobs.cancel(id, ownerOf(request));
      response.redirect(303, ended === undefined ? `/batch/${id}` : '/batch');
    })
    .get('/batch/:id/result.csv', (request: OfJob, response: Response) => sendResult(jobs, request, response))
    .all('/batch', onlyMethods('GET', 'POST'))
    .all('/batch/:id', onlyMethods('GET'))
    .all('/batch/:id/cancel', onlyMethods('POST'))
    .all('/batch/:id/result.csv', onlyMethods('GET'));
}
