import { Router } from 'express';
import { type Described, openApi } from './openapi.ts';

/** `GET /openapi.json`: the API of the release that serves, in OpenAPI 3.1. */
export function openApiRoutes(described: Described): Router {
  // Made for the first who asks, since a server should answer soon after its start.
  let text: string | undefined;
  return Router().get('/openapi.json', (_request, response) => {
    text ??= JSON.stringify(openApi(described));
    response.type('json').send(text);
  });
}
