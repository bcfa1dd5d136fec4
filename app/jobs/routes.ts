import { type Request, type Response, Router } from 'express';
import { refuseCrossOrigin } from '../access/same-origin.ts';
import { onlyMethods } from '../answer-errors.ts';
import type { Jobs } from './jobs.ts';
import { ownerOf } from './owner.ts';
import type { Receiver } from './receive-batch.ts';

/**
 * `POST /batch` takes a file of rows and answers with a job, which `GET /batch/ID` tells of, and `DELETE /batch/ID` cancels; `GET /batch/ID/result`
 * is the file with its predictions.
 */
export function batchRoutes(receiver: Receiver): Router {
  const { jobs } = receiver;
  return Router()
    .use('/batch', (request, _response, next) => {
      refuseCrossOrigin(request);
      next();
    })
    .post('/batch', async (request: Request, response: Response) => {
      // Loaded by those alone who send files.
      const { receiveBatch } = await import('./receive-batch.ts');
      const job = await receiveBatch(receiver, request, request.query);
      response.status(202).location(`${request.baseUrl}/batch/${job.id}`).json(job);
    })
    .get('/batch/:id', async (request: Request<{ id: string }>, response: Response) => {
      response.json(await jobs.find(request.params.id, ownerOf(request)));
    })
    .delete('/batch/:id', async (request: Request<{ id: string }>, response: Response) => {
      await jobs.cancel(request.params.id, ownerOf(request));
      response.status(204).end();
    })
    .get('/batch/:id/result', (request: Request<{ id: string }>, response: Response) =>
      sendResult(jobs, request, response),
    )
    .all('/batch', onlyMethods('POST'))
    .all('/batch/:id', onlyMethods('GET', 'DELETE'))
    .all('/batch/:id/result', onlyMethods('GET'));
}

/** The CSV of a job, for whoever owns it; a download that breaks off may go on where it was. */
export async function sendResult(jobs: Jobs, request: Request<{ id: string }>, response: Response): Promise<void> {
  const { job, path } = await jobs.resultOf(request.params.id, ownerOf(request));
  const name = `${job.file.name.replace(/(?:\.(?:csv|tsv|txt|parquet|gz))+$/i, '')}-predicted.csv`;
  response.attachment(name).type('text/csv; charset=utf-8');
  await new Promise<void>((resolve, reject) => {
    response.sendFile(path, { dotfiles: 'allow', cacheControl: false }, (error) => {
      // A client that goes is nobody to tell.
      if (!error || response.headersSent) return resolve();
      response.removeHeader('Content-Disposition');
      reject(error);
    });
  });
}
