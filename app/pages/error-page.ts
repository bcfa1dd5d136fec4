import type { ServerResponse } from 'node:http';
import { toldOf } from '../http-errors.ts';
import { STATUS_CODES } from '../node-http.ts';
import { renderError } from './views.ts';

/** The pages' answer to an error: a page. */
export function sendErrorPage(response: ServerResponse, error: unknown): void {
  const { status, detail } = toldOf(error);
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.end(renderError({ status, title: STATUS_CODES[status] ?? 'Error', detail }));
}
