import { STATUS_CODES } from 'node:http';
import type { Response } from 'express';
import { statusOf } from '../http-errors.ts';
import { renderError } from './views.ts';

/** The pages' answer to an error: a page. */
export function sendErrorPage(response: Response, error: unknown): void {
  const { status, detail } = statusOf(error);
  response.type('html').send(renderError({ status, title: STATUS_CODES[status] ?? 'Error', detail }));
}
