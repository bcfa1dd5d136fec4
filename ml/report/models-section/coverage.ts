import { formatRounded, formatShare } from '../../core/format-number.ts';
import { count, table } from '../markdown.ts';
import type { CoverageLevels } from './coverage-levels.ts';

/** Whether intervals hold what they promise, as Markdown. */
export function coverageInWords({ rows, levels }: CoverageLevels): string {
  return [
    `**Whether intervals hold what they promise**: the share of ${count(rows)} held-out rows whose actual value lies within its interval (actual coverage), beside the share that such intervals are made to hold (nominal coverage). Where the actual coverage is higher, intervals are wider than they need to be.`,
    table(
      [
        { title: 'nominal coverage', align: 'right' },
        { title: 'actual coverage', align: 'right' },
        { title: 'mean width', align: 'right' },
      ],
      levels.map(({ nominal, actual, standardError, width }) => [
        formatShare(nominal),
        `${formatShare(actual)} ± ${(100 * standardError).toFixed(1)}`,
        formatRounded(width),
      ]),
    ),
  ].join('\n\n');
}
