import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { writeHouses } from '../../../houses.ts';
import { serve } from '../../serve.ts';
import { until } from '../../until.ts';

const served = serve(writeHouses, { logLevel: 'info' });
const house = (i: number) => ({ area: 10 + (i % 400), rooms: 1 + (i % 9), heating: 'gas' });
const NDJSON = { 'Content-Type': 'application/x-ndjson' };

interface Answer {
  readonly prediction?: number;
  readonly type?: string;
  readonly line?: number;
  readonly detail?: string;
  readonly errors?: readonly unknown[];
}

async function send(body: string | Uint8Array, query = '', headers: Record<string, string> = {}) {
  const response = await fetch(`${served.url}/api/predictions${query}`, {
    method: 'POST',
    headers: { ...NDJSON, ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  const text = await response.text();
  const answers = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Answer);
  return { response, text, answers };
}

const linesOf = (records: readonly unknown[]) => records.map((record) => `${JSON.stringify(record)}\n`).join('');

test('each line is answered by a line, in order', async () => {
  const records = Array.from({ length: 20_000 }, (_, i) => house(i));
  const { response, answers } = await send(linesOf(records));
  expect(response.headers.get('Content-Type')).toBe('application/x-ndjson');
  expect(answers.map(({ prediction }) => prediction)).toEqual([...served.predictor.predictAll(records)]);
});

test('a line may be the last without an end, may end in CRLF, and blank lines are passed over', async () => {
  const { answers } = await send(`\n${JSON.stringify(house(1))}\r\n  \r\n${JSON.stringify(house(2))}`);
  expect(answers.map(({ prediction }) => prediction)).toEqual(
    [house(1), house(2)].map((each) => served.predictor.predict(each)),
  );
  expect((await send('')).text).toBe('');
});

test('explained where that is asked for', async () => {
  const { answers } = await send(linesOf([house(1)]), '?explain=true');
  expect(answers).toMatchObject([served.predictor.explain(house(1))]);
});

test('a wrong line is told of with its number, and the others are answered', async () => {
  const good = JSON.stringify(house(0));
  const lines = [
    good,
    '{"area": ',
    JSON.stringify({ ...house(0), rooms: 0 }),
    '{"area":100,"rooms":3,"rooms":4,"heating":"gas"}',
    `[${good}]`,
    '7',
    '',
    `"${'x'.repeat(served.predictions.limits.record)}"`,
    good,
  ];
  const { response, answers } = await send(lines.join('\n'));
  expect(response.status).toBe(200);
  const { prediction } = answers[0] as Answer;
  expect(prediction).toBeGreaterThan(0);
  expect(answers).toMatchObject([
    { prediction },
    { type: '/problems/invalid-json', detail: 'The line is not valid JSON.', line: 2 },
    { type: '/problems/invalid-record', line: 3, errors: [{ field: 'rooms', pointer: '#/rooms' }] },
    { type: '/problems/repeated-field', line: 4 },
    { type: '/problems/invalid-record', line: 5 },
    { type: '/problems/invalid-record', line: 6 },
    { type: '/problems/body-too-large', line: 8 },
    { prediction },
  ]);
  expect(served.logged.filter((line) => JSON.parse(line).level >= 50)).toEqual([]);
});

test('wrong lines far apart are told of with their numbers', async () => {
  const wrong = [1, 4_999, 5_000, 12_345, 20_000];
  const { answers } = await send(
    linesOf(Array.from({ length: 20_000 }, (_, i) => (wrong.includes(i + 1) ? {} : house(i)))),
  );
  expect(answers.flatMap(({ line }, i) => (line === undefined ? [] : [[i + 1, line]]))).toEqual(
    wrong.map((n) => [n, n]),
  );
});

/** A request whose lines are written one after the other. */
function open(): { readonly sent: ClientRequest; readonly answered: Promise<IncomingMessage> } {
  const sent = request(`${served.url}/api/predictions`, { method: 'POST', headers: NDJSON });
  return { sent, answered: once(sent, 'response').then(([response]) => response as IncomingMessage) };
}

test('a line is answered while the next one has yet to be sent', async () => {
  const { sent, answered } = open();
  sent.write(linesOf([house(1)]));
  const response = await answered;
  const [first] = await once(response, 'data');
  expect(JSON.parse(String(first)).prediction).toBe(served.predictor.predict(house(1)));
  sent.write(linesOf([house(2)]));
  const [second] = await once(response, 'data');
  expect(JSON.parse(String(second)).prediction).toBe(served.predictor.predict(house(2)));
  sent.end();
  await once(response, 'end');
});

test('who takes no answers is read no further, and loses nothing', async () => {
  const { sent, answered } = open();
  // Explanations are longer than what they are of.
  const block = linesOf(Array.from({ length: 100 }, (_, i) => house(i)));
  let blocks = 0;
  const stalled = async () => {
    for (; blocks < 20_000; blocks++) {
      if (sent.write(block)) continue;
      const drained = await Promise.race([once(sent, 'drain').then(() => true), sleep(1000).then(() => false)]);
      if (!drained) return true;
    }
    return false;
  };
  expect(await stalled()).toBe(true);
  blocks += 1;
  sent.end();
  const response = await answered;
  let lines = 0;
  for await (const chunk of response) for (const byte of chunk as Buffer) if (byte === 10) lines += 1;
  expect(lines).toBe(blocks * 100);
});

test('who goes is no longer predicted for', async () => {
  const { sent, answered } = open();
  sent.on('error', () => {});
  sent.write(linesOf([house(1)]));
  const response = await answered;
  response.on('error', () => {});
  await once(response, 'data');
  const before = served.logged.length;
  sent.destroy();
  const line = await until(() => served.logged.slice(before).find((each) => each.includes('"msg":"request"')));
  expect(JSON.parse(line)).toMatchObject({ route: '/api/predictions', status: 200, gone: true });
  // It has left its place to others: as many as one client has.
  const all = await Promise.all(Array.from({ length: 8 }, () => send(linesOf([house(1)]))));
  expect(all.map(({ response: { status } }) => status)).toEqual(Array(8).fill(200));
});

describe('a body that is packed', () => {
  test('is unpacked as it comes', async () => {
    const { answers } = await send(gzipSync(linesOf([house(1), house(2)])), '', { 'Content-Encoding': 'gzip' });
    expect(answers).toHaveLength(2);
  });

  test('is refused where it is far longer than what it is packed in', async () => {
    const bomb = gzipSync(`${' '.repeat(1000)}\n`.repeat(50_000));
    const { text } = await send(bomb, '', { 'Content-Encoding': 'gzip' });
    expect(text).toContain('/problems/body-too-large');
  });

  test('is refused where it is not packed as it says', async () => {
    const { response, text } = await send('{"area": 1}\n', '', { 'Content-Encoding': 'gzip' });
    expect(response.status).toBe(400);
    expect(text).toContain('The body is not packed as Content-Encoding says.');
    expect((await send('', '', { 'Content-Encoding': 'zip' })).response.status).toBe(415);
  });
});
