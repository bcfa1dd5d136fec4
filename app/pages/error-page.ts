import type { ServerResponse } from 'node:http';
import { toldOf } from '../http-errors.ts';
import { STATUS_CODES } from '../node-http.ts';
import { renderError } from './views.ts';

const POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/** The pages' answer to an error: a page. */
export function sendErrorPage(response: ServerResponse, error: unknown): void {
  const { status, detail } = toldOf(error);
  // What is refused before Express has no headers of its own.
  if (!response.hasHeader('Content-Security-Policy')) response.setHeader('Content-Security-Policy', POLICY);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.end(renderError({ status, title: STATUS_CODES[status] ?? 'Error', detail }));
}
