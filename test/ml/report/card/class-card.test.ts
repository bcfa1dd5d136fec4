import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadRelease } from '../../../../ml/pipeline/predict.ts';
import { train } from '../../../../ml/pipeline/train.ts';
import { readRelease } from '../../../../ml/release/read.ts';
import { readRowsOf } from '../../../../ml/release/rows.ts';
import { type ClassCard, makeCard } from '../../../../ml/report/card/card.ts';
import { drawCard } from '../../../../ml/report/card/draw-card.ts';
import { reportedModel } from '../../../../ml/report/reported-model.ts';
import { taskNamed } from '../../../../ml/selection/tasks/index.ts';
import { writeFlowers, writeLoans } from '../../../class-data.ts';
import { makeFolder } from '../../../temporary.ts';

/** Trains on what is written into a folder, and makes the card of the release. */
function cardOf(write: (folder: string) => string) {
  const folder = makeFolder();
  const made = { card: undefined as unknown as ClassCard, text: '', rows: '' };
  beforeAll(async () => {
    const artifacts = join(folder, 'artifacts');
    await train({ dataset: write(folder), artifacts, models: ['gradient_boosting'], threshold: -1 });
    const release = await readRelease(artifacts);
    const model = reportedModel(await loadRelease(artifacts));
    const card = makeCard(model, await readRowsOf(release, 'train'), await readRowsOf(release, 'test'));
    if (card.kind !== 'class') throw new Error('it is of numbers');
    made.card = card;
    made.text = drawCard(card, taskNamed(model.task)).join('\n\n');
    made.rows = readFileSync(join(release.path, 'test.csv'), 'utf8');
  });
  return made;
}

describe('of two classes', () => {
  const made = cardOf(writeLoans);

  test('says how often the right class is named, beside always naming the most frequent one', () => {
    const { accuracy, always, logLoss, ofShares } = made.card.measures;
    expect(always.level).toBe('no');
    expect(accuracy).toBeGreaterThanOrEqual(always.accuracy - 0.05);
    expect(logLoss).toBeLessThan(ofShares);
    expect(made.text).toMatch(
      /On 80 rows that it had never seen:\n\n- it named the right class in \*\*\d+ %\*\* of them; always saying no, the most frequent one, would have been right in \d+ %\n- its probabilities have a log loss of 0\.\d{4}; .* so that its skill is 0\.\d{3}/,
    );
  });

  test('has a matrix of which are taken for which, whose sums are the held-out rows', () => {
    const { counts, levels } = made.card.measures.confusion;
    expect(levels).toEqual(['no', 'yes']);
    expect(counts.reduce((sum, each) => sum + each, 0)).toBe(80);
    expect(made.text).toMatch(/\| actual class \| predicted no \| predicted yes \| recall \| precision \|/);
    expect(made.text).toMatch(/\| no \| \*\*\d+\*\* \| \d+ \| [\d.]+ % \| [\d.]+ % \|/);
  });

  test('has the curves as numbers, and whether probabilities come true', () => {
    expect(made.text).toMatch(/\| false positive rate \| recall \| {2}\|\n/);
    expect(made.text).toMatch(/\| recall \| threshold \| precision \| {2}\|\n/);
    expect(made.text).toContain('held-out rows by the predicted probability of yes');
    expect(made.text).toMatch(/They are (not )?calibrated/);
    const rows = made.card.measures.reliability.bins.map(({ rows }) => rows);
    expect(rows.reduce((sum, each) => sum + each, 0)).toBe(80);
  });

  test('says how frequent classes are, and does segments by log loss', () => {
    expect(made.text).toMatch(/\| no \| \d+ % \| `█+░*` \| \d+ % \| \d+ \|/);
    expect(made.text).toMatch(/\| rows with \| held out \| log loss \|/);
    expect(made.text).toMatch(
      /the true class was within the prediction set in \d+ % of the rows; sets aim at 90 % of each class/,
    );
    for (const { coverage } of made.card.measures.shares) expect(coverage).toBeGreaterThan(0.6);
    expect(made.card.segments.map(({ column }) => column.name)).toContain('purpose');
  });

  test('shows the rows whose true class was given least, by their lines', () => {
    const { worst } = made.card;
    const given = worst.map(({ ofTruth }) => ofTruth);
    expect(given).toEqual(given.toSorted((a, b) => a - b));
    for (const { line, truth } of worst) expect(made.rows.split('\n')[line - 1]?.split(',').at(-1)).toBe(truth);
    expect(made.text).toMatch(/\| (no|yes) \([\d.]+ %\) \|/);
  });
});

describe('of many classes', () => {
  const levels = Array.from({ length: 12 }, (_, i) => `kind ${i}`);
  const made = cardOf((folder) => writeFlowers(folder, levels, 1200));

  test('names the pairs that are confused most often, in place of a matrix', () => {
    expect(made.text).toMatch(/\| actual class \| predicted \| rows \| of that class \|\n/);
    expect(made.text).not.toContain('predicted kind 0');
    expect(made.text).toMatch(/\| of those held out \| rows \| recall \| precision \| within the prediction set \|/);
    expect(made.card.measures.curves).toBeUndefined();
    expect(made.text).toContain('held-out rows by the predicted probability of the predicted class');
  });
});
