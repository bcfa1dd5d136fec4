import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { start } from '../processes.ts';

const live = (...args: string[]) => start(['cli/plumbline.ts', 'live', ...args]).exit;

/** A service whose page answers so, and which says that it is ready. */
async function service(page: RequestListener): Promise<string> {
  const server = createServer((request, response) => {
    if (request.url === '/readyz') response.end('{"status":"ready","release":"abc"}');
    else page(request, response);
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('npm run live', () => {
  test('says which release serves', async () => {
    const url = await service((_, response) => response.end('<form>'));
    expect(await live(`${url}/`)).toMatchObject({ code: 0, stdout: `${url} serves release abc.\n` });
    const other = await live(url, '--release', 'def', '--seconds', '0');
    expect(other).toMatchObject({ code: 1, stderr: expect.stringContaining('serves release abc, not def') });
  });

  test.each(['', ' ', 'scores.example.com', 'ftp://scores.example.com', 'https://'])(
    'takes no address that is none: "%s"',
    async (address) => {
      const { code, stderr } = await live(address);
      expect(code).toBe(2);
      expect(stderr).toContain('It must be an address with http:// or https://');
      expect(stderr).toContain('APP_URL');
    },
  );

  test.each<[string, RequestListener, string]>([
    ['no answer', (request) => request.socket.destroy(), 'does not answer'],
    ['an answer that breaks off', (_, response) => response.write('<fo', () => response.destroy()), 'does not answer'],
    ['an error', (_, response) => response.writeHead(502).end('<form>'), 'answers 502.'],
    ['another page', (_, response) => response.end('It works!'), 'answers 200, and without the form.'],
  ])('is told of %s, which is no bug', async (_, page, said) => {
    const url = await service(page);
    expect(await live(url)).toMatchObject({ code: 1, stderr: expect.stringContaining(`Error: ${url}/ ${said}`) });
  });
});
