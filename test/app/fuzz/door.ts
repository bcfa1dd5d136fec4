// What every door is tried by: however odd what is sent is, the answer is one that a client understands.

import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, expect } from 'vitest';

/** How often each door is tried: `FUZZ_RUNS=10000` tries it as often as a release is to stand. */
export const numRuns = Number(process.env.FUZZ_RUNS ?? 60);
export const TIMEOUT = 120_000 + 200 * numRuns;

export interface Sent {
  /** @default POST, with the body */
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly type: string;
  /** Pieces are sent one by one, without saying how long all of it is. */
  readonly body: Buffer | readonly Buffer[];
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answered {
  readonly status: number;
  readonly text: string;
}

const agent = new Agent({ keepAlive: true });

async function send(url: string, { method = 'POST', path, type, body, headers = {} }: Sent): Promise<Answered> {
  const pieces = Buffer.isBuffer(body) ? [body] : body;
  const length = Buffer.isBuffer(body) ? { 'Content-Length': String(body.length) } : {};
  const { hostname, port } = new URL(url);
  const sending = request({
    hostname,
    port,
    path,
    method,
    agent,
    headers: { 'Content-Type': type, ...length, ...headers },
  });
  const answer = new Promise<Answered>((resolve, reject) => {
    sending.on('error', reject).once('response', async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() });
    });
  });
  if (method === 'POST')
    for (const piece of pieces) {
      sending.write(piece);
      // So that the pieces come one by one.
      if (pieces.length > 1) await sleep(0);
    }
  sending.end();
  return answer;
}

/** Sends bytes, and nothing after them. @returns the statuses of what is answered; none where the connection is closed without an answer */
export async function sendBytes(url: string, bytes: Buffer): Promise<number[]> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let text = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    text += chunk;
  });
  socket.on('error', () => {});
  socket.end(bytes);
  await once(socket, 'close');
  return [...text.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status));
}

const isAnswer = (status: number) => (status >= 200 && status < 300) || (status >= 400 && status < 500);

/** What became of all that was tried at a door. */
export interface Tried {
  accepted: number;
  refused: number;
}

/** Tries a door; each answer has to be one that a client understands. */
export async function tries(
  served: { readonly url: string },
  arbitrary: fc.Arbitrary<Sent>,
  understand: (answer: Answered) => void | Promise<void> = () => {},
): Promise<Tried> {
  const tried: Tried = { accepted: 0, refused: 0 };
  const property = fc.asyncProperty(arbitrary, async (sent) => {
    const answer = await send(served.url, sent);
    expect(isAnswer(answer.status), `${answer.status} ${answer.text}`).toBe(true);
    await understand(answer);
    tried[answer.status < 300 ? 'accepted' : 'refused'] += 1;
  });
  await fc.assert(property, { numRuns });
  return tried;
}

/** Of fewer tries chance decides how many are accepted. */
const ENOUGH_RUNS = 1000;

/** What is tried has to be nearly right often enough to get past what looks at it first. */
export function goesBothWays({ accepted, refused }: Tried): void {
  if (numRuns < ENOUGH_RUNS) return;
  expect(accepted).toBeGreaterThan(numRuns / 50);
  expect(refused).toBeGreaterThan(numRuns / 50);
}

export function isProblem(text: string): void {
  expect(JSON.parse(text)).toMatchObject({ type: expect.stringMatching(/^\/problems\//), status: expect.any(Number) });
}

/** After each door nothing is logged at level error, and nothing of what was sent is where it does not belong. */
export function nothingBreaks({ logged }: { readonly logged: readonly string[] }): void {
  afterEach(async () => {
    // Lines about requests come a moment later.
    await sleep(50);
    expect(logged.filter((line) => JSON.parse(line).level >= 50)).toEqual([]);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as Record<string, unknown>).km).toBeUndefined();
  });
}
