import type { Server } from 'node:http';
import type { Logger } from 'pino';
import { createServer } from '../node-http.ts';
import type { Metrics } from './prometheus.ts';

/** `GET /metrics`, on a port of its own: whoever may ask for predictions need not know how many there are. */
export function metricsServer(metrics: Pick<Metrics, 'told'>, logger: Logger): Server {
  const server = createServer((request, response) => {
    const { method = '', url = '' } = request;
    // Some ask with parameters, which say nothing here.
    const isKnown = url.replace(/\?.*$/s, '') === '/metrics';
    if (!isKnown || !['GET', 'HEAD'].includes(method)) {
      response.writeHead(isKnown ? 405 : 404, isKnown ? { Allow: 'GET, HEAD' } : {}).end();
      return;
    }
    metrics.told().then(
      ({ type, text }) => response.setHeader('Content-Type', type).end(text),
      (error) => {
        logger.error({ err: error }, 'the metrics cannot be told');
        response.writeHead(500).end();
      },
    );
  });
  // It keeps no process alive that serves nothing else any more.
  return server.unref();
}
