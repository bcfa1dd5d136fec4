import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadRelease } from '../../../../ml/pipeline/predict.ts';
import { rowsOfRelease } from '../../../../ml/pipeline/release-rows.ts';
import { train } from '../../../../ml/pipeline/train.ts';
import { readRelease } from '../../../../ml/release/read.ts';
import { evaluatedCard } from '../../../../ml/report/evaluation/evaluated-card.ts';
import type { Evaluation } from '../../../../ml/report/evaluation/evaluation.ts';
import { readEvaluation } from '../../../../ml/report/evaluation/read-evaluation.ts';
import { html } from '../../../../ml/report/html/html.ts';
import { overviewSections } from '../../../../ml/report/overview/overview.ts';
import { makeReleaseReport, type ReleaseReport } from '../../../../ml/report/release-report.ts';
import { reportedModel } from '../../../../ml/report/reported-model.ts';
import { writeLoans } from '../../../class-data.ts';
import { houseRows, writeHouses } from '../../../houses.ts';
import { makeFolder } from '../../../temporary.ts';

describe.each([
  { what: 'number', model: 'linear', write: (folder: string) => writeHouses(folder, houseRows(300)) },
  { what: 'class', model: 'logistic', write: (folder: string) => writeLoans(folder, 400) },
])('of a $what', ({ what, model, write }) => {
  const folder = makeFolder();
  const artifacts = join(folder, 'artifacts');
  let report: ReleaseReport;
  let evaluation: Evaluation;
  beforeAll(async () => {
    await train({ dataset: write(folder), artifacts, models: [model], threshold: -99 });
    const release = await readRelease(artifacts);
    report = makeReleaseReport(reportedModel(await loadRelease(artifacts)), await rowsOfRelease(release));
    const read = await readEvaluation(release);
    if (!read) throw new Error('the release keeps no evaluation');
    evaluation = read;
  });

  test('what a release keeps of itself is what its report tells of all rows, and of groups', () => {
    const { card, ranges } = evaluatedCard(evaluation, report.manifest);
    expect(evaluation.kind).toBe(what);
    expect(card.rows).toEqual(report.card.rows);
    expect(card.coverage).toBe(report.card.coverage);
    expect(card.segments).toEqual(report.card.segments);
    expect(ranges).toEqual(report.ranges);
    if (card.kind === 'number' && report.card.kind === 'number') expect(card.errors).toEqual(report.card.errors);
    else if (card.kind === 'class' && report.card.kind === 'class')
      expect(report.card.measures).toMatchObject(card.measures);
    else expect.unreachable();
  });

  test('every held-out row counts once, and none can be told from the others', () => {
    const { measured } = report.card.rows;
    if (evaluation.kind === 'number') {
      const { residuals, byPrediction } = evaluation;
      expect(residuals.counts.reduce((sum, rows) => sum + rows)).toBe(measured);
      expect(byPrediction.reduce((sum, { rows }) => sum + rows, 0)).toBe(measured);
      expect(Math.min(...byPrediction.map(({ rows }) => rows))).toBeGreaterThanOrEqual(20);
      const predicted = byPrediction.map((group) => group.predicted);
      expect(predicted).toEqual(predicted.toSorted((a, b) => a - b));
    } else expect(evaluation.confusion.reduce((sum, { rows }) => sum + rows, 0)).toBe(measured);
  });

  test('the sections of a page are those of what was measured, and say so where nothing was', () => {
    const titles = overviewSections(report.manifest, evaluation).map(({ id }) => id);
    expect(titles).toEqual(
      what === 'number'
        ? [
            'summary',
            'data',
            'scores',
            'leaderboard',
            'calibration',
            'residuals',
            'intervals',
            'importance',
            'groups',
            'learning',
            'left-out',
            'provenance',
          ]
        : [
            'summary',
            'data',
            'scores',
            'leaderboard',
            'confusion',
            'calibration',
            'ranking',
            'importance',
            'groups',
            'learning',
            'left-out',
            'provenance',
          ],
    );
    const [summary, ...others] = overviewSections(report.manifest, undefined);
    expect(html`${summary?.content}`.html).toContain('kept no figures of its held-out rows');
    expect(others.map(({ id }) => id)).toEqual([
      'data',
      'scores',
      'leaderboard',
      'importance',
      'learning',
      'left-out',
      'provenance',
    ]);
  });

  test('no line of the held-out rows stands in it', async () => {
    const text = JSON.stringify(evaluation);
    const { path } = await readRelease(artifacts);
    const [, ...lines] = readFileSync(join(path, 'test.csv'), 'utf8').trim().split('\n');
    expect(lines.length).toBeGreaterThan(50);
    for (const line of lines) expect(text).not.toContain(line);
    expect(text).not.toContain('"worst"');
  });
});
