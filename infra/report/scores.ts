// What was decided and why, what was tried, and how it compares with what there was.

import { bar, brief, code, decimals, plain, table } from './markdown.ts';
import type { Scores, Training } from './records.ts';

/** Released or held back, and why, in a sentence. */
export function verdict({ release, chosen, holdout, threshold, baseline, leaderboard }: Training): string {
  const r2 = `R² ${decimals(holdout.r2, 4)} on the held-out rows`;
  if (release !== null) {
    const others = leaderboard.length - 1;
    const won = others > 0 ? `, the best of ${leaderboard.length} by cross-validation,` : '';
    return `**Released** as ${code(release)}: ${plain(chosen)}${won} scores ${r2}; at least ${brief(threshold)} was asked.`;
  }
  if (holdout.r2 === null || holdout.r2 < threshold) {
    return `**Held back**: the best model, ${plain(chosen)}, scores ${r2}; at least ${brief(threshold)} is asked. Nothing was released.`;
  }
  return `**Held back**: the best model, ${plain(chosen)}, does no better than predicting the mean (R² ${decimals(baseline.cv.r2, 4)} over the folds). Nothing was released.`;
}

export function leaderboard({ leaderboard: models, chosen }: Training): string {
  const rows = models.map(({ model, cv, params }) => [
    model === chosen ? `**${plain(model)}**` : plain(model),
    `${decimals(cv.r2, 4)} ± ${decimals(cv.r2_sd, 4)}`,
    bar(cv.r2 ?? Number.NaN),
    decimals(cv.rmse, 3),
    decimals(cv.mae, 3),
    Object.entries(params)
      .map(([name, value]) => `${plain(name)} ${plain(String(value))}`)
      .join(', '),
  ]);
  const right = 'right' as const;
  return table(
    [
      { title: 'model' },
      { title: 'R² over the folds', align: right },
      { title: '0 to 1' },
      { title: 'RMSE', align: right },
      { title: 'MAE', align: right },
      { title: 'parameters' },
    ],
    rows,
  );
}

const figures = [
  { key: 'r2', title: 'R²', digits: 4, better: 1 },
  { key: 'rmse', title: 'RMSE', digits: 3, better: -1 },
  { key: 'mae', title: 'MAE', digits: 3, better: -1 },
] as const;

/** The scores on the held-out rows, before and after. */
export function comparison(now: Training, before: Training | undefined): string {
  const rows = figures.map(({ key, title, digits, better }) => [
    title,
    before ? decimals(before.holdout[key], digits) : '–',
    decimals(now.holdout[key], digits),
    before ? difference(before.holdout, now.holdout, { key, digits, better }) : '–',
    key === 'r2' ? `at least ${brief(now.threshold)}` : '',
  ]);
  const right = 'right' as const;
  return table(
    [
      { title: 'on the held-out rows' },
      { title: 'main', align: right },
      { title: 'this change', align: right },
      { title: 'difference', align: right },
      { title: 'threshold', align: right },
    ],
    rows,
  );
}

interface Figure {
  readonly key: keyof Scores;
  readonly digits: number;
  readonly better: 1 | -1;
}

function difference(before: Scores, now: Scores, { key, digits, better }: Figure): string {
  const [old, fresh] = [before[key], now[key]];
  if (old === null || fresh === null) return '–';
  // Of the figures as they stand in the table, so that they add up.
  const change = Number((Number(fresh.toFixed(digits)) - Number(old.toFixed(digits))).toFixed(digits));
  if (change === 0) return 'the same';
  return `${change > 0 ? '+' : '−'}${Math.abs(change).toFixed(digits)} ${change * better > 0 ? 'better' : 'worse'}`;
}
