// The table that the rehearsal ends with: what was done, and what people got meanwhile.

import type { Tally } from './load.ts';

export interface Row {
  readonly step: string;
  readonly served: number;
  readonly failed: number;
  readonly slowest_ms: number;
  readonly seconds: number;
}

export function rowOf(step: string, { served, failed, slowestMs }: Tally, milliseconds: number): Row {
  return { step, served, failed, slowest_ms: Math.round(slowestMs), seconds: Math.round(milliseconds / 100) / 10 };
}

export function printTable(rows: readonly Row[]): string {
  const header = ['step', 'served', 'failed', 'slowest, ms', 'seconds'];
  const cells = rows.map((row) => [
    row.step,
    String(row.served),
    String(row.failed),
    String(row.slowest_ms),
    row.seconds.toFixed(1),
  ]);
  const widths = header.map((title, i) => Math.max(title.length, ...cells.map((line) => line[i]?.length ?? 0)));
  const line = (texts: readonly string[]) =>
    texts.map((text, i) => (i === 0 ? text.padEnd(widths[i] ?? 0) : text.padStart(widths[i] ?? 0))).join('  ');
  return [line(header), ...cells.map(line)].join('\n');
}
