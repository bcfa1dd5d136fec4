import type { IncomingMessage, ServerResponse } from 'node:http';

/** Whether this process wants requests, and if not, why. */
export type Readiness = 'ready' | 'standby' | 'draining';

/** `/healthz`: the process answers. `/readyz`: send requests here; 503 where it stands by or is about to stop. */
const PATHS: ReadonlySet<string> = new Set(['/healthz', '/readyz']);

/** Whether a path, or the template of a route, is that of a health check. */
export const isHealthPath = (path: string): boolean => PATHS.has(path);

/** Whether a request is a health check, which is answered before all else is loaded. */
export function isHealthCheck({ method }: IncomingMessage, path: string): boolean {
  return isHealthPath(path) && (method === 'GET' || method === 'HEAD');
}

/** Answers a health check. @param release that serves */
export function answerHealth(response: ServerResponse, path: string, readiness: Readiness, release: string): void {
  const asksForReadiness = path === '/readyz';
  response.statusCode = asksForReadiness && readiness !== 'ready' ? 503 : 200;
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.end(JSON.stringify(asksForReadiness ? { status: readiness, release } : { status: 'ok' }));
}
