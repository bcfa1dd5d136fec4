import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { GoneError } from '../../../app/http-errors.ts';
import { PredictionPool } from '../../../app/predictions/pool.ts';
import { loadRelease, train } from '../../../ml/index.ts';
import { writeHouses } from '../../houses.ts';
import { temporaryFolder } from '../../temporary.ts';

const houses = JSON.stringify(Array(1000).fill({ area: 123.25, rooms: 3, heating: 'gas' }));

/** Threads are numbered as they are started. */
async function nextThread(): Promise<number> {
  const worker = new Worker('', { eval: true });
  const { threadId } = worker;
  await worker.terminate();
  return threadId;
}

test('clients that leave take no thread with them that is about to be done', async () => {
  const folder = temporaryFolder();
  const artifacts = join(folder, 'artifacts');
  await train({ dataset: writeHouses(folder), models: ['linear'], artifacts });
  const pool = new PredictionPool(await loadRelease(artifacts), { threads: 1 });
  const ask = (gone = new AbortController().signal) =>
    pool.answerJson({ body: { bytes: Buffer.from(houses), charset: 'utf-8' }, isExplained: false }, gone);
  try {
    await ask();
    const before = await nextThread();
    for (let i = 0; i < 5; i++) {
      const client = new AbortController();
      const answers = [ask(client.signal), ask(client.signal)].map((answer) => answer.catch((error) => error));
      await Promise.resolve();
      client.abort();
      // The one that was begun is done; the one that waited is not begun.
      expect((await Promise.all(answers)).map((answer) => answer instanceof GoneError)).toEqual([false, true]);
    }
    await ask();
    expect(await nextThread()).toBe(before + 1);
  } finally {
    await pool.close();
  }
});
