import { describe, expect, test } from 'vitest';
import type { SentForm } from '../../../app/pages/form/answer.ts';
import { Turns } from '../../../app/predictions/turns.ts';
import { writeHouses } from '../../houses.ts';
import { serve } from '../serve.ts';

describe('turns', () => {
  test('come one by one, in order, with a turn of the loop between them', async () => {
    const turns = new Turns();
    const seen: string[] = [];
    const works = ['a', 'b', 'c'].map(async (name) => {
      await turns.next();
      seen.push(name);
    });
    const loop = countTurns();
    await Promise.all(works);
    expect(seen).toEqual(['a', 'b', 'c']);
    expect(loop.stop()).toBeGreaterThanOrEqual(2);
  });

  test('are refused to those before whom too many wait, until these have had theirs', async () => {
    const turns = new Turns();
    const taken = Array.from({ length: 128 }, () => turns.next());
    await expect(turns.next()).rejects.toMatchObject({ problem: 'overloaded', retryAfter: 5 });
    await Promise.all(taken);
    await turns.next();
  });
});

describe('twenty what-ifs at once', () => {
  const served = serve(writeHouses);

  test('leave the event loop to others between each other', async () => {
    const form: SentForm = {
      by: 'what-if',
      encoded: 'area=50&rooms=2&heating=gas',
      service: { origin: 'http://localhost', hasKeys: false },
    };
    const ask = () => served.predictions.answerForm(form, new AbortController().signal);
    // Pages are loaded for the first.
    expect((await ask()).status).toBe(200);
    const loop = countTurns();
    await Promise.all(Array.from({ length: 20 }, ask));
    expect(loop.stop()).toBeGreaterThanOrEqual(19);
  });
});

/** Counts the turns of the event loop from now on. */
function countTurns() {
  let turns = 0;
  let isOver = false;
  const turn = () => {
    turns += 1;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  const stop = () => {
    isOver = true;
    return turns;
  };
  return { stop };
}
