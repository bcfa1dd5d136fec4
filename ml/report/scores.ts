// What was decided and why, what was tried, and how it compares with what there was.

import { bar, brief, code, decimals, plain, table } from './markdown.ts';
import type { EarlierTraining, Scores, Training } from './records.ts';

/** Released or held back, and why, in a sentence. */
export function verdict({ release, verdict: { released, reason } }: Training): string {
  const why = plain(reason, 1000);
  if (released) return `**Released**${release === null ? '' : ` as ${code(release)}`}: ${why}.`;
  return `**Held back**: ${why}. Nothing was released.`;
}

export function leaderboard({ leaderboard: models, chosen }: Training): string {
  const rows = models.map((entry) => [
    entry.model === chosen ? `**${plain(entry.model)}**` : plain(entry.model),
    ...scoresOf(entry),
    Object.entries(entry.params)
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

function scoresOf(entry: Evaluated): string[] {
  if (entry.status === 'failed') return ['failed', '', '', ''];
  const { r2, r2_sd, rmse, mae } = entry.cv;
  return [`${decimals(r2, 4)} ± ${decimals(r2_sd, 4)}`, bar(r2), decimals(rmse, 3), decimals(mae, 3)];
}

/** By what rows count in all scores, where they do not count alike. */
export function weighting({ weight }: Training): string {
  return weight ? `Scores count each row by its weight, ${code(weight)}.` : '';
}

/** Why models failed, where some did. */
export function failures({ leaderboard: models }: Training): string {
  return models
    .flatMap((entry) =>
      entry.status === 'failed' ? [`- ${plain(entry.model)} failed: ${plain(entry.reason, 500)}`] : [],
    )
    .join('\n');
}

const figures = [
  { key: 'r2', title: 'R²', digits: 4, better: 1 },
  { key: 'rmse', title: 'RMSE', digits: 3, better: -1 },
  { key: 'mae', title: 'MAE', digits: 3, better: -1 },
] as const;

/** The scores on the held-out rows, before and after. */
export function comparison(now: Training, before: EarlierTraining | undefined): string {
  const [old, fresh] = [before?.holdout ?? null, now.holdout];
  const rows = figures.map(({ key, title, digits, better }) => [
    title,
    decimals(old?.[key], digits),
    decimals(fresh?.[key], digits),
    old && fresh ? difference(old, fresh, { key, digits, better }) : '–',
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

type Evaluated = Training['leaderboard'][number];

interface Figure {
  readonly key: keyof Scores;
  readonly digits: number;
  readonly better: 1 | -1;
}

function difference(before: Scores, now: Scores, { key, digits, better }: Figure): string {
  const [old, fresh] = [before[key], now[key]];
  // Of the figures as they stand in the table, so that they add up.
  const change = Number((Number(fresh.toFixed(digits)) - Number(old.toFixed(digits))).toFixed(digits));
  if (change === 0) return 'the same';
  return `${change > 0 ? '+' : '−'}${Math.abs(change).toFixed(digits)} ${change * better > 0 ? 'better' : 'worse'}`;
}
