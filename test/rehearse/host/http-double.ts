// A double that speaks HTTP: it listens on an address of this machine that the server reaches.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export abstract class HttpDouble {
  private readonly http = createServer((request, response) => {
    this.answer(request, response).catch((error: Error) => {
      response.writeHead(500).end(String(error));
    });
  });

  protected abstract answer(request: IncomingMessage, response: ServerResponse): Promise<void>;

  /** Listens on an address; gives the port. */
  async listen(address: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.http.once('error', reject).listen(0, address, resolve);
    });
    return (this.http.address() as AddressInfo).port;
  }

  close(): void {
    this.http.close();
    this.http.closeAllConnections();
  }
}
