import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { start } from '../../processes.ts';

interface Call {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** GitHub's comments of one pull request, of which it has some already. */
async function serveComments(present: readonly { login: string; body: string }[], status = 200) {
  const comments = present.map(({ login, body }, i) => ({ id: i + 1, user: { login }, body }));
  const calls: Call[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const { method = '', url = '' } = request;
    calls.push({ method, path: url, authorization: request.headers.authorization, body });
    const { pathname, searchParams } = new URL(url, 'http://github.test');
    const [size, page] = [Number(searchParams.get('per_page')), Number(searchParams.get('page'))];
    if (status !== 200) response.writeHead(status).end('{"message": "Resource not accessible"}');
    else if (method === 'GET') response.end(JSON.stringify(comments.slice((page - 1) * size, page * size)));
    else if (method === 'POST') {
      comments.push({ id: comments.length + 1, user: { login: 'github-actions[bot]' }, body: JSON.parse(body).body });
      response.writeHead(201).end('{}');
    } else {
      const comment = comments.find(({ id }) => pathname.endsWith(`/${id}`));
      if (comment) comment.body = JSON.parse(body).body;
      response.writeHead(comment ? 200 : 404).end('{}');
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.close();
  });
  const write = (REPORT: string) =>
    start(['infra/commands/comment.ts'], {
      GITHUB_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      GITHUB_REPOSITORY: 'acme/scores',
      GITHUB_TOKEN: 'token',
      PULL_REQUEST: '7',
      REPORT,
    }).exit;
  return { calls, comments, write };
}

const bot = 'github-actions[bot]';

test('it is made once and then changed in place', async () => {
  const { calls, comments, write } = await serveComments([{ login: 'somebody', body: 'Nice.' }]);
  expect(await write('first')).toMatchObject({ code: 0, stdout: expect.stringContaining('is created') });
  expect(await write('second')).toMatchObject({ code: 0, stdout: expect.stringContaining('is updated') });
  expect(comments.map(({ body }) => body)).toEqual(['Nice.', '<!-- plumbline: report -->\nsecond']);
  expect(calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /repos/acme/scores/issues/7/comments?per_page=100&page=1',
    'POST /repos/acme/scores/issues/7/comments',
    'GET /repos/acme/scores/issues/7/comments?per_page=100&page=1',
    'PATCH /repos/acme/scores/issues/comments/2',
  ]);
  expect(new Set(calls.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer token']));
});

test('it is found behind hundreds of others, and not taken for one that somebody else wrote with the marker', async () => {
  const chatter = Array.from({ length: 250 }, () => ({ login: 'somebody', body: 'And another thing' }));
  const forged = { login: 'somebody', body: '<!-- plumbline: report -->\nforged' };
  const quoted = { login: bot, body: '> <!-- plumbline: report -->' };
  const ours = { login: bot, body: '<!-- plumbline: report -->\nold' };
  const { comments, write } = await serveComments([forged, ...chatter, quoted, ours]);
  expect(await write('new')).toMatchObject({ code: 0, stdout: expect.stringContaining('is updated') });
  expect(comments.map(({ body }) => body)).toEqual([
    forged.body,
    ...chatter.map(({ body }) => body),
    quoted.body,
    '<!-- plumbline: report -->\nnew',
  ]);
});

test('a hundred comments and none of ours: it asks for the next page, and makes one', async () => {
  const { calls, comments, write } = await serveComments(
    Array.from({ length: 100 }, () => ({ login: 'somebody', body: 'Hm.' })),
  );
  await write('text');
  expect(calls.map(({ method }) => method)).toEqual(['GET', 'GET', 'POST']);
  expect(comments).toHaveLength(101);
});

test('a text that is too long for GitHub is cut, and says so', async () => {
  const { comments, write } = await serveComments([]);
  await write('x'.repeat(70_000));
  expect(comments[0]?.body).toHaveLength(65_536);
  expect(comments[0]?.body).toMatch(/The rest is in the summary of the run\.$/);
});

test('what GitHub refuses fails, with what it said', async () => {
  const { write } = await serveComments([], 403);
  expect(await write('text')).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/comments.*GitHub answered 403: .*Resource not accessible/),
  });
});

test('what is missing in the environment is named', async () => {
  const environment = {
    GITHUB_API_URL: '',
    GITHUB_REPOSITORY: 'a/b',
    GITHUB_TOKEN: 't',
    PULL_REQUEST: '7',
    REPORT: '',
  };
  expect(await start(['infra/commands/comment.ts'], environment).exit).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('GITHUB_API_URL, REPORT'),
  });
});
