// People at work: the form asked for, the form sent, and the JSON API, each with connections that are kept alive and
// without. A thread of its own, so that whatever else the rehearsal does cannot hold it up.

import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { LoadSettings, Tally } from './load.ts';

const { port, record, clients, pauseMs, patienceMs } = workerData as LoadSettings;

const MAX_EXAMPLES = 5;

const texts = Object.entries(record).map(([name, value]): [string, string] => [name, String(value)]);
const form = new URLSearchParams(texts).toString();

/** What is asked for, and what an answer has in it that is right. */
const kinds = [
  { method: 'GET', path: '/', body: undefined, type: undefined, expected: '</html>' },
  { method: 'POST', path: '/', body: form, type: 'application/x-www-form-urlencoded', expected: '</html>' },
  {
    method: 'POST',
    path: '/api/predictions',
    body: JSON.stringify(record),
    type: 'application/json',
    expected: '"prediction":',
  },
] as const;

let { host } = workerData as LoadSettings;
let tally = emptyTally();
let stopped = false;

function emptyTally(): Tally {
  return { served: 0, failed: 0, slowestMs: 0, examples: [], firstFailure: undefined, lastFailure: undefined };
}

/** Sends a request; gives what is wrong with the answer, if anything. */
function ask(
  { method, path, body, type, expected }: (typeof kinds)[number],
  agent: Agent,
): Promise<string | undefined> {
  const headers = body === undefined ? {} : { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) };
  return new Promise((resolve) => {
    const asked = request({ host, port, method, path, headers, agent, timeout: patienceMs }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => {
        if (response.statusCode !== 200) resolve(`answered ${response.statusCode}: ${text.slice(0, 80)}`);
        else resolve(text.includes(expected) ? undefined : `answered without ${expected}`);
      });
      response.on('error', (error) => resolve(`broke off: ${error.message}`));
    });
    asked.on('timeout', () => asked.destroy(new Error(`no answer in ${patienceMs / 1000} s`)));
    asked.on('error', (error) => resolve(error.message));
    asked.end(body);
  });
}

async function client(index: number): Promise<void> {
  const kind = kinds[index % kinds.length] as (typeof kinds)[number];
  const keepAlive = index % 2 === 0;
  const agent = new Agent({ keepAlive, maxSockets: 1 });
  while (!stopped) {
    const began = performance.now();
    const problem = await ask(kind, agent);
    tally.slowestMs = Math.max(tally.slowestMs, performance.now() - began);
    if (problem === undefined) tally.served += 1;
    else {
      tally.failed += 1;
      tally.firstFailure ??= Date.now();
      tally.lastFailure = Date.now();
      if (tally.examples.length < MAX_EXAMPLES)
        tally.examples.push(`${kind.method} ${kind.path}${keepAlive ? ', kept alive' : ''}: ${problem}`);
    }
    await sleep(pauseMs);
  }
  agent.destroy();
}

const clientsAtWork = Array.from({ length: clients }, (_, index) => client(index));

parentPort?.on('message', async (message: 'next' | 'stop' | { host: string }) => {
  if (typeof message === 'object') {
    host = message.host;
    return;
  }
  if (message === 'stop') {
    stopped = true;
    await Promise.all(clientsAtWork);
  }
  parentPort?.postMessage(tally);
  tally = emptyTally();
  if (stopped) parentPort?.close();
});
