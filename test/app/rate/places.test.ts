import { readdir } from 'node:fs/promises';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Places } from '../../../app/rate/places.ts';
import { writeHouses } from '../../houses.ts';
import { serve } from '../serve.ts';
import { until } from '../until.ts';

const NOBODY_ELSE = 'this client has its share';

/** How many places a client gets until it is sent away. */
function takeAll(places: Places, client: string, elsewhere = 0): (() => void)[] {
  const taken: (() => void)[] = [];
  for (;;) {
    try {
      taken.push(places.take(client, elsewhere));
    } catch (error) {
      expect(error).toMatchObject({ problem: 'overloaded', retryAfter: expect.any(Number) });
      return taken;
    }
  }
}

test('a client takes as many as it leaves free, and there is one for whoever comes then', () => {
  const places = new Places({ count: 16, what: 'large requests' });
  const [one = [], ...others] = ['one', 'two', 'three', 'four', 'five'].map((client) => takeAll(places, client));
  expect([one, ...others].map(({ length }) => length)).toEqual([8, 4, 2, 1, 1]);
  expect(() => places.take('six')).toThrow('Too much is being predicted already');
  for (const leave of one) leave();
  expect(() => places.take('two')).not.toThrow();
  expect(takeAll(places, 'six')).toHaveLength(4);
});

test('what else takes places leaves fewer; the only one is for whoever comes first', () => {
  const places = new Places({ count: 8, what: 'files', full: { message: NOBODY_ELSE, retryAfter: 60 } });
  expect(takeAll(places, 'one', 4)).toHaveLength(2);
  expect(() => places.take('two', 6)).toThrow(NOBODY_ELSE);
  expect(takeAll(new Places({ count: 1, what: 'files' }), 'one')).toHaveLength(1);
});

describe('a client that sends slowly', () => {
  const served = serve(writeHouses, { maxLarge: 4, jobLimits: { waiting: 4 } });
  const line = `${JSON.stringify({ area: 50, rooms: 2, heating: 'gas' })}\n`;
  const csv = 'area,rooms,heating\n50,2,gas\n';

  /** Begins a request, as a proxy in front passes it on. */
  function begin(client: string, path: string, type: string): ClientRequest {
    const headers = { 'Content-Type': type, 'X-Forwarded-For': client };
    const sent = request(served.url + path, { method: 'POST', headers }).on('error', () => {});
    onTestFinished(() => void sent.destroy());
    return sent;
  }
  const answered = (sent: ClientRequest) =>
    new Promise<IncomingMessage>((resolve) => sent.once('response', (response) => resolve(response.resume())));
  const outcome = ({ statusCode, headers }: IncomingMessage) => [statusCode, Number(headers['retry-after']) > 0];

  test('leaves places for the large requests of others', async () => {
    const ask = (client: string) => {
      const sent = begin(client, '/api/predictions', 'application/x-ndjson');
      sent.write(line);
      return answered(sent);
    };
    // Each has its first answer, and does not end.
    const slow = [await ask('192.0.2.1'), await ask('192.0.2.1')];
    expect([...slow, await ask('192.0.2.1'), await ask('192.0.2.2')].map(outcome)).toEqual([
      [200, false],
      [200, false],
      [503, true],
      [200, false],
    ]);
    for (const response of slow) response.destroy();
    await until(async () => ((await ask('192.0.2.1')).statusCode === 200 ? true : undefined));
  });

  test('leaves places for the files of others', async () => {
    const begun = (client: string) => {
      const sent = begin(client, '/api/batch', 'text/csv');
      sent.write(csv);
      return sent;
    };
    const slow = [begun('192.0.2.1'), begun('192.0.2.1')];
    await until(async () => ((await readdir(served.batches).catch(() => [])).length === 2 ? true : undefined));
    expect(outcome(await answered(begun('192.0.2.1')))).toEqual([503, true]);
    expect(outcome(await answered(begun('192.0.2.2').end()))).toEqual([202, false]);
    const ended = slow.map((sent) => answered(sent.end()));
    expect((await Promise.all(ended)).map(outcome)).toEqual([
      [202, false],
      [202, false],
    ]);
  });
});
