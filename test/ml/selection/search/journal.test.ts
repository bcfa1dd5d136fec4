import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { paramsOf } from '../../../../ml/estimators/index.ts';
import { Journal } from '../../../../ml/selection/search/journal.ts';
import type { Outcome, Proposal } from '../../../../ml/selection/search/strategy.ts';
import { temporaryFolder } from '../../../temporary.ts';

const forest = (n_estimators: number) => ({
  model: 'random_forest',
  params: paramsOf('random_forest', 'regression', { n_estimators }),
});
const proposal: Proposal = {
  fit: { candidates: [forest(8), forest(16)], fitted: forest(16), rounds: [8, 16] },
  folds: [0, 1],
  how: {},
};
const fold = (fold: number, ...values: number[]) => ({
  fold,
  predictions: { rows: values.length, outputs: 1, values: Float64Array.from(values) },
  scores: { r2: 1 / 3 },
  rounds: 16,
  fitSeconds: 0.1,
  predictSeconds: 0.001,
});
const outcome: Outcome = {
  proposal,
  results: [
    [fold(0, 1 / 3, 2), fold(1, 0.1)],
    [fold(0, Math.PI, -0), fold(1, 5e-324)],
  ],
};
const failed: Outcome = {
  proposal: { ...proposal, folds: [2] },
  results: [
    { status: 'failed', reason: 'no' },
    { status: 'failed', reason: 'no' },
  ],
};
const linesIn = (folder: string) => readFileSync(join(folder, 'trials.jsonl'), 'utf8').split('\n').slice(0, -1);

test('what was noted is recalled, bit by bit, by whoever takes the search up', async () => {
  const folder = join(temporaryFolder(), 'search');
  const journal = await Journal.begin(folder);
  expect(await journal.recall(proposal)).toBeUndefined();
  // The same fit may be noted twice at once.
  await Promise.all([journal.note(outcome), journal.note(failed), journal.note(failed)]);

  const again = await Journal.takeUp(folder);
  expect(await again.recall(proposal)).toEqual(outcome);
  expect(await again.recall({ ...proposal, how: { patience: 5 } })).toBeUndefined();
  expect(await again.recall({ ...proposal, how: { rows: 5 } })).toBeUndefined();
  expect(linesIn(folder).map((line) => JSON.parse(line).params.n_estimators)).toEqual([8, 16, 8, 16, 8, 16]);
});

test('a fit whose lines or predictions are not all there is done again', async () => {
  const folder = join(temporaryFolder(), 'search');
  await (await Journal.begin(folder)).note(outcome);
  const [first, second] = linesIn(folder) as [string, string];
  for (const text of [`${first}\n`, `${first}\n${second}`, `${first}\n${second.slice(0, 30)}`]) {
    writeFileSync(join(folder, 'trials.jsonl'), text);
    const journal = await Journal.takeUp(folder);
    expect(journal.trials).toBe(1);
    expect(await journal.recall(proposal)).toBeUndefined();
    expect(linesIn(folder)).toEqual([first]);
  }
  writeFileSync(join(folder, 'trials.jsonl'), `${first}\n${second}\n`);
  const journal = await Journal.takeUp(folder);
  await journal.end();
  expect(existsSync(join(folder, 'predictions'))).toBe(false);
  expect(await journal.recall(proposal)).toBeUndefined();
});

test('a fit is done again whose line or predictions are damaged, and the others are recalled', async () => {
  const folder = join(temporaryFolder(), 'search');
  const journal = await Journal.begin(folder);
  await journal.note(failed);
  await journal.note(outcome);
  const [one, other, ...lines] = linesIn(folder) as [string, string, ...string[]];
  for (const damaged of ['\0'.repeat(40), '{"fit": 1}', '<<<<<<< mine', '']) {
    writeFileSync(join(folder, 'trials.jsonl'), `${one}\n${damaged}\n${other}\n${lines.join('\n')}\n`);
    const again = await Journal.takeUp(folder);
    expect([again.trials, linesIn(folder).length]).toEqual([4, 4]);
    expect(await again.recall(outcome.proposal)).toEqual(outcome);
  }
  const names = readdirSync(join(folder, 'predictions'));
  const predictions = names.find((name) => statSync(join(folder, 'predictions', name)).size > 0) as string;
  for (const bytes of [0, 7, 16]) {
    truncateSync(join(folder, 'predictions', predictions), bytes);
    expect(await (await Journal.takeUp(folder)).recall(outcome.proposal)).toBeUndefined();
  }
});

test('a folder tells whether it holds a journal', async () => {
  const folder = temporaryFolder();
  expect(await Journal.isIn(folder)).toBe(false);
  await Journal.begin(folder);
  expect(await Journal.isIn(folder)).toBe(true);
});

test('a new search begins without what an old one left', async () => {
  const folder = join(temporaryFolder(), 'search');
  await (await Journal.begin(folder)).note(outcome);
  appendFileSync(join(folder, 'trials.jsonl'), 'x');
  await Journal.begin(folder);
  expect(linesIn(folder)).toEqual([]);
});
