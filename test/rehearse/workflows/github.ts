// A double of GitHub's API, as far as the job that comments on a pull request uses it.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { HttpDouble } from '../host/http-double.ts';

interface Comment {
  readonly id: number;
  readonly user: { readonly login: string };
  body: string;
}

export class GitHub extends HttpDouble {
  /** On the one pull request. */
  readonly comments: Comment[] = [{ id: 1, user: { login: 'somebody' }, body: 'Looks good.' }];
  /** Each request: `POST /repos/…`. */
  readonly calls: string[] = [];
  private readonly token: string;

  constructor(token: string) {
    super();
    this.token = token;
  }

  protected override async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://github.test');
    const call = `${request.method} ${pathname}`;
    this.calls.push(call);
    const json = (status: number, body: unknown) => {
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    };
    if (request.headers.authorization !== `Bearer ${this.token}`) return json(401, { message: 'Bad credentials' });
    if (call === 'GET /repos/acme/scores/issues/7/comments') return json(200, this.comments);
    if (call === 'POST /repos/acme/scores/issues/7/comments') {
      const { body } = JSON.parse(await text(request)) as { body: string };
      this.comments.push({ id: this.comments.length + 1, user: { login: 'github-actions[bot]' }, body });
      return json(201, {});
    }
    const comment = this.comments.find(({ id }) => call === `PATCH /repos/acme/scores/issues/comments/${id}`);
    if (!comment) return json(404, { message: 'Not Found' });
    comment.body = (JSON.parse(await text(request)) as { body: string }).body;
    return json(200, {});
  }
}
