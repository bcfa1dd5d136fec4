import { formatRounded, formatShare } from '../../core/format-number.ts';
import { count, table } from '../markdown.ts';
import type { CoverageLevels } from './coverage-levels.ts';

/** Whether intervals hold what they promise, as Markdown. */
export function coverageInWords({ rows, levels }: CoverageLevels): string {
  return [
    `**Whether intervals hold what they promise**: on ${count(rows)} held-out rows, how many true values were within intervals that are to hold so many of them. Where more are held than promised, intervals are wider than they need be.`,
    table(
      [
        { title: 'promised', align: 'right' },
        { title: 'held', align: 'right' },
        { title: 'width, on average', align: 'right' },
      ],
      levels.map(({ nominal, actual, standardError, width }) => [
        formatShare(nominal),
        `${formatShare(actual)} ± ${(100 * standardError).toFixed(1)}`,
        formatRounded(width),
      ]),
    ),
  ].join('\n\n');
}
