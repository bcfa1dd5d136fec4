// A client on a slow line: a request whose body comes bit by bit.

import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const PIECES = 20;
/** So few that no thread has to start for them, which takes seconds where all containers share two processors. */
const BLANKS = 10_000;

/** Asks for the prediction of a record, over so long. @returns what is wrong with the answer, if anything */
export async function askSlowly(port: number, record: unknown, ms: number): Promise<string | undefined> {
  // Blanks take time to come, and none to be predicted.
  const body = Buffer.from(' '.repeat(BLANKS) + JSON.stringify(record));
  const asked = request({
    port,
    host: '127.0.0.1',
    method: 'POST',
    path: '/api/predictions',
    headers: { 'Content-Type': 'application/json', 'Content-Length': body.length },
    agent: false,
  });
  const answer = new Promise<string | undefined>((resolve) => {
    asked.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      response.on('error', ({ message }) => resolve(`broke off: ${message}`));
      response.on('end', () => {
        const predicted = response.statusCode === 200 && text.includes('"prediction":');
        resolve(predicted ? undefined : `answered ${response.statusCode}: ${text.slice(0, 80)}`);
      });
    });
    asked.on('error', ({ message }) => resolve(message));
  });
  const size = Math.ceil(body.length / PIECES);
  for (let start = 0; start < body.length; start += size) {
    asked.write(body.subarray(start, start + size));
    await sleep(ms / PIECES);
  }
  asked.end();
  return answer;
}
