// What takes the app longest, all at once, beside people at work.

import type { LoadTest } from './load-test.ts';
import { type Probe, probeFor } from './ready-probe.ts';

const WHAT_IFS = 20;
const BATCH_ROWS = 200_000;
/** In bytes; the app reads arrays of up to 1 MiB. */
const ARRAY = 1_000_000;
const SECONDS = 8;

/** The largest array, a file and twenty what-ifs at once, again and again: whoever asks for something else is answered, health checks too. */
export async function askAtOnce(test: LoadTest, record: Readonly<Record<string, unknown>>): Promise<void> {
  const from = (path: string) => `http://${test.site.server.address}${path}`;
  const json = JSON.stringify(record);
  const array = `[${new Array(Math.floor(ARRAY / (json.length + 1))).fill(json).join(',')}]`;
  const names = Object.keys(record);
  const row = names.map((name) => `"${String(record[name] ?? '').replaceAll('"', '""')}"`).join(',');
  const file = `${names.join(',')}\n${`${row}\n`.repeat(BATCH_ROWS)}`;
  const form = new URLSearchParams(names.map((name): [string, string] => [name, String(record[name] ?? '')]));
  const statuses: number[] = [];
  const post = async (path: string, body: string | URLSearchParams, type?: string) => {
    const response = await fetch(from(path), {
      method: 'POST',
      body,
      ...(type && { headers: { 'Content-Type': type } }),
    });
    await response.arrayBuffer();
    statuses.push(response.status);
  };
  let probes: readonly Probe[] = [];
  await test.phase('the largest array, a file and twenty what-ifs at once', async () => {
    const end = performance.now() + SECONDS * 1000;
    const ask = async () => {
      await post('/api/batch', file, 'text/csv');
      while (performance.now() < end) {
        await Promise.all([
          post('/api/predictions', array, 'application/json'),
          ...Array.from({ length: WHAT_IFS }, () => post('/what-if', form)),
        ]);
      }
    };
    [probes] = await Promise.all([probeFor(SECONDS, from('/readyz')), ask()]);
  });
  const unexpected = statuses.filter((status) => status !== 200 && status !== 202);
  test.report.equal(`${statuses.length} of these were answered`, unexpected, []);
  test.report.check(
    'it was ready all the time',
    probes.every(({ status }) => status === 200),
    probes,
  );
  const ms = probes.map((each) => each.ms).sort((a, b) => a - b);
  console.log(
    `    /readyz was answered within ${ms[Math.floor(ms.length / 2)]?.toFixed(0)} ms half of the time, ${ms.at(-1)?.toFixed(0)} ms at most`,
  );
}
