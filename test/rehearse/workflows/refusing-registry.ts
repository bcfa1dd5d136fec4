// A registry that lets everyone read and nobody write, in front of the rehearsal's own: what a wrong policy comes to.

import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { HttpDouble } from '../host/http-double.ts';

export class RefusingRegistry extends HttpDouble {
  /** What was asked of it that it refused. */
  readonly refused: string[] = [];
  private readonly port: number;

  /** @param port of the registry behind it, on this machine */
  constructor(port: number) {
    super();
    this.port = port;
  }

  protected override async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    if (method !== 'GET' && method !== 'HEAD') {
      this.refused.push(`${method} ${url}`);
      const errors = [{ code: 'DENIED', message: 'not authorized to perform: ecr:InitiateLayerUpload' }];
      response.writeHead(403, { 'Content-Type': 'application/json' }).end(JSON.stringify({ errors }));
      return;
    }
    const behind = ask({ port: this.port, host: '127.0.0.1', method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    behind.on('error', () => response.destroy()).end();
  }
}
