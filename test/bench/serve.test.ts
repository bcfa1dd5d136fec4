import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { load } from '../../bench/serve/load.ts';
import { RunningServer } from '../../bench/serve/running-server.ts';
import { temporaryFolder } from '../temporary.ts';

const bare = fileURLToPath(new URL('../../bench/serve/bare-server.ts', import.meta.url));

test('a server is measured by what it answers, and one that answers nothing is no measurement', async () => {
  const folder = temporaryFolder();
  const [body, answer] = ['body.json', 'answer.json'].map((name) => join(folder, name)) as [string, string];
  for (const path of [body, answer]) writeFileSync(path, '{"prediction": 1}');
  const server = await RunningServer.start([process.execPath, bare, answer]);
  try {
    const asked = { url: server.url, body, connections: 2, seconds: 1 };
    const { requestsPerSecond, p99 } = await load(asked);
    expect(requestsPerSecond).toBeGreaterThan(0);
    expect(p99).toBeGreaterThanOrEqual(0);
    expect(server.residentMegabytes()).toBeGreaterThan(10);
    writeFileSync(body, 'no JSON, which ends it');
    await expect(load(asked)).rejects.toThrow(/requests \d+ were refused/);
  } finally {
    server.close();
  }
});

test('what does not serve is told with what it said', async () => {
  await expect(RunningServer.start([process.execPath, '-e', 'console.error("out of order")'])).rejects.toThrow(
    'out of order',
  );
});
