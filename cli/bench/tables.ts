import type { FamilyRow } from '../../bench/random/report.ts';
import type { Scaled } from '../../bench/scale.ts';
import { type Row, verdict } from '../../bench/table.ts';
import type { Tuned } from '../../bench/tune/compare.ts';
import { textTable } from '../output.ts';

/** What was measured, for people. */
export function printRows(rows: readonly Row[]): string {
  const header = ['work', 'unit', 'ours', 'theirs', 'ratio', 'target', 'holds'];
  const cells = rows.map(({ work, unit, ours, theirs, ratio, target, holds }) => [
    work,
    unit,
    ...[ours, theirs, ratio].map((value) => (value === null ? '–' : String(value))),
    `≤ ${target}`,
    verdict(holds),
  ]);
  return textTable(header, cells, ['ours', 'theirs', 'ratio', 'target']);
}

/** What came of random problems, for people. */
export function printFamilies(rows: readonly FamilyRow[]): string {
  const header = ['family', 'problems', 'agreed', 'left out', 'disagreed', 'largest difference', 'of mean scores'];
  const cells = rows.map((row) => [
    row.family,
    ...[row.problems, row.agreed, row.left_out, row.disagreed].map(String),
    row.largest?.toExponential(1) ?? '–',
    row.largest_score?.toFixed(3) ?? '–',
  ]);
  return textTable(header, cells, header.slice(1));
}

/** The best scores of each family, for people. */
export function printTuned({ rows, families }: Tuned): string {
  const header = ['best CV R² of', 'ours', 'theirs'];
  const cells = families.map(({ model, ...sides }) => [
    model,
    ...[sides.ours, sides.theirs].map((value) => value?.toFixed(4) ?? '–'),
  ]);
  return `${textTable(header, cells, header.slice(1))}\n\n${printRows(rows)}`;
}

/** What each stage of the way to a release took, for people. */
export function printScaled({ rows, megabytes, stages, seconds, peak, reduced, holdout }: Scaled): string {
  const memory = (size: number | null) => size?.toFixed(0) ?? '–';
  const cores = (time: number | null) => time?.toFixed(1) ?? '–';
  const cells = [
    ...stages.map(({ stage, ...of }) => [stage, of.seconds.toFixed(1), cores(of.coreSeconds), memory(of.megabytes)]),
    ['in all', seconds.toFixed(1), cores(stages.reduce((sum, each) => sum + (each.coreSeconds ?? 0), 0)), memory(peak)],
  ];
  return [
    `${rows} rows, ${megabytes.toFixed(0)} MB`,
    textTable(['stage', 'seconds', 'core seconds', 'peak MB'], cells, ['seconds', 'core seconds', 'peak MB']),
    `${reduced ? `reduced: ${JSON.stringify(reduced)}` : 'all rows, all folds'}; on the held-out rows: ${JSON.stringify(holdout)}`,
  ].join('\n\n');
}
