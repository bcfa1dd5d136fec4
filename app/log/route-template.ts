import type { IncomingMessage } from 'node:http';

/** What Express notes of a request on its way. */
interface Routed extends IncomingMessage {
  readonly baseUrl?: string;
  readonly route?: { readonly path: unknown };
}

/**
 * The template of the route that a request came to, in the place of its path, which may hold anything: `/problems/:name`. What no
 * route takes is `/api/*` below a router, and `none` elsewhere.
 */
export function routeTemplate({ baseUrl = '', route }: Routed): string {
  // Routers are found whatever the case is.
  const base = baseUrl.toLowerCase();
  if (route !== undefined) return base + (route.path === '/' && base !== '' ? '' : String(route.path));
  return base === '' ? 'none' : `${base}/*`;
}
