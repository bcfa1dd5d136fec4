import type { IncomingMessage } from 'node:http';
import { PREDICTION_PATHS } from '../api/prediction-paths.ts';

/** What Express notes of a request on its way. */
interface Routed extends IncomingMessage {
  readonly baseUrl?: string;
  readonly route?: { readonly path: unknown };
}

/**
 * The template of the route that a request came to, in the place of its path, which may hold anything: `/problems/:name`. What no
 * route takes is `/api/*` below a router, and `none` elsewhere.
 */
export function routeTemplate({ baseUrl, route, url = '' }: Routed): string {
  if (baseUrl === undefined) {
    // Express has not seen it.
    const path = url.replace(/\?.*$/s, '');
    return PREDICTION_PATHS.has(path) ? path : 'none';
  }
  // Routers are found whatever the case is. Below /assets stands a version, which may be any text.
  const base = baseUrl.toLowerCase().replace(/^\/assets\/.*/s, '/assets');
  if (route !== undefined) return base + (route.path === '/' && base !== '' ? '' : String(route.path));
  return base === '' ? 'none' : `${base}/*`;
}
